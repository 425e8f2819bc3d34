"""A statement, and the answer to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zsbank.base.texts import PlainForm


class StatementForm(PlainForm):
    """What the bank states before an adverse decision."""

    text = forms.CharField(label=_("In words"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))


class AnswerForm(PlainForm):
    """What the bureau answers."""

    text = forms.CharField(
        label=_("What was checked and what came of it"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
