"""The rows of one bank together, each under the qualification to which it belongs by its day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from exit.takeover.data import (
    BankRow,
    ExitRow,
    NoticeRow,
    OrderRow,
    OutletOf,
    PersonRow,
    QualificationRow,
    ResultRow,
    Rows,
)
from exit.takeover.terms import IN_EFFECT, Part


@dataclass
class Held:
    """A qualification with what came about under it.

    Args:
        under_way: the grounds of an exit that is under way, the earliest first.
    """

    row: QualificationRow
    orders: list[OrderRow] = field(default_factory=list)
    results: list[ResultRow] = field(default_factory=list)
    exits: list[ExitRow] = field(default_factory=list)
    under_way: list[ExitRow] = field(default_factory=list)
    notices: list[NoticeRow] = field(default_factory=list)

    @property
    def since(self) -> dt.date:
        """The day on which it took effect (local date)."""
        return self.row.effective_from

    @property
    def exit(self) -> ExitRow | None:
        """The exit with which it ended."""
        return self.exits[0] if self.exits else None

    @property
    def left_on(self) -> dt.date | None:
        """The day on which it was cancelled (local date); None while it is in force."""
        return self.exit.cancelled_on if self.exit else None


@dataclass
class OfBank:
    """All rows of a bank.

    Args:
        held: its qualifications in order of time, each with its own rows.
    """

    bank: BankRow
    qualifications: list[QualificationRow] = field(default_factory=list)
    orders: list[OrderRow] = field(default_factory=list)
    results: list[ResultRow] = field(default_factory=list)
    exits: list[ExitRow] = field(default_factory=list)
    notices: list[NoticeRow] = field(default_factory=list)
    outlets: list[OutletOf] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)

    @property
    def last(self) -> Held | None:
        """The latest qualification: only this one can be in force."""
        return self.held[-1] if self.held else None


def by_bank(rows: Rows) -> list[OfBank]:
    """Return the rows of each bank of the sheet of banks, in its order; of a code that stands twice the first."""
    found: dict[str, OfBank] = {}
    for bank in rows.banks:
        found.setdefault(bank.uscc, OfBank(bank))
    rest: dict[tuple[str, Part], list[object]] = defaultdict(list)
    for row in rows:
        rest[row.uscc, row.part].append(row)
    for uscc, own in found.items():
        for part in Part:
            if part is not Part.BANKS:
                setattr(own, part.value, rest[uscc, part])
        _assign(own)
    return list(found.values())


def _assign(own: OfBank) -> None:
    """Put the rows under the qualifications in whose time they fall; rows of no time are under the first."""
    own.held = [
        Held(row) for row in sorted(own.qualifications, key=lambda row: (row.effective_from, row.number))
    ]
    if not own.held:
        return
    for order in own.orders:
        _since(own.held, day_of(order)).orders.append(order)
    for result in own.results:
        _since(own.held, dt.date(result.year, 12, 31)).results.append(result)
    for row in sorted(own.exits, key=lambda row: row.issued_on):
        if row.state == IN_EFFECT:
            _before(own.held, row.cancelled_on or row.issued_on).exits.append(row)
        else:
            own.held[-1].under_way.append(row)
    own.held[-1].notices = sorted(own.notices, key=lambda row: row.issued_on)


def day_of(order: OrderRow) -> dt.date:
    """Return the day from which an order counts (local date)."""
    return order.determined_on or order.issued_on


def _since(held: Sequence[Held], day: dt.date) -> Held:
    """Return the latest qualification that was in effect from a day or earlier."""
    return next((one for one in reversed(held) if one.since <= day), held[0])


def _before(held: Sequence[Held], day: dt.date) -> Held:
    """Return the latest qualification that took effect before a day, on which one ended."""
    return next((one for one in reversed(held) if one.since < day), held[0])
