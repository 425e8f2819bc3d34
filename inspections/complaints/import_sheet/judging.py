"""What each row of a list would become: taken in, known already, or refused with its cells and the reasons."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks.outlets.models import Outlet
from banks.outlets.spreadsheet.cells import coordinate
from banks.register.models import Bank
from inspections.complaints.columns import NEEDED
from inspections.complaints.import_sheet.cells import NO_CELL, List, ListCell, ListRow
from inspections.complaints.import_sheet.known import Banks, Kinds, Outlets
from inspections.complaints.import_sheet.values import facts_in, plain_text, received_in, reference_in
from inspections.complaints.models import Complaint, ComplaintImport
from inspections.complaints.states import ComplaintState
from inspections.complaints.terms import OTHER_KIND
from zsbank.base.texts import BadText

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

SHOWN = 40
"""Characters of a cell that its refusal shows."""

GOOD, KNOWN, REFUSED = "good", "known", "refused"
OUTCOMES: "dict[str, StrPromise]" = {
    GOOD: gettext_lazy("Will be taken in"),
    KNOWN: gettext_lazy("Entered already"),
    REFUSED: gettext_lazy("Cannot be taken in"),
}

Value = TypeVar("Value")


@dataclass
class Judged:
    """A row of a list.

    Args:
        number: its row in the sheet.
        errors: why it is refused, each with its cell.
        notes: what was made of a cell that says something else.
        known: the complaint, or the row of the list, that has its number already; empty if none has.
    """

    number: int
    reference: str = ""
    received_on: dt.date | None = None
    bank: Bank | None = None
    outlet: Outlet | None = None
    kind: str = OTHER_KIND
    kind_in_words: str = ""
    facts: str = ""
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    known: str = ""

    @property
    def outcome(self) -> str:
        """What becomes of it, as one of `OUTCOMES`."""
        if self.errors:
            return REFUSED
        return KNOWN if self.known else GOOD

    @property
    def is_good(self) -> bool:
        """Whether it is taken in."""
        return self.outcome == GOOD


def judged(read: ComplaintImport) -> list[Judged]:
    """Return the rows of a list as the register takes them now; the number of queries does not grow with the rows."""
    content = List.from_json(read.sheet)
    places = {name: place for place, name in enumerate(read.columns) if name}
    if not set(NEEDED) <= set(places):
        return []
    banks, kinds = Banks(), Kinds()
    rows = [_Reading(row, places, banks) for row in content.below(read.header)]
    outlets = Outlets(one.row.bank for one in rows if one.row.bank)
    for one in rows:
        one.finish(outlets, kinds)
    found = [one.row for one in rows]
    _name_known(found, read.source)
    return found


def _name_known(rows: Iterable[Judged], source: str) -> None:
    """Name for each row the complaint or the earlier row that has its number."""
    references = {row.reference for row in rows if row.reference}
    entered = Complaint.objects.filter(source=source, reference__in=references)
    entered = entered.exclude(state=ComplaintState.WITHDRAWN)
    numbers = dict(entered.values_list("reference", "case_number"))
    first: dict[str, int] = {}
    for row in rows:
        if row.reference in numbers:
            row.known = _("Entered already as %(number)s.") % {"number": numbers[row.reference]}
        elif row.reference in first:
            row.known = _("Row %(n)s has the same number.") % {"n": first[row.reference]}
        elif row.reference and not row.errors:
            first[row.reference] = row.number


class _Reading:
    """Reads one row; every wrong cell is named, not only the first."""

    def __init__(self, row: ListRow, places: Mapping[str, int], banks: Banks) -> None:
        self.row = Judged(row.number)
        self._row, self._places, self._banks = row, places, banks
        self.row.reference = self._value("reference", reference_in) or ""
        self.row.bank = self._value("bank", lambda cell: banks.named(plain_text(cell)))
        self.row.received_on = self._value("received_on", received_in)
        self.row.facts = self._value("facts", facts_in) or ""

    def finish(self, outlets: Outlets, kinds: Kinds) -> None:
        """Read what depends on other cells: the day, the outlet, the kind."""
        bank, day = self.row.bank, self.row.received_on
        if bank is not None and day is not None:
            self._try("received_on", lambda: self._banks.check_day(bank, day))
        if bank is not None and not self._cell("outlet").is_blank:
            self.row.outlet = self._value("outlet", lambda cell: outlets.named(plain_text(cell), bank))
        if day is not None:
            self._read_kind(kinds, day)

    def _read_kind(self, kinds: Kinds, day: dt.date) -> None:
        cell = self._cell("kind")
        kind = kinds.named(cell.text, day)
        if kind is None:
            words = _(
                "“%(words)s” is no known kind: entered as another matter; choose the kind when you forward it."
            )
            self.row.notes.append(words % {"words": cell.text[:SHOWN]})
        self.row.kind = kind or OTHER_KIND
        self.row.kind_in_words = kinds.name_of(self.row.kind, day)

    def _cell(self, name: str) -> ListCell:
        place = self._places.get(name)
        return NO_CELL if place is None else self._row.cell(place)

    def _value(self, name: str, read: Callable[[ListCell], Value]) -> Value | None:
        """Return the value of a cell; None if it is refused."""
        cell = self._cell(name)
        if cell.is_blank:
            words = _("%(cell)s is blank. No complaint can do without it.")
            self.row.errors.append(words % {"cell": self._where(name)})
            return None
        return self._try(name, lambda: read(cell))

    def _try(self, name: str, read: Callable[[], Value]) -> Value | None:
        try:
            return read()
        except BadText as error:
            said = {"cell": self._where(name), "value": self._cell(name).shown[:SHOWN], "why": error}
            self.row.errors.append(_("%(cell)s “%(value)s”: %(why)s") % said)
            return None

    def _where(self, name: str) -> str:
        return coordinate(self._places[name] + 1, self._row.number)
