"""Forms of inspections: the plan, who signed, the report's answer, and what follows."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission.editions.models import Criterion
from banks.outlets.models import Outlet
from banks.register.models import Bank
from banks.register.states import IN_FORCE
from inspections.determinations.terms import BreachEffect, DeterminationKind
from inspections.visits.actions.fieldwork import Present
from inspections.visits.models import InspectionVisit
from inspections.visits.models.checklist import LONGEST_NAME
from inspections.visits.queries import findings_of
from inspections.visits.terms import MOST_PRESENT
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.cases.forms import DayField, ReasonForm
from zsbank.base.files.forms import ChosenFileField, ChosenFilesField
from zsbank.base.files.kinds import PAPERS, SCANS
from zsbank.base.pages.choices import RowsField, set_choices
from zsbank.base.pages.keys import keys_in
from zsbank.base.permissions import Verb
from zsbank.base.texts import PlainForm

PLANNED = [("plan", _("Part of the yearly plan")), ("occasion", _("On an occasion, such as a complaint"))]
ANNOUNCED = [("yes", _("Announced: the bank is told now")), ("no", _("Unannounced: the bank is not told"))]


class PlanForm(PlainForm):
    """An inspection that is planned; outlets are offered once the bank is chosen."""

    refused_at: ClassVar[Mapping[str, str]] = {
        "day": "visit_day",
        "outlets": "outlets",
        "two_officers": "accompanied_by",
        "others": "others",
        "not_qualified": "bank",
    }
    bank = forms.ModelChoiceField(Bank.objects.none(), label=_("Bank"), empty_label="—")
    outlets = RowsField(
        Outlet.objects.none(),
        label=_("Outlets"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose the bank and press the button: its outlets are then listed here."),
    )
    visit_day = DayField(label=_("Day of the inspection"))
    planned = forms.ChoiceField(
        label=_("Why it is inspected"), choices=PLANNED, widget=forms.RadioSelect, initial="plan"
    )
    announced = forms.ChoiceField(label=_("Announcement"), choices=ANNOUNCED, widget=forms.RadioSelect)
    led_by = forms.ModelChoiceField(User.objects.none(), label=_("Led by"), empty_label="—")
    accompanied_by = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Accompanied by"),
        empty_label="—",
        help_text=_("An inspection requires at least two officers; both confirm its record."),
    )
    others = RowsField(
        User.objects.none(),
        label=_("Further officers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The bank reads it; of an unannounced inspection after it was held."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer banks in force, the outlets of the chosen one, and the officers of the bureau."""
        super().__init__(*args, **kwargs)
        set_choices(self, "bank", Bank.objects.filter(standing__in=IN_FORCE))
        chosen = self.data.get("bank", "") if self.is_bound else self.initial.get("bank", "")
        if keys := keys_in([str(chosen)]):
            set_choices(self, "outlets", Outlet.objects.filter(bank__in=keys, bank__standing__in=IN_FORCE))
            self.fields["outlets"].help_text = ""
            self.fields["outlets"].required = True
        for name in ("led_by", "accompanied_by", "others"):
            set_choices(self, name, people_with(Verb.RECORD_INSPECTION))

    def clean(self) -> dict[str, Any]:
        """Ask for the outlets once the bank is known."""
        given = super().clean()
        if given.get("bank") and not given.get("outlets") and "outlets" not in self.errors:
            words = (
                gettext("Select the outlets to inspect.")
                if self.fields["outlets"].queryset.exists()  # type: ignore[attr-defined]
                else gettext("The bank has no outlet in the register.")
            )
            self.add_error("outlets", words)
        return given


_OF_PERSON = (
    ("name", _("Name of person {n}"), LONGEST_NAME),
    ("position", _("Position of person {n}"), LONGEST_NAME),
    ("refusal", _("Person {n} refuses to sign because"), 500),
)
_OF_PERSONS = {
    f"{name}_{n}": forms.CharField(label=format_lazy(label, n=n), max_length=most, required=False)
    for n in range(1, MOST_PRESENT + 1)
    for name, label, most in _OF_PERSON
}
_Persons: Any = type("_Persons", (PlainForm,), _OF_PERSONS)


