"""The form with which a trial of a restore is recorded."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from zsbank.base.cases.forms import DayField
from zsbank.base.texts import PlainForm


class RestoreForm(PlainForm):
    """The day of the trial, and what was found."""

    refused_at: ClassVar[Mapping[str, str]] = {"before": "restored_on"}
    restored_on = DayField(past=True, label=_("Restored on"))
    found = forms.CharField(
        label=_("What was found"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Where it was restored, and what manage.py check_integrity said there."),
    )
