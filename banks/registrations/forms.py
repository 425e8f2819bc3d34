"""The form with which a bank is registered, also one that looks like a known bank."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from banks.register.forms import BankForm


class RegistrationForm(BankForm):
    """A bank, and if it looks like a known one, why it is another legal entity."""

    refused_at: ClassVar[dict[str, str]] = {"known": "statement"}
    statement = forms.CharField(
        label=_("Why it is another legal entity"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Only if the register says that the data look like those of a known bank. Then another person judges the "
            "registration."
        ),
    )