class SigningForm(_Persons):  # type: ignore[misc]  # made from a table
    """Who of the bank was present, and signed or refused."""

    signed_record = ChosenFileField(
        label=_("Signed record"),
        kinds=SCANS,
        required=False,
        camera=True,
        help_text=_("A photograph or scan of the record with the signatures; needed if somebody signed."),
    )
    absence = forms.CharField(
        label=_("Why nobody of the bank was present"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only if so, such as an outlet that was closed."),
    )

    def clean(self) -> dict[str, Any]:
        """Return who was present; everybody who is named has a position, and nobody is named and absent at once."""
        given, present = super().clean(), []
        for n in range(1, MOST_PRESENT + 1):
            one = Present(*(given.pop(f"{name}_{n}", "") for name, _label, _most in _OF_PERSON))
            missing = "name" if not one.name else "position" if not one.position else ""
            if missing and any((one.name, one.position, one.refusal)):
                words = gettext("Enter name and position of everybody who was present.")
                self.add_error(f"{missing}_{n}", words)
            elif not missing:
                present.append(one)
        if given.get("absence") and present:
            self.add_error("absence", gettext("Somebody is named as present; leave this empty."))
        return given | {"present": present}


class AnswerForm(PlainForm):
    """The bank's answer to the report."""

    text = forms.CharField(
        label=_("Answer"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What you say about each finding; you may object to it."),
    )
    files = ChosenFilesField(  # type: ignore[assignment]
        label=_("Evidence"), required=False
    )


class CorrectionForm(PlainForm):
    """The bank's statement that the findings are corrected."""

    text = forms.CharField(
        label=_("What was corrected"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8})
    )
    files = ChosenFilesField(label=_("Evidence"))  # type: ignore[assignment]


class DemandForm(ReasonForm):
    """The day by which findings are to be corrected."""

    refused_at: ClassVar[Mapping[str, str]] = {"correct_by": "correct_by"}
    correct_by = DayField(
        label=_("To be corrected by"), help_text=_("If it is a rest day, the next working day is in time.")
    )
    field_order = ("correct_by", "reason")


class CheckedForm(PlainForm):
    """How a correction was checked."""

    remark = forms.CharField(
        label=_("How the correction was checked"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The bank reads it."),
    )


class ProposalForm(PlainForm):
    """A determination on the findings of an inspection."""

    refused_at: ClassVar[Mapping[str, str]] = {"criteria": "criteria", "effects": "effects", "open": "kind"}
    kind = forms.ChoiceField(
        label=_("Kind of determination"), choices=[("", "—"), *DeterminationKind.choices]
    )
    criteria = RowsField(
        Criterion.objects.none(),
        label=_("Criteria no longer met"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Required if criteria are no longer met."),
    )
    effects = forms.MultipleChoiceField(
        label=_("Effects of a serious breach"),
        choices=BreachEffect.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Required for a serious breach, which leads to exit without a rectification period."),
    )
    facts = forms.CharField(
        label=_("Facts"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Shown to the bank in the prior notice and the letter. Do not include names or ID numbers of citizens."
        ),
    )
    document = ChosenFileField(
        label=_("Document"),
        kinds=PAPERS,
        help_text=_(
            "What proves the facts, such as the signed record. The bank reads it with its prior notice."
        ),
    )
    reason = forms.CharField(
        label=_("Why a determination is proposed"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Officers read it; the bank reads the facts in its prior notice."),
    )


def proposal_form(visit: InspectionVisit | None) -> type[ProposalForm]:
    """Return the form with the findings of an inspection as a proposal."""
    if visit is None:
        return ProposalForm
    edition = visit.edition_id
    found = list(findings_of(visit))
    lines = "\n".join(f"{item.place}：{item.facts}" for item in found)
    proposed = {"criteria": [item.criterion_id for item in found], "facts": lines[:5000]}

    class OfThisVisit(ProposalForm):
        """The form of one inspection."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs | {"initial": proposed | (kwargs.get("initial") or {})})
            criteria = Criterion.objects.filter(edition=edition).order_by("number")
            set_choices(self, "criteria", criteria)

    return OfThisVisit
