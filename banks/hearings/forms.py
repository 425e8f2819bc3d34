"""The form of a statement and of its answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zsbank.base.texts import PlainForm


class StatementForm(PlainForm):
    """The text of a bank's statement, or of the bureau's answer."""

    text = forms.CharField(label=_("Description"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))


class AnswerForm(PlainForm):
    """What the bureau answers."""

    text = forms.CharField(
        label=_("What was checked and what came of it"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
