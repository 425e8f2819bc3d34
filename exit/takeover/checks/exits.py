"""Checks of the rows of exits: in effect, or under way on one or several grounds."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from admission.editions.models import PolicyEdition
from exit.cases.terms import ExitGround
from exit.takeover.checks.faults import Fault
from exit.takeover.checks.grouped import Held
from exit.takeover.checks.orders import period_of
from exit.takeover.checks.sources import behind_each, may_be_behind
from exit.takeover.data import ExitRow, OrderRow
from exit.takeover.terms import OrderReason, Part
from inspections.rectification.states import NOT_CLOSED
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate
from zsbank.base.calendar.periods import Unit
from zsbank.base.calendar.wording import in_words


def exit_faults(held: Held, edition: PolicyEdition) -> Iterator[Fault]:
    """Yield what is wrong with the exits of a qualification."""
    for later in held.exits[1:]:
        words = _("Row %(n)s says already that this qualification was cancelled.")
        yield _fault(later, words % {"n": held.exits[0].number})
    for row in held.exits[:1]:
        yield from _in_effect(row, held, edition)
    for row in held.under_way:
        yield from _under_way(row, held, edition)
    yield from _own_wishes(held)


def _fault(row: ExitRow, words: str, field: str = "") -> Fault:
    return Fault(words, Part.EXITS, row.number, field)


def _in_effect(row: ExitRow, held: Held, edition: PolicyEdition) -> Iterator[Fault]:
    if row.cancelled_on is None:
        yield _fault(row, _("Enter the day on which the qualification was cancelled."), "cancelled_on")
        return
    if not held.since <= row.cancelled_on <= clock.today():
        words = _("The day lies ahead, or before the qualification took effect.")
        yield _fault(row, words, "cancelled_on")
        return
    bar = calculate(row.cancelled_on, edition.bar_years, Unit.YEAR, roll=edition.roll_bar)
    if row.bar_last_day not in (None, bar.last_day):
        words = _("By the mechanism the last day is %(day)s. Correct it, or leave it blank.")
        yield _fault(row, words % {"day": in_words(bar.last_day)}, "bar_last_day")
    if row.source_number and not may_be_behind(held, row):
        yield _unknown_source(row)
    for order in held.orders:
        if order.state in NOT_CLOSED and order.reason != OrderReason.SERIOUS_BREACH:
            words = _("The bank has left; the order was withdrawn (已撤销), or lapsed (逾期未完成).")
            yield Fault(words, Part.ORDERS, order.number, "state")


def _under_way(row: ExitRow, held: Held, edition: PolicyEdition) -> Iterator[Fault]:
    if held.exit is not None:
        words = _("Row %(n)s says that the qualification is cancelled; then no exit is under way.")
        yield _fault(row, words % {"n": held.exit.number}, "state")
        return
    for field, day in (("cancelled_on", row.cancelled_on), ("bar_last_day", row.bar_last_day)):
        if day is not None:
            yield _fault(row, _("An exit under way has no day of cancellation and no bar yet."), field)
    if row.issued_on < held.since:
        yield _fault(row, _("The date is before the qualification took effect."), "issued_on")
    if row.ground == ExitGround.VOLUNTARY:
        if row.source_number:
            words = _("The bank's own application rests on no order; leave this blank.")
            yield _fault(row, words, "source_number")
    elif (source := behind_each(held).get(row.number)) is None:
        yield _no_source(row, held)
    else:
        yield from _before_its_source(row, source, edition)


def _no_source(row: ExitRow, held: Held) -> Fault:
    """Return why it is not known what an exit under way rests on."""
    if may_be_behind(held, row):
        words = _(
            "Several rows of the sheet 整改 could be behind it, or one is behind two rows: name its number."
        )
        return _fault(row, words, "source_number")
    if row.source_number:
        return _unknown_source(row)
    if row.ground == ExitGround.SERIOUS_BREACH:
        words = _("The sheet 整改 has no serious breach of this bank. Enter the determination there.")
    else:
        words = _(
            "The sheet 整改 has no order of this bank that lapsed (逾期未完成) on this ground. Enter it there: this "
            "exit rests on it."
        )
    return _fault(row, words, "ground")


def _unknown_source(row: ExitRow) -> Fault:
    words = _("The sheet 整改 has no row with this number that leads to an exit on this ground.")
    return _fault(row, words, "source_number")


def _before_its_source(row: ExitRow, source: OrderRow, edition: PolicyEdition) -> Iterator[Fault]:
    """Yield that an exit was opened before its order had lapsed, or before the determination."""
    if source.reason == OrderReason.SERIOUS_BREACH:
        if source.determined_on and row.issued_on < source.determined_on:
            words = _("The date is before the determination of %(day)s, on which the exit rests.")
            yield _fault(row, words % {"day": in_words(source.determined_on)}, "issued_on")
        return
    last = _last_day(source, edition)
    if last is not None and row.issued_on <= last:
        words = _("The date is not after the due date %(day)s of the order on which the exit rests.")
        yield _fault(row, words % {"day": in_words(last)}, "issued_on")


def _last_day(row: OrderRow, edition: PolicyEdition) -> dt.date | None:
    period = period_of(row, edition)
    return period.last_day if period else None


def _own_wishes(held: Held) -> Iterator[Fault]:
    wishes = [row for row in held.under_way if row.ground == ExitGround.VOLUNTARY]
    for later in wishes[1:]:
        words = _("Row %(n)s is the bank's application already; one runs at a time.")
        yield _fault(later, words % {"n": wishes[0].number}, "ground")
