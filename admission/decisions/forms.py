"""Forms of the decision: recommendation, agreements, issuing."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from admission.applications.states import Outcome
from admission.decisions.terms import AgreementKind
from zsbank.base.cases.forms import DayField
from zsbank.base.files.forms import ChosenFileField
from zsbank.base.files.kinds import SCANS
from zsbank.base.texts import PlainForm


class RecommendForm(PlainForm):
    """Outcome and reason of a recommendation; only supported outcomes are offered."""

    outcome = forms.ChoiceField(label=_("Recommendation"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reasons"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class AgreementForm(PlainForm):
    """An agreement signed by both sides; only outstanding ones are offered."""

    kind = forms.ChoiceField(label=_("Agreement"), widget=forms.RadioSelect)
    number = forms.CharField(label=_("Number of the agreement"), max_length=60, required=False)
    bank_signed_on = DayField(past=True, label=_("Signed by the bank on"))
    bureau_signed_on = DayField(past=True, label=_("Signed by the bureau on"))
    document = ChosenFileField(
        label=_("The signed agreement"), kinds=SCANS, help_text=_("The signed document or a scan of it.")
    )


class IssuingForm(PlainForm):
    """The central bank's approval of the technical review."""

    approval_number = forms.CharField(label=_("Number of the central bank's approval"), max_length=60)
    approval_date = DayField(past=True, label=_("Date of the central bank's approval"))
    document = ChosenFileField(
        label=_("Approval document"), kinds=SCANS, help_text=_("The document or a scan of it.")
    )


def recommend_form(outcomes: Sequence[Outcome]) -> type[RecommendForm]:
    """Return the form of a recommendation with these outcomes."""
    offered = forms.ChoiceField(
        label=_("Recommendation"),
        choices=[(outcome.value, outcome.label) for outcome in outcomes],
        widget=forms.RadioSelect,
    )
    return type("OfferedOutcomes", (RecommendForm,), {"outcome": offered})


def agreement_form(kinds: Sequence[AgreementKind]) -> type[AgreementForm]:
    """Return the form of an agreement with these kinds."""
    offered = forms.ChoiceField(
        label=_("Agreement"), choices=[(kind.value, kind.label) for kind in kinds], widget=forms.RadioSelect
    )
    return type("OfferedAgreements", (AgreementForm,), {"kind": offered})
