"""A list as a spreadsheet, written row by row."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from zsbank.base.pages.exports.listed import ExportedList
from zsbank.base.pages.exports.values import Value
from zsbank.base.texts import with_apostrophe

MEASURED = 100
"""So many rows decide on the widths of the columns."""
WIDTHS = range(8, 61)
LONGEST_TEXT = 32_767
"""Characters that a cell can hold."""
FIRST_DAY = dt.date(1900, 3, 1)
"""Spreadsheet programs know no day before 1900, and disagree about its first two months."""
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
LONGEST_TITLE = 31


def write_xlsx(listed: ExportedList, file: IO[bytes]) -> None:
    """Write the list: headings in a fixed first row, days as days, amounts with their decimal places.

    Texts stay texts, and never run as formulas.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(NOT_IN_TITLES.sub(" ", listed.name)[:LONGEST_TITLE])
    rows = listed.rows()
    first = list(islice(rows, MEASURED))
    for place, width in enumerate(_widths([list(listed.labels), *first]), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    cells = _Cells(sheet)
    sheet.append([cells.heading(label) for label in listed.labels])
    for row in chain(first, rows):
        sheet.append(cells.of(row))
    book.save(file)


class _Cells:
    """Cells of a sheet. Rows are written one cell at a time, so one cell of each kind is enough for all."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._text, self._quoted = self._formatted("@"), self._formatted("@")
        self._day, self._moment = self._formatted("yyyy-mm-dd"), self._formatted("yyyy-mm-dd hh:mm")
        self._quoted.quotePrefix = True
        self._decimals: dict[int, Any] = {}

    def _formatted(self, form: str) -> Any:
        cell = WriteOnlyCell(self._sheet)
        cell.number_format = form
        return cell

    def heading(self, label: str) -> Any:
        """Return a heading."""
        cell = self._formatted("@")
        cell.font = Font(bold=True)
        return _with_text(cell, label)

    def of(self, row: Iterable[Value]) -> Iterator[Any]:
        """Yield the cells of a row; each is valid until the next."""
        return (self._cell(value) for value in row)

    def _cell(self, value: Value) -> Any:
        if isinstance(value, str):
            quoted = with_apostrophe(value) is not value
            return _with_text(self._quoted if quoted else self._text, value)
        if isinstance(value, Decimal):
            return self._with_places(value)
        if not isinstance(value, dt.date):
            return value
        day = value.date() if isinstance(value, dt.datetime) else value
        if day < FIRST_DAY:
            return _with_text(self._text, day.isoformat())
        cell = self._moment if isinstance(value, dt.datetime) else self._day
        cell.value = value
        return cell

    def _with_places(self, number: Decimal) -> Any:
        places = max(0, -int(number.as_tuple().exponent))
        if places not in self._decimals:
            self._decimals[places] = self._formatted(f"{0:.{places}f}")
        cell = self._decimals[places]
        cell.value = number
        return cell


def _with_text(cell: Any, text: str) -> Any:
    """Return a cell with a text, also where it looks like a formula or an error."""
    cell.value = text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
    cell.data_type = "s"
    return cell


def _widths(rows: list[list[Value]]) -> Iterator[int]:
    """Yield the width of each column; a Chinese character is as wide as two others."""
    for values in zip(*rows, strict=True):
        widest = max(_width("" if value is None else str(value)) for value in values)
        yield min(max(widest + 2, WIDTHS[0]), WIDTHS[-1])


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
