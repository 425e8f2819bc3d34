"""Reading the workbook: sheets by title, columns by title, rows; nothing in it is passed over in silence."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from banks.outlets.columns import COLUMNS as OUTLET_COLUMNS
from banks.outlets.import_sheet.rows import read_outlets
from banks.outlets.spreadsheet.cells import (
    BLANK,
    HEADER_WITHIN,
    ROW_LIMIT,
    Cell,
    Sheet,
    SheetRow,
    coordinate,
)
from banks.outlets.spreadsheet.reading import sheets_of
from banks.outlets.spreadsheet.workbook import unread_sheets
from banks.outlets.terms import EMPTY_MARKS
from exit.takeover.checks.faults import Fault, Faulty
from exit.takeover.columns.column import CODE, Column
from exit.takeover.columns.sheets import COLUMNS
from exit.takeover.data import KINDS, OutletOf, Rows
from exit.takeover.import_sheet.kind import check_workbook
from exit.takeover.terms import NOT_READ, SHEETS, Part
from zsbank.base.cases.folding import folded
from zsbank.base.refusals import FileRefused
from zsbank.base.texts import BadText

PARTS: dict[str, Part] = {folded(title): part for part, title in SHEETS.items()}
OF_THE_PROGRAM = "WpsReserved_"
"""Hidden sheets that WPS adds by itself, for pictures in cells; such a cell is refused as a formula."""
SHOWN = 40
"""So many characters of a wrong cell are said again."""


def read_workbook(content: bytes, name: str) -> Rows:
    """Return the rows of a workbook; outside of any transaction, because it may take a second.

    Args:
        content: the bytes of the file.
        name: the file name given by the person.

    Raises:
        FileRefused: it is no workbook, is damaged, has active content, or is larger than its limits.
        Faulty: cells, columns or sheets are wrong; each is named.
    """
    check_workbook(content, name)
    rows = Rows()
    faults = [*_read_sheets(content, name, rows), *_hidden(content)]
    if not (rows.banks or faults):
        faults.append(Fault(_("There is no bank. Each bank has a row on the sheet 银行.")))
    if faults:
        unread = {fault.uscc for fault in faults}
        raise Faulty(faults, None if "" in unread else rows.without(unread))
    return rows


def _read_sheets(content: bytes, name: str, rows: Rows) -> list[Fault]:
    """Add the rows of all sheets; return what is wrong with them, first that there is no sheet of banks."""
    faults: list[Fault] = []
    seen: set[Part] = set()
    for sheet in _sheets(content, name):
        part = PARTS.get(folded(sheet.title))
        if part is None:
            faults += _unknown_sheet(sheet)
            continue
        if part in seen:
            faults.append(Fault(_("This sheet stands twice. Put its rows together."), part))
        seen.add(part)
        faults += _read_sheet(sheet, part, rows)
    if Part.BANKS not in seen:
        faults.insert(0, Fault(_("There is no sheet 银行, on which each bank has a row. Use the template.")))
    return faults


def _unknown_sheet(sheet: Sheet) -> Iterator[Fault]:
    if folded(sheet.title) not in NOT_READ and sheet.rows:
        words = _("Sheet %(sheet)s is not one of the template: %(sheets)s. Rename or remove it.")
        yield Fault(words % {"sheet": sheet.title, "sheets": "、".join(SHEETS.values())})


def _hidden(content: bytes) -> Iterator[Fault]:
    """Yield sheets that are not read."""
    for title in unread_sheets(content):
        if not title.startswith(OF_THE_PROGRAM):
            words = _(
                "Sheet %(sheet)s is hidden, or the workbook has too many; it would be lost. Show or remove it; if the "
                "program does not offer to show it, copy the other sheets into the template."
            )
            yield Fault(words % {"sheet": title})


def _sheets(content: bytes, name: str) -> Iterator[Sheet]:
    """Yield the sheets.

    Raises:
        FileRefused: it is damaged, or a sheet is larger than its limits; the words say how to divide it.
    """
    before = ""
    try:
        for sheet in sheets_of(content, name):
            before = sheet.title
            yield sheet
    except FileRefused as refusal:
        if refusal.code != "too_long":
            raise
        words = _(
            "A sheet after %(sheet)s has more than %(n)s rows. Take the banks over with several workbooks, each bank "
            "with all its rows in one of them."
        )
        raise FileRefused(words % {"sheet": before or "—", "n": ROW_LIMIT}, refusal.code) from refusal


def _read_sheet(sheet: Sheet, part: Part, rows: Rows) -> list[Fault]:
    """Add the rows of a sheet; return what is wrong with it."""
    if not sheet.rows:
        return []
    header = next((row for row in sheet.rows[:HEADER_WITHIN] if _heads(row)), None)
    if header is None:
        words = _("No row has the title %(title)s. Use the template.")
        return [Fault(words % {"title": CODE.title}, part)]
    below = [row for row in sheet.rows if row.number > header.number]
    merged = [area.name for area in sheet.merged if area.bottom > header.number]
    if merged and below:
        words = _("Unmerge these cells and enter one value per cell: %(cells)s.")
        return [Fault(words % {"cells": "、".join(merged[:5])}, part)]
    titles = [cell.text for cell in header.cells]
    faults = list(_unknown(titles, below, part))
    if part is Part.OUTLETS:
        return faults or _read_outlets(sheet, header, below, rows)
    places, missing = _places(titles, part)
    faults += missing
    for row in below if not missing else ():
        cells = {field: _cell(row, place) for field, place in places.items()}
        if lone := _lone_text(row, part):
            faults.append(lone)
            continue
        read = read_row(part, row.number, cells)
        if isinstance(read, list):
            faults += [_with_cell(fault, places) for fault in read]
        else:
            rows.of(part).append(read)
    return faults


def read_row(part: Part, number: int, cells: Mapping[str, Cell]) -> object:
    """Return the typed row with these cells by field, or the list of its faults."""
    values, faults = {}, []
    for column in COLUMNS[part]:
        cell = cells.get(column.field, BLANK)
        try:
            values[column.field] = _value(column, cell)
        except BadText as error:
            said = shortened(cell.text)
            words = f"“{said}”：{error}" if said.strip() else str(error)
            faults.append(Fault(words, part, number, column.field))
    uscc = str(values.get(CODE.field, ""))
    return [replace(fault, uscc=uscc) for fault in faults] or KINDS[part](number=number, **values)


def _lone_text(row: SheetRow, part: Part) -> Fault | None:
    """Return what is said of a row with one cell filled in, such as a note or a total below the list."""
    filled = [place for place, cell in enumerate(row.cells) if not cell.is_blank]
    if len(filled) != 1:
        return None
    words = _("Only cell %(cell)s is filled in: “%(said)s”. If it is a note or a total, remove the row.")
    given = {"cell": coordinate(filled[0] + 1, row.number), "said": shortened(row.cells[filled[0]].text)}
    return Fault(words % given, part, row.number)


def shortened(text: str) -> str:
    """Return a wrong text as it is said again."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}……"


