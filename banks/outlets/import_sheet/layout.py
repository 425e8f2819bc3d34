"""Where in a spreadsheet the list of outlets stands, and which column is which."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from banks.outlets.columns import TITLES, UNUSED, fields_of, is_header, is_settled, recognised
from banks.outlets.spreadsheet.cells import HEADER_WITHIN, ROW_LIMIT, Sheet, SheetRow, too_long
from zsbank.base.refusals import FileRefused

SAMPLES = 3


@dataclass(frozen=True)
class Layout:
    """How a sheet is read.

    Args:
        header: the number of the row with the titles; 0 where the first row is an outlet already.
        meanings: for each column its field, UNUSED, or None where nobody knows yet.
    """

    sheet: Sheet
    header: int
    meanings: tuple[str | None, ...]

    @property
    def is_settled(self) -> bool:
        """Whether nobody has to be asked which column is which."""
        return is_settled(self.meanings)

    @property
    def columns(self) -> list[str]:
        """The field of each column, UNUSED for what is not known."""
        return [meaning or UNUSED for meaning in self.meanings]


@dataclass(frozen=True)
class Column:
    """A column as a person is asked about it: its place from 1, its title, some of its cells, what it may mean."""

    place: int
    title: str
    samples: tuple[str, ...]
    meaning: str | None

    @property
    def letter(self) -> str:
        """As the spreadsheet program names it."""
        return get_column_letter(self.place)

    @property
    def is_known(self) -> bool:
        """Whether its title says what it is."""
        return self.meaning is not None


def choose(sheets: Iterable[Sheet], remembered: Mapping[str, str]) -> Layout:
    """The sheet with the list of outlets: the first with its titles, else the first that has anything in it.

    Raises:
        FileRefused: no sheet has anything in it, or the file cannot be read.
    """
    first: Layout | None = None
    waiting = iter(sheets)
    for sheet in waiting:
        layout = laid_out(sheet, remembered)
        if is_header(layout.meanings):
            return replace(layout, sheet=replace(sheet, others=tuple(_also_lists(waiting, remembered))))
        first = first or (layout if sheet.rows else None)
    if first is None:
        raise FileRefused(_("There are no outlets below the header row."), "no_rows")
    return first


def _also_lists(sheets: Iterator[Sheet], remembered: Mapping[str, str]) -> Iterator[str]:
    """The titles of the other sheets that look like lists of outlets; one that cannot be read is none."""
    try:
        for sheet in sheets:
            if sheet.title and is_header(laid_out(sheet, remembered).meanings):
                yield sheet.title
    except FileRefused:
        return


def laid_out(sheet: Sheet, remembered: Mapping[str, str], header: int | None = None) -> Layout:
    """A sheet with its titles: those of the row that is named, else of the row with the most that are known."""
    if header is None:
        numbers = [row.number for row in sheet.rows[:HEADER_WITHIN]]
        header = max(numbers, key=lambda number: _known(sheet, number, remembered), default=0)
    titles = sheet.titles_at(header) if header else []
    width = max((len(row.cells) for row in rows_below(sheet, header)), default=0)
    titles += [""] * (width - len(titles))
    meanings = recognised(titles, remembered)
    used = {
        place
        for row in rows_below(sheet, header)
        for place, cell in enumerate(row.cells)
        if not cell.is_blank
    }
    for place, title in enumerate(titles):
        if not title.strip() and place in used:
            meanings[place] = None
    return Layout(sheet, header, tuple(meanings))


def _known(sheet: Sheet, number: int, remembered: Mapping[str, str]) -> int:
    return len(set(fields_of(recognised(sheet.titles_at(number), remembered))))


def rows_below(sheet: Sheet, header: int) -> list[SheetRow]:
    """The rows of outlets."""
    return [row for row in sheet.rows if row.number > header]


def outlet_rows(sheet: Sheet, header: int) -> list[SheetRow]:
    """The rows of outlets.

    Raises:
        FileRefused: there is none, there are too many, or cells of them are merged.
    """
    rows = rows_below(sheet, header)
    if not rows:
        raise FileRefused(_("There are no outlets below the header row."), "no_rows")
    if len(rows) > ROW_LIMIT:
        raise too_long()
    merged = [area.name for area in sheet.merged if header < area.bottom and area.top <= rows[-1].number]
    if merged:
        raise FileRefused(
            _("The spreadsheet contains merged cells: %(cells)s. Unmerge them and enter one value per cell.")
            % {"cells": "、".join(merged[:5])},
            "merged",
        )
    return rows


def asked_columns(layout: Layout) -> list[Column]:
    """The columns that a person is asked about."""
    titles = layout.sheet.titles_at(layout.header) if layout.header else []
    below = rows_below(layout.sheet, layout.header)
    return [
        Column(
            place + 1,
            titles[place].strip() if place < len(titles) else "",
            tuple(_samples(below, place)),
            meaning,
        )
        for place, meaning in enumerate(layout.meanings)
    ]


def _samples(rows: Sequence[SheetRow], place: int) -> list[str]:
    texts = (row.cells[place].text.strip() for row in rows[:50] if place < len(row.cells))
    return [text for text in texts if text][:SAMPLES]


def missing_titles(columns: Sequence[str]) -> list[str]:
    """The titles of the fields for which the sheet has no column."""
    return [title for name, title in TITLES.items() if name not in columns]
