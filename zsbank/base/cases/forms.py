"""Forms shared by several actions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zsbank.base.texts import PlainForm


class NoQuestions(PlainForm):
    """For actions that only need confirmation."""


class ReasonForm(PlainForm):
    """For actions that need a reason."""

    reason = forms.CharField(label=_("Reasons"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class DateInput(forms.DateInput):
    """A date input of the browser."""

    input_type = "date"

    def __init__(self) -> None:
        """Browsers use ISO dates in date inputs, whatever the language."""
        super().__init__(format="%Y-%m-%d")
