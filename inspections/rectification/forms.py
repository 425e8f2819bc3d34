"""A bank's report of what it corrected, and what the bureau enters about an order."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from zsbank.base.cases.forms import DateInput
from zsbank.base.files.forms import ManyFilesField
from zsbank.base.texts import PlainForm


class ReportForm(PlainForm):
    """What was corrected, with the files that show it."""

    text = forms.CharField(
        label=_("What was corrected, and how"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8})
    )
    files = ManyFilesField(  # type: ignore[assignment]
        label=_("Report files"), help_text=_("One or more files as evidence; at least one is required.")
    )

    def named_files(self) -> "list[tuple[UploadedFile[Any], str]]":
        """The files with the names they came under."""
        return [(file, file.name or "file") for file in self.cleaned_data["files"]]


class RemarkForm(PlainForm):
    """What the bureau found when it checked a report."""

    remark = forms.CharField(label=_("Remark"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class DeadlineForm(PlainForm):
    """The due date of the rectification."""

    due = forms.DateField(label=_("Due date"), widget=DateInput)
