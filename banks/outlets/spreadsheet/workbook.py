"""Reading an XLSX file: limits before unpacking, sheets whatever their declared size."""

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, pairwise
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import range_boundaries

from banks.outlets.spreadsheet.cells import (
    BLANK,
    COLUMN_LIMIT,
    ROW_LIMIT,
    Area,
    Cell,
    Kind,
    Sheet,
    SheetRow,
    damaged,
    filled,
    too_long,
    too_wide,
    wrong_kind,
)
from zsbank.base.files import archives
from zsbank.base.files.rules import MEGABYTE
from zsbank.base.refusals import FileRefused

UNPACKED_LIMIT, TEXTS_LIMIT, PART_LIMIT = 12 * MEGABYTE, 10 * MEGABYTE, 2 * MEGABYTE
"""Most unpacked bytes of a workbook: in total, of its texts, of another part in XML.

The total is four times that of 2,000 outlets; empty formatted cells cost time and memory too.
"""
ENTRY_LIMIT, SHEET_LIMIT, MERGED_LIMIT = 1000, 20, 5000
CELL_LIMIT = 4 * ROW_LIMIT * COLUMN_LIMIT
FILLED_LIMIT, MARKUP_LIMIT = 20 * ROW_LIMIT, 400_000
"""Most cells with a value, and most tags of all parts in XML: openpyxl needs a second for these.

A list of 2,000 outlets with all columns of the template has 30,000 cells and 250,000 tags.
"""
NOT_VALUES = {"f": Kind.FORMULA, "e": Kind.ERROR}
DATES = (dt.datetime, dt.date, dt.time, dt.timedelta)
VALUES = re.compile(rb"<(?:\w+:)?(?:v|is)[\s/>]")
CELLS = re.compile(rb"<(?:\w+:)?(?:c|row)[\s/>]")
FAR_ROWS = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\br\s*=\s*[\"'](?:\s*\d{7}|[^\"'<>]*&)")
FAR_CELLS = re.compile(
    rb"<(?:\w+:)?c\b[^<>]*?\br\s*=\s*[\"'](?:A[Y-Z]|[B-Z][A-Z]|[A-Z]{3})\d+[\"'][^<>]*(?<!/)>\s*"
    rb"<(?:\w+:)?(?:v|is|f)\b"
)
ROW_NUMBERS = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\br\s*=\s*[\"']\s*(\d{1,6})")
MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\b[^<>]*?\bref\s*=\s*[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']"
)


@dataclass(frozen=True)
class Part:
    """A sheet with its XML, from the archive."""

    title: str
    visible: bool
    xml: bytes


