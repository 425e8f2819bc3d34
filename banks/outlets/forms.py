"""What a bank sends when it looks through its list of outlets, and when it imports outlets from a spreadsheet."""

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
    """What of the list of outlets is shown."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    short = forms.BooleanField(required=False)

    @property
    def search(self) -> str:
        """What is searched for; nothing where it cannot be a text."""
        return str(self.cleaned_data.get("q") or "") if self.is_bound and not self.errors.get("q") else ""

    @property
    def only_short(self) -> bool:
        """Whether only those are shown that fall short."""
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
        """Refuse what is too large before it is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > SHEET_LIMIT:
            raise forms.ValidationError(
                _("The file is larger than 10 MB. Use the template and do not insert pictures.")
            )
        return file


class HeaderForm(PlainForm):
    """In which row the titles stand."""

    header = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)

    def __init__(self, rows: Sequence[int], data: QueryDict | None = None) -> None:
        """One of the rows at the top of the sheet, or 0 for none."""
        super().__init__(data)
        self.fields["header"].choices = [(0, "0"), *((number, str(number)) for number in rows)]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> int | None:
        """The row that was chosen; None where none was."""
        return self.cleaned_data["header"] if self.is_valid() else None


class ColumnsForm(PlainForm):
    """Which column of a spreadsheet is which: one choice a column, under its place."""

    def __init__(self, columns: Sequence[Column], data: QueryDict | None = None) -> None:
        """Each column is a field of an outlet, or is not used."""
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
        """The field of each column, from the left."""
        return [self.cleaned_data[f"column_{column.place}"] for column in self.columns]


class ShownForm(PageForm):
    """Which rows of an import are shown."""

    STATES = ("wrong", "new", "changed", "same", "hints")
    show = forms.ChoiceField(choices=[(state, state) for state in STATES], required=False)

    @property
    def only(self) -> str:
        """The state of the rows that are shown; empty for all."""
        return str(self.cleaned_data.get("show") or "") if self.is_valid() else ""


class SaveImportForm(PlainForm):
    """Saving what was read: what the person saw, and whether rows with errors are left out."""

    seen = forms.CharField(max_length=64, required=False)
    leave_out_wrong = forms.BooleanField(required=False)
