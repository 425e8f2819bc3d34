"""Reading an uploaded spreadsheet as rows of text; harmful and unreadable files are refused."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter

from zsbank.base.files import archives
from zsbank.base.files.kinds import is_old_office
from zsbank.base.files.rules import MEGABYTE
from zsbank.base.refusals import FileRefused

ROW_LIMIT, RANGES_SHOWN = 2000, 5
COLUMN_LIMIT = 50
UNPACKED_LIMIT, TEXTS_LIMIT, PART_LIMIT = 12 * MEGABYTE, 10 * MEGABYTE, 2 * MEGABYTE
"""Maximum unpacked size of a workbook, of its shared strings, and of any other XML part, in bytes.

The first is four times what 2,000 outlets need; empty but formatted cells cost time and memory too.
"""
ENTRY_LIMIT = 1000
CELL_LIMIT = 4 * ROW_LIMIT * COLUMN_LIMIT
CELLS = re.compile(rb"<(?:\w+:)?(?:c|row)[\s/>]")
FAR_ROWS = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\br\s*=\s*[\"'](?:\s*\d{7}|[^\"'<>]*&)")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^<>]*?\bref\s*=\s*[\"']([^\"'<>]{1,40})")
FORMULA_SIGNS = ("=", "+", "@")


@dataclass(frozen=True)
class SheetRow:
    """One row: its number in the sheet, counted from 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]


def read_rows(content: bytes, name: str) -> list[SheetRow]:
    """Return the non-empty rows of an XLSX or CSV file, header first.

    Raises:
        FileRefused: empty, damaged, encrypted, a decompression bomb, with formulas or merged cells, too long, or
            with a name that does not match its content.
    """
    if not content.strip():
        raise FileRefused(_("The file is empty. Select the file again."), "empty")
    if is_old_office(io.BytesIO(content)):
        raise FileRefused(
            _("The file is password-protected or an old XLS file. Save it as XLSX without a password."),
            "encrypted",
        )
    packed = content.startswith(b"PK")
    if not name.lower().endswith(".xlsx" if packed else ".csv"):
        raise FileRefused(_("The file name must end in .xlsx or .csv and match the content."), "name")
    rows = _xlsx_rows(content) if packed else _csv_rows(content)
    return _limited(row for row in rows if any(cell.strip() for cell in row.cells))


def _limited(rows: Iterator[SheetRow]) -> list[SheetRow]:
    found: list[SheetRow] = []
    for row in rows:
        if len(found) > ROW_LIMIT:
            raise _too_long()
        found.append(row)
    return found


def _xlsx_rows(content: bytes) -> Iterator[SheetRow]:
    _check_packing(content)
    try:
        merged = _merged(_checked_sheets(content)[0])
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=False).worksheets[0]
        rows = _limited(_text_row(cells) for cells in sheet.iter_rows(max_col=COLUMN_LIMIT) if _filled(cells))
    except FileRefused:
        raise
    except Exception as error:  # on damaged files openpyxl passes on errors of any parser
        raise _damaged() from error
    if merged:
        raise FileRefused(
            _("The spreadsheet contains merged cells: %(cells)s. Unmerge them and enter one value per cell.")
            % {"cells": "、".join(merged)},
            "merged",
        )
    return iter(rows)


def _checked_sheets(content: bytes) -> list[bytes]:
    """Return the XML of the sheets, checked before openpyxl reads them in full.

    Raises:
        FileRefused: they have more cells, including empty ones, than such a list can have.
    """
    reader = ExcelReader(io.BytesIO(content), read_only=True)
    reader.read_manifest()
    reader.read_workbook()
    names = [link.target for _sheet, link in reader.parser.find_sheets() if "chartsheet" not in link.Type]
    sheets = [reader.archive.read(name) for name in names]
    cells = sum(
        1 for _cell in islice((cell for one in sheets for cell in CELLS.finditer(one)), CELL_LIMIT + 1)
    )
    if cells > CELL_LIMIT or any(FAR_ROWS.search(sheet) for sheet in sheets):
        raise _too_long()
    return sheets


def _merged(sheet: bytes) -> list[str]:
    """Return the first merged ranges from the XML; openpyxl would build the whole area of each."""
    return sorted(found[1].decode(errors="replace") for found in islice(MERGED.finditer(sheet), RANGES_SHOWN))


def _size_limit(name: str) -> int:
    """Return the maximum unpacked size of a workbook part, in bytes."""
    if name.startswith("xl/worksheets/"):
        return UNPACKED_LIMIT
    if name == "xl/sharedstrings.xml":
        return TEXTS_LIMIT
    return PART_LIMIT if name.endswith((".xml", ".rels")) else UNPACKED_LIMIT


def _check_packing(content: bytes) -> None:
    """Refuse a workbook that would unpack to far more than needed, before unpacking it."""
    archive = archives.open_archive(io.BytesIO(content))
    if archive is None:
        raise _damaged()
    with archive:
        entries = archive.infolist()
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise FileRefused(_("The file is neither XLSX nor CSV. Use the template."), "wrong_kind")
    too_large = any(one.file_size > _size_limit(one.filename.lower()) for one in entries)
    if too_large or archives.exceeds(entries, parts=ENTRY_LIMIT, size=UNPACKED_LIMIT):
        raise _bomb()


def _filled(cells: tuple[Any, ...]) -> bool:
    return any(cell.value not in (None, "") for cell in cells)


def _text_row(cells: tuple[Any, ...]) -> SheetRow:
    number = next(cell.row for cell in cells if cell.value is not None)
    for cell in cells:
        if cell.value is not None and cell.data_type == "f":
            raise _formula(cell.coordinate)
    return SheetRow(number, tuple(_text(cell.value) for cell in cells))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return "" if value is None else str(value)


def _csv_rows(content: bytes) -> Iterator[SheetRow]:
    text = _decoded(content)
    if "\x00" in text:
        raise FileRefused(_("The file is neither XLSX nor CSV. Use the template."), "wrong_kind")
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for number, cells in enumerate(reader, start=1):
            for place, cell in enumerate(cells, start=1):
                if number > 1 and cell.startswith(FORMULA_SIGNS):
                    raise _formula(f"{get_column_letter(place)}{number}")
            yield SheetRow(number, tuple(cells[:COLUMN_LIMIT]))
    except csv.Error as error:
        raise FileRefused(_("The CSV file cannot be read. Use the template."), "damaged") from error


def _decoded(content: bytes) -> str:
    """Decode CSV: Excel writes UTF-8 with a byte order mark, or GB 18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused(_("The file is neither XLSX nor CSV. Use the template."), "wrong_kind")


def _formula(cell: str) -> FileRefused:
    return FileRefused(
        _(
            "Cell %(cell)s contains a formula. Paste it as a value, so that the value you see is the "
            "value saved."
        )
        % {"cell": cell},
        "formula",
    )


def _damaged() -> FileRefused:
    return FileRefused(_("The file is damaged or not an XLSX file. Save it again and retry."), "damaged")


def _too_long() -> FileRefused:
    return FileRefused(
        _("The spreadsheet has more than %(n)s rows. Upload it in parts.") % {"n": ROW_LIMIT}, "too_long"
    )


def _bomb() -> FileRefused:
    return FileRefused(_("The file is too large when unpacked. Use the template."), "bomb")