def _value(column: Column, cell: Cell) -> object:
    """Return the value of a cell; a mark such as 无 says that there is none.

    Raises:
        BadText: it is refused, or blank although every row has it.
    """
    if not cell.is_blank and not (column.blank and cell.text.strip() in EMPTY_MARKS):
        return column.read(cell)
    if column.blank is None:
        raise BadText(_("This may not be blank."))
    return column.blank()


def _heads(row: SheetRow) -> bool:
    return folded(CODE.title) in {folded(text) for text in row.texts}


def _cell(row: SheetRow, place: int) -> Cell:
    return row.cells[place] if place < len(row.cells) else BLANK


def _known(part: Part) -> dict[str, str]:
    """Return the fields of a sheet by their titles as compared."""
    if part is Part.OUTLETS:
        return {folded(CODE.title): CODE.field} | {folded(one): name for one, name in OUTLET_COLUMNS.items()}
    return {folded(column.title): column.field for column in COLUMNS[part]}


def _unknown(titles: list[str], below: list[SheetRow], part: Part) -> Iterator[Fault]:
    """Yield columns with content and an unknown title, and titles that stand twice."""
    known, keys = _known(part), [folded(title) for title in titles]
    width = max((len(row.cells) for row in below), default=0)
    for place in range(max(width, len(titles))):
        key = keys[place] if place < len(keys) else ""
        used = any(not _cell(row, place).is_blank for row in below)
        title = titles[place].strip() if place < len(titles) else ""
        where = {"column": coordinate(place + 1, 1).rstrip("1"), "title": title}
        if key not in known and used:
            words = _(
                "Column %(column)s “%(title)s” is not one of the template; it would be lost. Rename or remove it."
            )
            yield Fault(words % where, part)
        elif key in known and key in keys[:place]:
            yield Fault(_("Column %(column)s “%(title)s” stands twice.") % where, part)


def _places(titles: list[str], part: Part) -> tuple[dict[str, int], list[Fault]]:
    """Return the place of each field, and the columns that are missing and needed."""
    known = _known(part)
    places = {known[key]: place for place, title in enumerate(titles) if (key := folded(title)) in known}
    missing = [one for one in COLUMNS[part] if one.is_needed and one.field not in places]
    words = _("The column %(title)s is missing. Use the template.")
    return places, [Fault(words % {"title": one.title}, part) for one in missing]


def _with_cell(fault: Fault, places: Mapping[str, int]) -> Fault:
    """Name the cell in front of the words."""
    if fault.field not in places:
        return fault
    return replace(fault, words=f"{coordinate(places[fault.field] + 1, fault.number)} {fault.words}")


def _read_outlets(sheet: Sheet, header: SheetRow, below: list[SheetRow], rows: Rows) -> list[Fault]:
    """Read the outlets of each bank as the import of outlets does."""
    known = _known(Part.OUTLETS)
    columns = [known.get(folded(cell.text), "") for cell in header.cells]
    lacking = [title for title, name in OUTLET_COLUMNS.items() if name == "name" and name not in columns]
    if lacking:
        words = _("The column %(title)s is missing. Use the template.")
        return [Fault(words % {"title": lacking[0]}, Part.OUTLETS)]
    faults: list[Fault] = []
    of_bank: dict[str, list[SheetRow]] = defaultdict(list)
    # The outlet's own code has another title, so the first column with this field is the bank's.
    place = [folded(cell.text) for cell in header.cells].index(folded(CODE.title))
    columns[place] = ""
    for row in below:
        if lone := _lone_text(row, Part.OUTLETS):
            faults.append(lone)
            continue
        try:
            of_bank[str(_value(CODE, _cell(row, place)))].append(row)
        except BadText as error:
            cell = coordinate(place + 1, row.number)
            faults.append(Fault(f"{cell} {error}", Part.OUTLETS, row.number, CODE.title))
    for uscc, own in of_bank.items():
        part = Sheet(sheet.title, (header, *own))
        for outlet in read_outlets(part, header.number, columns, {}):
            faults += [
                Fault(words, Part.OUTLETS, outlet.number, title, uscc)
                for title, words in outlet.errors.items()
            ]
            rows.outlets.append(OutletOf(uscc, outlet))
    return faults
