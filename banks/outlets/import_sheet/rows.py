"""What the rows of a list of outlets say, each cell read by itself: given, wrong, made plain."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from banks.outlets.columns import COLUMNS, TITLES
from banks.outlets.data import plain
from banks.outlets.import_sheet.changed import CODES
from banks.outlets.import_sheet.layout import outlet_rows
from banks.outlets.import_sheet.readers import read_cell
from banks.outlets.names import name_key
from banks.outlets.spreadsheet.cells import BLANK, Cell, Kind, Sheet, SheetRow, coordinate
from banks.outlets.terms import MOST
from banks.register import identifiers
from zsbank.base.texts import BadText

ASKED_OF_NEW = ("town", "address", "open_for_card_business", "windows", "trained_staff")
SHOWN = 40
KnownOutlets = Mapping[str, Mapping[str, str]]
"""The cells of each outlet that is stored, by field, under the key of its name."""


@dataclass
class OutletRow:
    """One outlet of the sheet.

    Args:
        number: its row.
        data: the fields that it gives. A blank cell gives nothing, nor does one that says what is stored.
        errors: what is wrong, by title of the column.
        notes: what was made plain.
    """

    number: int
    data: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What all spellings of its name have in common."""
        return name_key(self.data.get("name", ""))

    def to_json(self) -> dict[str, Any]:
        """As it waits until the person has looked at it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "OutletRow":
        """The row that JSON describes."""
        return cls(data["number"], data["data"], data["errors"], data["notes"])


def read_outlets(sheet: Sheet, header: int, columns: Sequence[str], known: KnownOutlets) -> list[OutletRow]:
    """What the rows of a sheet say; a name that comes twice, in whatever spelling, is an error.

    Args:
        header: the row with the titles; 0 for none.
        columns: the field of each column, empty for one that is not used.
        known: the outlets that are stored.

    Raises:
        FileRefused: there is no row, there are too many, or cells are merged.
    """
    found = [_outlet(row, columns, known) for row in outlet_rows(sheet, header)]
    first: dict[str, int] = {}
    place = columns.index("name") + 1
    for row in found:
        if row.key in first:
            same = _("Row %(n)s has the same name.") % {"n": first[row.key]}
            name = Cell(row.data["name"])
            row.errors.setdefault(TITLES["name"], _wrong(coordinate(place, row.number), name, same))
        elif row.key:
            first[row.key] = row.number
    return found


def _outlet(row: SheetRow, columns: Sequence[str], known: KnownOutlets) -> OutletRow:
    outlet = OutletRow(row.number, {})
    places = {name: place for place, name in enumerate(columns) if name}
    cells = {name: row.cells[place] if place < len(row.cells) else BLANK for name, place in places.items()}
    if cells["name"].is_blank:
        where = coordinate(places["name"] + 1, row.number)
        outlet.errors[TITLES["name"]] = _("%(cell)s is blank. Each outlet has a name.") % {"cell": where}
    stored = known.get(name_key(cells["name"].text), {})
    for name in COLUMNS.values():
        cell = cells.get(name, BLANK)
        if cell.is_blank or (name != "name" and _says_what_is_stored(name, cell, stored)):
            continue
        try:
            outlet.data[name] = read_cell(name, cell) if not (name == "name" and stored) else plain(cell.text)
            outlet.notes += _made_plain(name, cell)
        except BadText as error:
            outlet.errors[TITLES[name]] = _wrong(coordinate(places[name] + 1, row.number), cell, str(error))
    if not stored:
        outlet.errors = _missing(places, outlet, row.number) | outlet.errors
    return outlet


def _says_what_is_stored(name: str, cell: Cell, stored: Mapping[str, str]) -> bool:
    """Whether a cell says what is stored already; that is not looked at further, and nothing is made plain in it."""
    as_typed = cell.kind in (Kind.TEXT, Kind.ERROR) or (cell.kind is Kind.NUMBER and name in MOST)
    return as_typed and cell.text == stored.get(name)


def _wrong(where: str, cell: Cell, why: str) -> str:
    """The cell, what is in it, and what is allowed."""
    text = cell.text if len(cell.text) <= SHOWN else f"{cell.text[:SHOWN]}……"
    return _("%(cell)s “%(value)s”: %(why)s") % {"cell": where, "value": text, "why": why}


def _missing(places: Mapping[str, int], outlet: OutletRow, number: int) -> dict[str, str]:
    """What a new outlet cannot do without and is not given."""
    errors = {}
    for name in ASKED_OF_NEW:
        if name in outlet.data or TITLES[name] in outlet.errors:
            continue
        if name in places:
            where = {"cell": coordinate(places[name] + 1, number)}
            errors[TITLES[name]] = _("%(cell)s is blank. A new outlet cannot do without it.") % where
        else:
            errors[TITLES[name]] = _("The sheet has no such column. A new outlet cannot do without it.")
    return errors


def _made_plain(name: str, cell: Cell) -> list[str]:
    """What was done to a text that was taken."""
    kept, shown = plain(cell.text), {"column": TITLES[name]}
    notes = []
    if "".join(kept.split()) != "".join(cell.text.split()):
        notes.append(_("%(column)s: full-width characters converted to half-width") % shown)
    elif kept != cell.text:
        notes.append(_("%(column)s: extra spaces removed") % shown)
    if name in CODES and identifiers.normalise(kept) != kept:
        notes.append(_("%(column)s: spaces removed and letters capitalised") % shown)
    return notes
