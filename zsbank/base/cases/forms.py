"""Forms that many actions share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zsbank.base.texts import PlainForm


class NoQuestions(PlainForm):
    """An action that asks for nothing but the confirmation."""


class ReasonForm(PlainForm):
    """An action that asks for its reason."""

    reason = forms.CharField(label=_("Reasons"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class DateInput(forms.DateInput):
    """A day picked from the browser's calendar."""

    input_type = "date"

    def __init__(self) -> None:
        """The browser wants and gives ISO dates whatever the language."""
        super().__init__(format="%Y-%m-%d")
