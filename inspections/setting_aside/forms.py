"""The forms with which a determination is set aside."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.setting_aside.terms import LONGEST_NUMBER, LONGEST_REASON, Basis
from zsbank.base.cases.forms import DayField
from zsbank.base.files.forms import ChosenFileField
from zsbank.base.files.kinds import PAPERS
from zsbank.base.texts import PlainForm


class SettingAsideForm(PlainForm):
    """The document on which a determination is set aside."""

    refused_at: ClassVar[Mapping[str, str]] = {"future": "document_date", "before": "document_date"}
    basis = forms.ChoiceField(label=_("Set aside by"), choices=[("", "—"), *Basis.choices])
    document_number = forms.CharField(
        label=_("Number of the document"),
        max_length=LONGEST_NUMBER,
        help_text=_("As printed on it, such as that of the judgment, or of the bureau's own approval."),
    )
    document_date = DayField(
        past=True, label=_("Date of the document"), help_text=_("Not before the day of the determination.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shown to the bank in the letter. Do not include names or ID numbers of citizens."),
    )
    document = ChosenFileField(
        label=_("Document"),
        kinds=PAPERS,
        help_text=_("The decision on reconsideration, the judgment, or the bureau's own approval."),
    )


class RemarkForm(PlainForm):
    """What was weighed when a determination is set aside."""

    remark = forms.CharField(
        label=_("Remark on the decision"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the case; the bank does not read it."),
    )
