"""Forms of the list of outlets and of the import from a spreadsheet."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from banks.outlets.columns import TITLES
from banks.outlets.import_sheet.layout import Column
from banks.register.forms import PageForm
from zsbank.base.texts import PlainForm

SHEET_LIMIT = 10 * 1024 * 1024


class OutletListForm(PageForm):
    """Search and filter of the list of outlets."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    short = forms.BooleanField(required=False)

    @property
    def search(self) -> str:
        """The search text; empty if it is no valid text."""
        return str(self.cleaned_data.get("q") or "") if self.is_bound and not self.errors.get("q") else ""

    @property
    def only_short(self) -> bool:
        """Whether only outlets with shortcomings are shown."""
        return bool(self.is_valid() and self.cleaned_data.get("short"))


class ImportForm(PlainForm):
    """A spreadsheet of outlets."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX or CSV, by the template or as the bank has it, at most 2,000 outlets."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse a file that is too large, before it is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > SHEET_LIMIT:
            raise forms.ValidationError(
                _("The file is larger than 10 MB. Use the template and do not insert pictures.")
            )
        return file


class HeaderForm(PlainForm):
    """The row with the titles."""

    header = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)

    def __init__(self, rows: Sequence[int], data: QueryDict | None = None) -> None:
        """Offer the first rows of the sheet, and 0 for no titles."""
        super().__init__(data)
        self.fields["header"].choices = [(0, "0"), *((number, str(number)) for number in rows)]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> int | None:
        """The selected row; None without a selection."""
        return self.cleaned_data["header"] if self.is_valid() else None


class ColumnsForm(PlainForm):
    """The meaning of the columns: one choice for each, named by the number of the column."""

    def __init__(self, columns: Sequence[Column], data: QueryDict | None = None) -> None:
        """Offer all fields for each column, and "not used"."""
        super().__init__(data)
        self.columns = columns
        choices = [("", _("not used")), *TITLES.items()]
        for column in columns:
            self.fields[f"column_{column.place}"] = forms.ChoiceField(
                label=column.title, choices=choices, required=False, initial=column.meaning or ""
            )

    @property
    def rows(self) -> list[tuple[Column, forms.BoundField]]:
        """Each column with its choice."""
        return [(column, self[f"column_{column.place}"]) for column in self.columns]

    @property
    def chosen(self) -> list[str]:
        """The selected field of each column, from the left."""
        return [self.cleaned_data[f"column_{column.place}"] for column in self.columns]


class ShownForm(PageForm):
    """Filter of the rows in the preview."""

    STATES = ("wrong", "new", "changed", "same", "hints")
    show = forms.ChoiceField(choices=[(state, state) for state in STATES], required=False)

    @property
    def only(self) -> str:
        """The state of the rows to show; empty for all."""
        return str(self.cleaned_data.get("show") or "") if self.is_valid() else ""


class SaveImportForm(PlainForm):
    """Confirmation of an import: the fingerprint of the preview, and whether rows with errors are left out."""

    seen = forms.CharField(max_length=64, required=False)
    leave_out_wrong = forms.BooleanField(required=False)
