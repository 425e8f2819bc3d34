"""A statement, and the answer to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zsbank.base.texts import PlainForm


class StatementForm(PlainForm):
    """What the bank states before an adverse decision, or the bureau answers."""

    text = forms.CharField(label=_("Description"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
