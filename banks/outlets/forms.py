"""Forms of the outlet import."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from zsbank.base.texts import PlainForm

SHEET_LIMIT = 10 * 1024 * 1024


class ImportForm(PlainForm):
    """A spreadsheet of outlets."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX or CSV based on the template, at most 2,000 rows."),
        allow_empty_file=True,
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse a file above the limit before it is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > SHEET_LIMIT:
            raise forms.ValidationError(
                _("The file is larger than 10 MB. Use the template and do not insert pictures.")
            )
        return file


class LeaveOutForm(PlainForm):
    """The rows with errors to leave out."""

    left_out = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, numbers: Sequence[int], data: QueryDict | None = None) -> None:
        """Offer rows with errors only."""
        super().__init__(data)
        self.fields["left_out"].choices = [(number, str(number)) for number in numbers]  # type: ignore[attr-defined]
