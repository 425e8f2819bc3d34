"""Reading the file of a hotline: sheet, row of titles, columns; cells with personal data are blanked at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from banks.outlets.spreadsheet.cells import BLANK, HEADER_WITHIN, Cell, Sheet, SheetRow
from banks.outlets.spreadsheet.reading import sheets_of
from banks.outlets.spreadsheet.workbook import unread_sheets
from inspections.complaints.columns import NEEDED, UNUSED, is_of_people, recognised
from inspections.complaints.import_sheet.cells import List, ListCell, ListRow
from inspections.complaints.rules import NUMBERS_OF_PEOPLE
from inspections.complaints.terms import MOST_ROWS
from zsbank.base.personal_data import Personal, personal_data_in
from zsbank.base.refusals import FileRefused

LIKELY = 2
"""So many known titles make a row of titles."""

ANY_PERSONAL = frozenset(Personal)


@dataclass(frozen=True)
class Read:
    """A file as it was read: its list, the row of the titles (0 for none), and the field of each column."""

    content: List
    header: int
    columns: list[str]


def read_list(content: bytes, name: str) -> Read:
    """Return the list of a file, without personal data.

    Args:
        content: the bytes of an XLSX file.
        name: the file name given by the person.

    Raises:
        FileRefused: it cannot be read, there are no rows below the titles, or too many.
    """
    sheets = [sheet for sheet in sheets_of(content, name) if sheet.rows]
    if not sheets:
        raise _no_rows()
    likely = [sheet for sheet in sheets if _is_list(sheet)]
    sheet = (likely or sheets)[0]
    header = _header(sheet)
    titles = _titles(sheet, header)
    columns = [field or UNUSED for field in recognised(titles)]
    rows = tuple(_rows(sheet, header, titles, columns))
    count = sum(row.number > header for row in rows)
    if not count:
        raise _no_rows()
    if count > MOST_ROWS:
        words = _("The list has %(count)s rows; at most %(most)s are read at once. Upload it in parts.")
        raise FileRefused(words % {"count": count, "most": MOST_ROWS}, "too_long")
    others = tuple(one.title for one in likely if one is not sheet)
    hidden = tuple(unread_sheets(content))
    return Read(List(sheet.title, rows, tuple(titles), others, hidden), header, columns)


def _no_rows() -> FileRefused:
    return FileRefused(_("There are no complaints below the row of titles."), "no_rows")


def _known(sheet: Sheet, number: int) -> int:
    return sum(bool(field) for field in recognised(sheet.titles_at(number)))


def _is_list(sheet: Sheet) -> bool:
    return bool(_header(sheet))


def _header(sheet: Sheet) -> int:
    """Return the number of the row with the most known titles among the first; 0 if none is a row of titles."""
    numbers = [row.number for row in sheet.rows[:HEADER_WITHIN]]
    best = max(numbers, key=lambda number: _known(sheet, number), default=0)
    return best if _known(sheet, best) >= min(LIKELY, len(NEEDED)) else 0


def _titles(sheet: Sheet, header: int) -> list[str]:
    """Return the titles without personal data; a column without a title has an empty one."""
    titles = sheet.titles_at(header) if header else []
    width = max((len(row.cells) for row in sheet.rows if row.number > header), default=0)
    titles = titles + [""] * (width - len(titles))
    return ["" if personal_data_in(title) else " ".join(title.split()) for title in titles]


def _rows(sheet: Sheet, header: int, titles: list[str], columns: list[str]) -> Iterator[ListRow]:
    """Yield the rows with the text of merged cells in each of them; of columns about persons no text is kept."""
    merged = _merged(sheet, header)
    of_people = {place for place, title in enumerate(titles) if is_of_people(title)}
    for row in sheet.rows:
        cells = _with_merged(row, merged.get(row.number, {}))
        kept = (
            _kept(cell, NUMBERS_OF_PEOPLE if columns[place : place + 1] == ["reference"] else ANY_PERSONAL)
            if place not in of_people or row.number <= header
            else ListCell()
            for place, cell in enumerate(cells)
        )
        yield ListRow(row.number, tuple(kept))


def _kept(cell: Cell, kinds: Iterable[Personal]) -> ListCell:
    found = [one for one in personal_data_in(cell.text) if one.kind in kinds]
    return ListCell("", cell.kind, found[0].kind.value) if found else ListCell(cell.text, cell.kind)


def _merged(sheet: Sheet, header: int) -> dict[int, dict[int, Cell]]:
    """Return the cell of each merged area below the titles, by row and column of every cell in it."""
    by_number = {row.number: row for row in sheet.rows}
    found: dict[int, dict[int, Cell]] = {}
    for area in sheet.merged:
        first = by_number.get(area.top)
        if first is None or area.bottom <= header or area.left > len(first.cells):
            continue
        for number in (one for one in by_number if area.top <= one <= area.bottom):
            found.setdefault(number, {})[area.left - 1] = first.cells[area.left - 1]
    return found


def _with_merged(row: SheetRow, merged: dict[int, Cell]) -> list[Cell]:
    cells = list(row.cells)
    for place, cell in merged.items():
        cells += [BLANK] * (place + 1 - len(cells))
        if cells[place].is_blank:
            cells[place] = cell
    return cells
