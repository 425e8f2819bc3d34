"""Forms of annual assessments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banks.register.models import Bank
from banks.register.states import IN_FORCE
from inspections.assessments.models import Assessment
from zsbank.base.pages.choices import set_choices
from zsbank.base.texts import PlainForm


class RevisionForm(PlainForm):
    """A new score on review, with its reason."""

    score = forms.DecimalField(label=_("Score"), min_value=0, max_value=100, decimal_places=2)
    reason = forms.CharField(label=_("Reasons"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    seen = forms.DecimalField(widget=forms.HiddenInput, min_value=0, max_value=100)


def revision_form(assessment: Assessment) -> type[RevisionForm]:
    """Return the form with the score shown to the person."""
    seen = forms.DecimalField(widget=forms.HiddenInput, min_value=0, max_value=100, initial=assessment.score)
    return type("RevisionOfThis", (RevisionForm,), {"seen": seen})


class AssessmentForm(PlainForm):
    """A bank's score in a year."""

    bank = forms.ModelChoiceField(Bank.objects.none(), label=_("Bank"), empty_label="—")
    year = forms.IntegerField(label=_("Assessed year"), min_value=2000, max_value=2100)
    score = forms.DecimalField(label=_("Score"), min_value=0, max_value=100, decimal_places=2)
    reason = forms.CharField(
        label=_("Reasons"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the banks in force."""
        super().__init__(*args, **kwargs)
        set_choices(self, "bank", Bank.objects.filter(standing__in=IN_FORCE))
