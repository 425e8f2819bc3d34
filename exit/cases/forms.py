"""Forms of exit cases: a bank's application, and opening a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exit.cases.queries import breaches_without_case
from inspections.determinations.models import Determination
from zsbank.base.files.forms import ChosenFileField
from zsbank.base.files.kinds import PAPERS
from zsbank.base.pages.choices import set_choices
from zsbank.base.texts import PlainForm


class ExitApplicationForm(PlainForm):
    """The statement and the signed document (exit （一）)."""

    statement = forms.CharField(
        label=_("Reason for ending the cooperation"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    document = ChosenFileField(
        label=_("Written application"),
        kinds=PAPERS,
        help_text=_("Signed and sealed by the bank."),
    )


class WithdrawExitForm(PlainForm):
    """Withdrawal of the application, without fields."""


class OpenCaseForm(PlainForm):
    """The serious breach from which a case is opened (exit （二）1)."""

    determination = forms.ModelChoiceField(
        Determination.objects.none(), label=_("Determination"), empty_label="—"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the serious breaches without a case."""
        super().__init__(*args, **kwargs)
        set_choices(self, "determination", breaches_without_case())
