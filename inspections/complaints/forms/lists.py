"""Forms of the lists of hotlines: the file, and what its columns hold."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from banks.outlets.forms import SHEET_LIMIT
from banks.outlets.spreadsheet.cells import HEADER_WITHIN
from inspections.complaints.columns import TITLES, UNUSED
from inspections.complaints.import_sheet.cells import List
from inspections.complaints.models import ComplaintImport
from inspections.complaints.terms import HOTLINES
from zsbank.base.files.names import displayable_name
from zsbank.base.texts import PlainForm

SAMPLES, SAMPLE_LENGTH, TITLES_SHOWN = 2, 30, 4


class ListForm(PlainForm):
    """The list of a hotline."""

    source = forms.ChoiceField(label=_("Source"), choices=[(one.value, one.label) for one in HOTLINES])
    file = forms.FileField(
        label=_("List"),
        help_text=_("XLSX, as the hotline sends it. The file itself is not kept."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the bytes of the file.

        Raises:
            ValidationError: it is too large.
        """
        given = super().clean()
        file = given.pop("file", None)
        if file is None:
            return given
        if (file.size or 0) > SHEET_LIMIT:
            raise ValidationError(
                {"file": _("The file is larger than 10 MB. Leave out pictures and other sheets.")}
            )
        return given | {"content": file.read(), "name": displayable_name(str(file.name))}


def columns_form(read: ComplaintImport) -> type[PlainForm]:
    """Return the form that asks in which row the titles stand, and what each column of a list holds."""
    content = List.from_json(read.sheet)

    class ColumnsForm(PlainForm):
        """The columns of one list."""

        header = forms.TypedChoiceField(
            label=_("Row of the titles"), choices=_rows_in_words(content), coerce=int
        )

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["header"].initial = read.header
            for place in range(content.width):
                self.fields[f"column_{place + 1}"] = forms.ChoiceField(
                    label=_column_in_words(content, place),
                    choices=[(UNUSED, _("not used")), *TITLES.items()],
                    required=False,
                    initial=read.columns[place] if place < len(read.columns) else UNUSED,
                    help_text=_samples(content, read.header, place),
                )

        def clean(self) -> dict[str, Any]:
            """Return the row of the titles, and the field of each column from the left."""
            given = super().clean()
            columns = [given.get(f"column_{place + 1}", UNUSED) for place in range(content.width)]
            return {"header": given.get("header", read.header), "columns": columns}

    return ColumnsForm


def _rows_in_words(content: List) -> list[tuple[int, str]]:
    rows = content.rows[:HEADER_WITHIN]
    said = [
        (row.number, "、".join([cell.shown for cell in row.cells if not cell.is_blank][:TITLES_SHOWN]))
        for row in rows
    ]
    return [
        (0, str(_("There are no titles"))),
        *((number, f"{number} · {words}"[:60]) for number, words in said),
    ]


def _column_in_words(content: List, place: int) -> str:
    title = content.titles[place] if place < len(content.titles) else ""
    return f"{get_column_letter(place + 1)} {title}".strip()


def _samples(content: List, header: int, place: int) -> str:
    cells = (row.cell(place) for row in content.below(header))
    texts = [cell.shown.strip()[:SAMPLE_LENGTH] for cell in cells if not cell.is_blank]
    return "；".join(list(dict.fromkeys(texts))[:SAMPLES])
