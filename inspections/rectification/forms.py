"""Forms of rectification: report, check, due date."""

from typing import Any

from django import forms
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from zsbank.base.cases.forms import DayField
from zsbank.base.files.forms import ChosenFilesField
from zsbank.base.texts import PlainForm


class ReportForm(PlainForm):
    """A rectification report with its files."""

    text = forms.CharField(
        label=_("What was corrected, and how"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8})
    )
    files = ChosenFilesField(  # type: ignore[assignment]
        label=_("Report files"), help_text=_("One or more files as evidence; at least one is required.")
    )

    def named_files(self) -> "list[tuple[File[Any], str]]":
        """Return the files with their names."""
        return [(file, file.name or "file") for file in self.cleaned_data["files"]]


class RemarkForm(PlainForm):
    """The bureau's remark on a report."""

    remark = forms.CharField(label=_("Remark"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class DeadlineForm(PlainForm):
    """The due date of the rectification."""

    due = DayField(label=_("Due date"))
    move = forms.BooleanField(
        label=_("If it is a rest day, the due date moves to the next working day"), required=False
    )
