"""The content of a spreadsheet: sheets, rows and cells, and their limits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from zsbank.base.refusals import FileRefused

ROW_LIMIT = 2000
"""Most outlets in one spreadsheet."""
HEADER_WITHIN = 20
"""Number of first rows in which titles are searched."""
COLUMN_LIMIT = 50


class Kind(StrEnum):
    """The type that the spreadsheet program gave to a cell."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOL = "bool"
    FORMULA = "formula"
    ERROR = "error"


class Cell(NamedTuple):
    """One cell: its text and its type."""

    text: str
    kind: Kind = Kind.TEXT

    @property
    def is_blank(self) -> bool:
        """Whether there is no visible text."""
        return not self.text.strip()

    def to_json(self) -> str | list[str]:
        """Return a text as it is, another cell with its type."""
        return self.text if self.kind is Kind.TEXT else [self.text, self.kind.value]

    @classmethod
    def from_json(cls, data: str | list[str]) -> "Cell":
        """Return the cell from its JSON."""
        return cls(data) if isinstance(data, str) else cls(data[0], Kind(data[1]))


BLANK = Cell("")


@dataclass(frozen=True)
class SheetRow:
    """One row: its number in the sheet, from 1, and its cells."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def texts(self) -> list[str]:
        """The texts of its cells."""
        return [cell.text for cell in self.cells]

    @property
    def is_blank(self) -> bool:
        """Whether there is no visible text."""
        return all(cell.is_blank for cell in self.cells)


class Area(NamedTuple):
    """Merged cells: first and last column and row, from 1."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def name(self) -> str:
        """The name of the area, such as A1:C2."""
        return f"{coordinate(self.left, self.top)}:{coordinate(self.right, self.bottom)}"


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows that are not empty, in order."""

    title: str
    rows: tuple[SheetRow, ...]
    merged: tuple[Area, ...] = ()
    others: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the sheet as JSON, for storage until the import is confirmed."""
        return {
            "title": self.title,
            "rows": [[row.number, [cell.to_json() for cell in row.cells]] for row in self.rows],
            "merged": [list(area) for area in self.merged],
            "others": list(self.others),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any], until: int | None = None) -> "Sheet":
        """Return the sheet from its JSON; `until` is the last row to include."""
        kept = [row for row in data["rows"] if until is None or row[0] <= until]
        rows = (SheetRow(number, tuple(map(Cell.from_json, cells))) for number, cells in kept)
        merged = (Area(*numbers) for numbers in data["merged"])
        return cls(data["title"], tuple(rows), tuple(merged), tuple(data["others"]))

    def titles_at(self, number: int) -> list[str]:
        """Return the titles in a row; a cell merged with cells above has the text of the merged area."""
        by_number = {row.number: row for row in self.rows if row.number <= number}
        titles = list(by_number[number].texts) if number in by_number else []
        for area in self.merged:
            above = by_number.get(area.top)
            if area.top < number <= area.bottom and above and area.left <= len(above.cells):
                titles += [""] * (area.left - len(titles))
                titles[area.left - 1] = titles[area.left - 1].strip() or above.cells[area.left - 1].text
        return titles


def coordinate(column: int, row: int) -> str:
    """Return the name of a cell, such as C5; column and row count from 1."""
    return f"{get_column_letter(column)}{row}"


def filled(rows: Iterable[SheetRow], most: int = ROW_LIMIT + HEADER_WITHIN) -> Iterator[SheetRow]:
    """Yield the rows that are not empty.

    Raises:
        FileRefused: there are more than `most`.
    """
    count = 0
    for row in rows:
        if row.is_blank:
            continue
        count += 1
        if count > most:
            raise too_long()
        yield row


def too_long() -> FileRefused:
    """Return the refusal of a sheet with too many rows."""
    return FileRefused(
        _("The spreadsheet has more than %(n)s rows. Upload it in parts.") % {"n": ROW_LIMIT}, "too_long"
    )


def too_wide() -> FileRefused:
    """Return the refusal of a sheet with too many columns."""
    return FileRefused(
        _("There is something right of column %(column)s. Only the first %(n)s columns are read.")
        % {"column": get_column_letter(COLUMN_LIMIT), "n": COLUMN_LIMIT},
        "too_wide",
    )


def damaged() -> FileRefused:
    """Return the refusal of an unreadable file."""
    return FileRefused(_("The file is damaged or not an XLSX file. Save it again and retry."), "damaged")


def wrong_kind() -> FileRefused:
    """Return the refusal of a file that is no spreadsheet."""
    return FileRefused(_("The file is neither XLSX nor CSV. Use the template."), "wrong_kind")
