"""A bank's own written application to leave."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ExitApplicationForm(forms.Form):
    """The statement and the signed document (exit （一）)."""

    statement = forms.CharField(
        label=_("Why the bank wishes to end the cooperation"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    document = forms.FileField(
        label=_("Written application"),
        help_text=_("The document signed and sealed by the bank, as PDF or OFD."),
    )


class WithdrawExitForm(forms.Form):
    """Taking the application back: nothing to fill in."""
