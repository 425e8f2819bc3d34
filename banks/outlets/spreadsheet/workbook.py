"""The sheets of an XLSX file: checked for what could do harm, and read whatever it says of its own size."""

import datetime as dt
import io
import re
from collections.abc import Iterator
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
"""What is unpacked of a workbook at most: all of it, its texts, another part in XML.

All of it is four times what 2,000 outlets take; cells that are empty but formatted cost time and memory too.
"""
ENTRY_LIMIT, SHEET_LIMIT, MERGED_LIMIT = 1000, 20, 5000
CELL_LIMIT = 4 * ROW_LIMIT * COLUMN_LIMIT
NOT_VALUES = {"f": Kind.FORMULA, "e": Kind.ERROR}
DATES = (dt.datetime, dt.date, dt.time, dt.timedelta)
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
    """A sheet as it stands in the workbook."""

    title: str
    visible: bool
    xml: bytes


def sheets_of(content: bytes) -> Iterator[Sheet]:
    """The visible sheets of a workbook, in order, each read when it is asked for.

    Raises:
        FileRefused: damaged, packed too tightly, with more rows or columns than are read.
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
    except Exception as error:  # openpyxl raises whatever its parsers meet in a damaged file
        raise damaged() from error


def _parts(content: bytes) -> list[Part]:
    """The sheets before openpyxl, which reads each to its end, is given them.

    Raises:
        FileRefused: they have more cells, empty ones too, than such a list can have.
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
    """The rows that are there; what the sheet says of its size in `<dimension>` is not asked."""
    numbers = [int(found[1]) for found in ROW_NUMBERS.finditer(part.xml)]
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        raise damaged()  # openpyxl would leave out the rows that do not stand in their place
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
    """A cell with what the program holds it for."""
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
    """A number with the 15 digits that spreadsheet programs keep and show."""
    if isinstance(value, int):
        return str(value)
    return str(int(Decimal(f"{value:.15g}"))) if value.is_integer() else f"{value:.15g}"


def _day(value: dt.datetime | dt.date | dt.time | dt.timedelta) -> str:
    """A date as people read it, without a time of day that nobody typed."""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat(" ") if isinstance(value, dt.datetime) else str(value)


def _merged(xml: bytes) -> tuple[Area, ...]:
    """The merged cells as the XML names them: openpyxl would build the whole area of each."""
    names = (found[1].decode() for found in islice(MERGED.finditer(xml), MERGED_LIMIT))
    return tuple(Area(*range_boundaries(name)) for name in names)


def _room(name: str) -> int:
    """How many bytes a part of a workbook may unpack to."""
    if name.startswith("xl/worksheets/"):
        return UNPACKED_LIMIT
    if name == "xl/sharedstrings.xml":
        return TEXTS_LIMIT
    return PART_LIMIT if name.endswith((".xml", ".rels")) else UNPACKED_LIMIT


def _check_packing(content: bytes) -> None:
    """Refuse what would unpack to far more than a sheet of this length needs, before it is unpacked."""
    archive = archives.open_archive(io.BytesIO(content))
    if archive is None:
        raise damaged()
    with archive:
        entries = archive.infolist()
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise wrong_kind()
    too_large = any(one.file_size > _room(one.filename.lower()) for one in entries)
    if too_large or archives.exceeds(entries, parts=ENTRY_LIMIT, size=UNPACKED_LIMIT):
        raise FileRefused(_("The file is too large when unpacked. Use the template."), "bomb")
