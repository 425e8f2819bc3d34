"""Forms of verification: what officers found, and the decision on it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.rectification.models import RectificationOrder
from inspections.verification.models import Verification
from inspections.verification.terms import LONGEST_FINDINGS, LONGEST_REMARK, Manner
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.cases.forms import DayField
from zsbank.base.files.forms import ChosenFilesField
from zsbank.base.pages.choices import set_choices
from zsbank.base.permissions import Verb
from zsbank.base.texts import PlainForm, TypedNumberField

FULFILLED = [("yes", _("Rectified as required")), ("no", _("Something is still missing"))]


class VerificationForm(PlainForm):
    """What officers found when they verified a report."""

    refused_at: ClassVar[Mapping[str, str]] = {
        "future": "seen_on",
        "before": "seen_on",
        "two_officers": "accompanied_by",
        "evidence": "files",
    }
    manner = forms.ChoiceField(
        label=_("How it was verified"), choices=Manner.choices, widget=forms.RadioSelect
    )
    seen_on = DayField(past=True, label=_("Day of the verification"))
    accompanied_by = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Second officer of the visit"),
        empty_label="—",
        required=False,
        help_text=_("Only for a visit: this officer then confirms what was found."),
    )
    fulfilled = forms.ChoiceField(
        label=_("Result of the verification"), choices=FULFILLED, widget=forms.RadioSelect
    )
    findings = forms.CharField(
        label=_("What the verification found"),
        max_length=LONGEST_FINDINGS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("For each criterion, what was seen. The decider reads it; the bank does not."),
    )
    files = ChosenFilesField(  # type: ignore[assignment]
        label=_("Evidence"), required=False, help_text=_("Required for a visit, such as photographs.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the officers of the bureau who can confirm."""
        super().__init__(*args, **kwargs)
        set_choices(self, "accompanied_by", people_with(Verb.CONFIRM_VERIFICATION))


class ConfirmationForm(PlainForm):
    """Confirms what was found."""


class AcceptanceForm(PlainForm):
    """The decider's remark on a rectification that is accepted."""

    remark = forms.CharField(
        label=_("Remark"),
        max_length=LONGEST_REMARK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The bank reads it."),
    )


class RejectionForm(PlainForm):
    """What is still to be corrected."""

    remark = forms.CharField(
        label=_("What is still missing"),
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The bank reads it."),
    )


def with_seen(form: type[PlainForm], order: RectificationOrder | None) -> type[PlainForm]:
    """Return the form with the key of the verification that the person reads."""
    found = Verification.newest_of(order) if order else None
    key = found.pk if found else None
    return type(
        form.__name__,
        (form,),
        {"seen": TypedNumberField(widget=forms.HiddenInput, min_value=1, initial=key)},
    )
