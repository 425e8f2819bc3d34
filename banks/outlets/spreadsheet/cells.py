"""What a spreadsheet holds: sheets, rows and cells, and the limits of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from zsbank.base.refusals import FileRefused

ROW_LIMIT = 2000
"""Outlets in one spreadsheet at most."""
HEADER_WITHIN = 20
"""Rows among which the titles are looked for."""
COLUMN_LIMIT = 50
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
"""What a spreadsheet program may take for the beginning of a formula."""


class Kind(StrEnum):
    """What the spreadsheet program made of what was typed into a cell."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOL = "bool"
    FORMULA = "formula"
    ERROR = "error"


class Cell(NamedTuple):
    """One cell: what is in it as text, and what the program holds it for."""

    text: str
    kind: Kind = Kind.TEXT

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to see in it."""
        return not self.text.strip()

    def to_json(self) -> str | list[str]:
        """A text as it is, anything else with its kind."""
        return self.text if self.kind is Kind.TEXT else [self.text, self.kind.value]

    @classmethod
    def from_json(cls, data: str | list[str]) -> "Cell":
        """The cell that JSON describes."""
        return cls(data) if isinstance(data, str) else cls(data[0], Kind(data[1]))


BLANK = Cell("")


@dataclass(frozen=True)
class SheetRow:
    """One row: its number in the sheet, counted from 1, and its cells."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def texts(self) -> list[str]:
        """The texts of its cells."""
        return [cell.text for cell in self.cells]

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to see in it."""
        return all(cell.is_blank for cell in self.cells)


class Area(NamedTuple):
    """Cells that are merged into one: first and last column and row, counted from 1."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def name(self) -> str:
        """As the spreadsheet program names it."""
        return f"{coordinate(self.left, self.top)}:{coordinate(self.right, self.bottom)}"


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows that are not empty, in order."""

    title: str
    rows: tuple[SheetRow, ...]
    merged: tuple[Area, ...] = ()
    others: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As it waits until the person has looked at it."""
        return {
            "title": self.title,
            "rows": [[row.number, [cell.to_json() for cell in row.cells]] for row in self.rows],
            "merged": [list(area) for area in self.merged],
            "others": list(self.others),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any], until: int | None = None) -> "Sheet":
        """The sheet that JSON describes; `until` leaves out what stands below a row."""
        kept = [row for row in data["rows"] if until is None or row[0] <= until]
        rows = (SheetRow(number, tuple(map(Cell.from_json, cells))) for number, cells in kept)
        merged = (Area(*numbers) for numbers in data["merged"])
        return cls(data["title"], tuple(rows), tuple(merged), tuple(data["others"]))

    def titles_at(self, number: int) -> list[str]:
        """The texts of a row as titles of columns; a cell that is merged upwards has the text of the whole."""
        by_number = {row.number: row for row in self.rows if row.number <= number}
        titles = list(by_number[number].texts) if number in by_number else []
        for area in self.merged:
            above = by_number.get(area.top)
            if area.top < number <= area.bottom and above and area.left <= len(above.cells):
                titles += [""] * (area.left - len(titles))
                titles[area.left - 1] = titles[area.left - 1].strip() or above.cells[area.left - 1].text
        return titles


def coordinate(column: int, row: int) -> str:
    """The name of a cell, such as C5; column and row are counted from 1."""
    return f"{get_column_letter(column)}{row}"


def filled(rows: Iterable[SheetRow], most: int = ROW_LIMIT + HEADER_WITHIN) -> Iterator[SheetRow]:
    """The rows that are not empty.

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
    """The refusal of a sheet with more rows than are read at once."""
    return FileRefused(
        _("The spreadsheet has more than %(n)s rows. Upload it in parts.") % {"n": ROW_LIMIT}, "too_long"
    )


def too_wide() -> FileRefused:
    """The refusal of a sheet with more columns than are read."""
    return FileRefused(
        _("There is something right of column %(column)s. Only the first %(n)s columns are read.")
        % {"column": get_column_letter(COLUMN_LIMIT), "n": COLUMN_LIMIT},
        "too_wide",
    )


def damaged() -> FileRefused:
    """The refusal of a file that cannot be read."""
    return FileRefused(_("The file is damaged or not an XLSX file. Save it again and retry."), "damaged")


def wrong_kind() -> FileRefused:
    """The refusal of a file that is no spreadsheet."""
    return FileRefused(_("The file is neither XLSX nor CSV. Use the template."), "wrong_kind")
