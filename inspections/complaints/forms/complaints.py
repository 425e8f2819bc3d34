"""Forms of one complaint: entering, forwarding, answering, closing."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from banks.outlets.terms import LONGEST
from banks.register.models import Bank
from inspections.complaints.import_sheet.known import Outlets
from inspections.complaints.models import Complaint
from inspections.complaints.rules import edition_on, kinds_of
from inspections.complaints.terms import (
    LONGEST_ANSWER,
    LONGEST_DAYS,
    LONGEST_FACTS,
    LONGEST_REASON,
    LONGEST_REFERENCE,
    OTHER_KIND,
    Source,
)
from zsbank.base.calendar import clock
from zsbank.base.cases.forms import DayField
from zsbank.base.files.forms import ChosenFilesField
from zsbank.base.pages.choices import set_choices
from zsbank.base.personal_data import PERSONAL
from zsbank.base.refusals import Refused
from zsbank.base.texts import BadText, PlainForm, TypedNumberField

NO_PERSONS = _("Without names, phone and ID numbers of citizens: what looks like one is refused.")


def kind_choices(day: Any = None) -> list[tuple[str, str]]:
    """Return the kinds of complaint of the edition in force on a day (local date), by default today."""
    try:
        kinds = kinds_of(edition_on(day or clock.today()))
    except Refused:
        kinds = []
    return [*((one.slug, one.named) for one in kinds), (OTHER_KIND, str(_("Another matter")))]


class ComplaintForm(PlainForm):
    """A complaint as it came in."""

    refused_at: ClassVar[Mapping[str, str]] = {
        "reference": "reference",
        "received_on": "received_on",
        "outlet": "outlet",
        "kind": "kind",
        PERSONAL: "facts",
    }
    bank = forms.ModelChoiceField(Bank.objects.none(), label=_("Bank"), empty_label="—")
    outlet = forms.CharField(
        label=_("Outlet"),
        max_length=LONGEST["name"],
        required=False,
        help_text=_(
            "Its name, the part that is its own (such as 三乡支行), or its code. Leave it blank if the complaint "
            "concerns the bank as a whole."
        ),
    )
    source = forms.ChoiceField(label=_("Source"), choices=[("", "—"), *Source.choices])
    reference = forms.CharField(
        label=_("Number at the source"),
        max_length=LONGEST_REFERENCE,
        required=False,
        help_text=_("The number that the hotline gave it. Every number is entered once."),
    )
    received_on = DayField(
        past=True, label=_("Received on"), help_text=_("The day on which it came in at the source.")
    )
    kind = forms.ChoiceField(label=_("Kind of complaint"))
    facts = forms.CharField(
        label=_("Facts"),
        max_length=LONGEST_FACTS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=NO_PERSONS,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the banks that are or were qualified, and the kinds of today's edition."""
        super().__init__(*args, **kwargs)
        set_choices(self, "bank", Bank.objects.filter(qualifications__isnull=False).distinct())
        self.fields["kind"].choices = [("", "—"), *kind_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the outlet that is meant, as in the list of a hotline."""
        given = super().clean()
        bank, text = given.get("bank"), given.get("outlet", "")
        given["outlet"] = None
        if bank is not None and text:
            try:
                given["outlet"] = Outlets([bank]).named(text, bank)
            except BadText as error:
                self.add_error("outlet", str(error))
        return given


class DaysForm(PlainForm):
    """The working days that a bank has for its answer."""

    days = TypedNumberField(
        label=_("Working days for the answer"),
        min_value=1,
        max_value=LONGEST_DAYS,
        help_text=_("Counted from tomorrow. The edition's number is proposed."),
    )


def _with_days(complaint: Complaint, form: type[DaysForm], **initial: Any) -> type[PlainForm]:
    """Return a form that proposes the edition's number of days, and further values."""

    class OfComplaint(form):  # type: ignore[valid-type, misc]
        """The form of one complaint."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            days = {"days": edition_on(complaint.received_on).complaint_days}
            super().__init__(*args, **kwargs | {"initial": days | initial | (kwargs.get("initial") or {})})

    return OfComplaint


class ForwardForm(DaysForm):
    """What the bank is asked, and by when it has to answer."""

    refused_at: ClassVar[Mapping[str, str]] = {"days": "days", "kind": "kind", PERSONAL: "demand"}
    kind = forms.ChoiceField(
        label=_("Kind of complaint"), help_text=_("Correct it here if the list had another word.")
    )
    demand = forms.CharField(
        label=_("What the bank has to answer in particular"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_PERSONS,
    )
    field_order = ("kind", "days", "demand")


def forward_form(complaint: Complaint | None) -> type[PlainForm]:
    """Return the form with which a complaint is forwarded, with its kind and the days of the edition."""
    if complaint is None:
        return ForwardForm
    received_on = complaint.received_on

    class WithKinds(ForwardForm):
        """The form with the kinds of the edition."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["kind"].choices = kind_choices(received_on)  # type: ignore[attr-defined]

    kind = complaint.criterion.slug if complaint.criterion else OTHER_KIND
    return _with_days(complaint, WithKinds, kind=kind)


class AgainForm(DaysForm):
    """Why the bank has to answer again, and by when."""

    refused_at: ClassVar[Mapping[str, str]] = {"days": "days", PERSONAL: "reason"}
    reason = forms.CharField(
        label=_("What is missing, or why it is opened again"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The bank reads it. Without names, phone and ID numbers of citizens."),
    )
    field_order = ("reason", "days")


def again_form(complaint: Complaint | None) -> type[PlainForm]:
    """Return the form with which the bank is asked again, with the days of the edition."""
    return AgainForm if complaint is None else _with_days(complaint, AgainForm)


class TextOfBureau(PlainForm):
    """A reason that the bank reads."""

    refused_at: ClassVar[Mapping[str, str]] = {PERSONAL: "reason"}
    reason = forms.CharField(
        label=_("Reasons"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The bank reads it. Without names, phone and ID numbers of citizens."),
    )


class ResultForm(TextOfBureau):
    """Whether a complaint is founded, and why."""

    founded = forms.TypedChoiceField(
        label=_("Result"),
        choices=[("", "—"), ("yes", _("Founded")), ("no", _("Not founded"))],
        coerce=lambda value: value == "yes",
    )
    field_order = ("founded", "reason")


class AnswerForm(PlainForm):
    """The bank's answer with its evidence."""

    refused_at: ClassVar[Mapping[str, str]] = {PERSONAL: "text", "files": "files"}
    text = forms.CharField(
        label=_("What the bank found out and did"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=NO_PERSONS,
    )
    files = ChosenFilesField(  # type: ignore[assignment]
        label=_("Evidence"), help_text=_("One or more files; at least one is required. Cover personal data.")
    )
