"""The form with which the service of a letter is recorded."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from zsbank.base.cases.forms import DayField
from zsbank.base.files.forms import ChosenFileField
from zsbank.base.files.kinds import PAPERS
from zsbank.base.letters.terms import Manner
from zsbank.base.texts import PlainForm


class ServiceForm(PlainForm):
    """How, when and to whom a letter was served outside the portal."""

    refused_at: ClassVar[Mapping[str, str]] = {"day": "served_on"}
    manner = forms.ChoiceField(label=_("Manner of service"), choices=[("", "—"), *Manner.choices])
    served_on = DayField(
        past=True,
        label=_("Date of service"),
        help_text=_(
            "When it was handed over, received by post according to the return receipt, left, or published. By public "
            "notice it counts as served 30 days after publication."
        ),
    )
    note = forms.CharField(
        label=_("Receiver or place"),
        max_length=200,
        help_text=_("Who took it and in which function, or where it was left or published."),
    )
    document = ChosenFileField(
        label=_("Proof of service"),
        kinds=PAPERS,
        help_text=_("For example the signed receipt, the postal return receipt, or the published notice."),
    )