def sheets_of(content: bytes) -> Iterator[Sheet]:
    """Yield the visible sheets of a workbook, in order; each is read on demand.

    Raises:
        FileRefused: it is damaged, packed too tightly, or has too many rows or columns.
    """
    _check_packing(content)
    try:
        parts = _parts(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        seen = [one.visible for one in parts]
        for part, sheet in list(zip(parts, book.worksheets, strict=True))[:SHEET_LIMIT]:
            if part.visible or not any(seen):
                yield Sheet(part.title, tuple(filled(_rows(sheet, part))), _merged(part.xml))
    except FileRefused:
        raise
    except Exception as error:  # openpyxl raises many kinds of exception for a damaged file
        raise damaged() from error


def unread_sheets(content: bytes) -> list[str]:
    """Return the titles of sheets with cells that `sheets_of` leaves out: hidden ones, and those beyond the limit.

    Args:
        content: a workbook that `sheets_of` has read.
    """
    parts = _parts(content)
    return [
        part.title
        for place, part in enumerate(parts)
        if (not part.visible or place >= SHEET_LIMIT) and CELLS.search(part.xml)
    ]


def _parts(content: bytes) -> list[Part]:
    """Return the sheets, counted before openpyxl reads them to the end.

    Raises:
        FileRefused: there are more cells, empty ones included, than such a list can have.
    """
    reader = ExcelReader(io.BytesIO(content), read_only=True)
    reader.read_manifest()
    reader.read_workbook()
    parts = [
        Part(sheet.name, sheet.state == "visible", reader.archive.read(link.target))
        for sheet, link in reader.parser.find_sheets()
        if "chartsheet" not in link.Type
    ]
    cells = sum(
        1 for _cell in islice((cell for one in parts for cell in CELLS.finditer(one.xml)), CELL_LIMIT + 1)
    )
    if cells > CELL_LIMIT or any(FAR_ROWS.search(part.xml) for part in parts):
        raise too_long()
    return parts


def _rows(sheet: Any, part: Part) -> Iterator[SheetRow]:
    """Yield the rows that are present; the size in `<dimension>` is ignored.

    Raises:
        FileRefused: the rows are out of order, or there are too many columns.
    """
    numbers = [int(found[1]) for found in ROW_NUMBERS.finditer(part.xml)]
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        raise damaged()  # openpyxl would leave out rows that are out of order
    if FAR_CELLS.search(part.xml):
        raise too_wide()
    sheet.reset_dimensions()
    for cells in sheet.iter_rows(max_col=COLUMN_LIMIT + 1):
        number = next((cell.row for cell in cells if cell.value not in (None, "")), None)
        if number is None:
            continue
        if len(cells) > COLUMN_LIMIT and cells[COLUMN_LIMIT].value not in (None, ""):
            raise too_wide()
        yield SheetRow(number, _trimmed([_cell(cell) for cell in cells[:COLUMN_LIMIT]]))


def _trimmed(cells: list[Cell]) -> tuple[Cell, ...]:
    while cells and cells[-1].is_blank:
        cells.pop()
    return tuple(cells)


def _cell(cell: Any) -> Cell:
    """Return a cell with its text and type."""
    value = cell.value
    if value is None:
        return BLANK
    if cell.data_type in NOT_VALUES:
        return Cell(str(value), NOT_VALUES[cell.data_type])
    if isinstance(value, bool):
        return Cell("是" if value else "否", Kind.BOOL)
    if isinstance(value, int | float):
        return Cell(_number(value), Kind.NUMBER)
    return Cell(_day(value), Kind.DATE) if isinstance(value, DATES) else Cell(str(value))


def _number(value: float) -> str:
    """Return a number with the 15 digits that spreadsheet programs keep and show."""
    if isinstance(value, int):
        return str(value)
    return str(int(Decimal(f"{value:.15g}"))) if value.is_integer() else f"{value:.15g}"


def _day(value: dt.datetime | dt.date | dt.time | dt.timedelta) -> str:
    """Return a date as people read it; midnight is left out."""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat(" ") if isinstance(value, dt.datetime) else str(value)


def _merged(xml: bytes) -> tuple[Area, ...]:
    """Return the merged areas from the XML: openpyxl would build every cell of each."""
    names = (found[1].decode() for found in islice(MERGED.finditer(xml), MERGED_LIMIT))
    return tuple(Area(*range_boundaries(name)) for name in names)


def _room(name: str) -> int:
    """Return the limit of bytes to which a part of a workbook may unpack."""
    if name.startswith("xl/worksheets/"):
        return UNPACKED_LIMIT
    if name == "xl/sharedstrings.xml":
        return TEXTS_LIMIT
    return PART_LIMIT if name.endswith((".xml", ".rels")) else UNPACKED_LIMIT


def _check_packing(content: bytes) -> None:
    """Refuse a file that would unpack to far more than such a sheet needs, before it is unpacked.

    Raises:
        FileRefused: damaged, no workbook, or packed too tightly.
    """
    archive = archives.open_archive(io.BytesIO(content))
    if archive is None:
        raise damaged()
    with archive:
        _check_entries(archive.infolist())
        _check_work(archive)


def _check_work(archive: zipfile.ZipFile) -> None:
    """Refuse a file with more values or tags than such a list can have, by counting them without reading.

    Raises:
        FileRefused: there are more.
    """
    tags = filled_cells = 0
    for one in archive.infolist():
        name = one.filename.lower()
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            part = archive.read(one)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise damaged() from error
        tags += part.count(b"<")
        if name.startswith("xl/worksheets/"):
            filled_cells += sum(1 for _value in islice(VALUES.finditer(part), FILLED_LIMIT + 1))
        if tags > MARKUP_LIMIT or filled_cells > FILLED_LIMIT:
            raise FileRefused(
                _(
                    "The spreadsheet has more than %(n)s filled cells. Leave out columns and sheets that are not "
                    "about outlets, or upload it in parts."
                )
                % {"n": FILLED_LIMIT},
                "too_long",
            )


def _check_entries(entries: Sequence[zipfile.ZipInfo]) -> None:
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise wrong_kind()
    too_large = any(one.file_size > _room(one.filename.lower()) for one in entries)
    if too_large or archives.exceeds(entries, parts=ENTRY_LIMIT, size=UNPACKED_LIMIT):
        raise FileRefused(_("The file is too large when unpacked. Use the template."), "bomb")
