"""Checks of the rows of rectification orders, and their due dates."""

import datetime as dt
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from admission.editions.models import PolicyEdition
from exit.takeover.checks.context import Context
from exit.takeover.checks.faults import Fault
from exit.takeover.checks.grouped import Held, day_of
from exit.takeover.checks.sources import behind_each, ground_of
from exit.takeover.data import OrderRow
from exit.takeover.terms import OrderReason, Part
from inspections.determinations.rules import rectification_period
from inspections.rectification.states import OrderState
from inspections.schemes.terms import FAILING_GRADE
from zsbank.base.calendar import clock, periods
from zsbank.base.calendar.current import current_calendar
from zsbank.base.calendar.periods import Period, PeriodError
from zsbank.base.calendar.wording import in_words

Say = Callable[[str, str], Fault]
CLOSED = frozenset({OrderState.ACCEPTED, OrderState.WITHDRAWN})


def period_of(row: OrderRow, edition: PolicyEdition) -> Period | None:
    """Return the due date of an order with its calculation; None after a serious breach, or if it cannot be.

    After a determination it is counted from its day, after two failing years it is the day that the bureau set.
    """
    if row.reason == OrderReason.SERIOUS_BREACH:
        return None
    if row.reason != OrderReason.ASSESSMENT:
        return rectification_period(edition, row.determined_on) if row.determined_on else None
    if row.due_date is None:
        return None
    try:
        return periods.set_by_person(row.due_date, row.issued_on, calendar=current_calendar())
    except PeriodError:
        return None


def order_faults(held: Held, context: Context, edition: PolicyEdition) -> Iterator[Fault]:
    """Yield what is wrong with the orders of a qualification."""
    first: dict[object, int] = {}
    for row in held.orders:

        def say(words: str, field: str, row: OrderRow = row) -> Fault:
            return Fault(words, Part.ORDERS, row.number, field)

        key = (row.reason, row.determined_on, row.assessed_year)
        if key in first:
            yield say(_("Row %(n)s has the same.") % {"n": first[key]}, "reason")
        first.setdefault(key, row.number)
        if row.reason == OrderReason.ASSESSMENT:
            yield from _of_years(row, held, say)
        else:
            yield from _of_determination(row, held, context, edition, say)
        if held.left_on is not None and day_of(row) > held.left_on:
            words = _("The bank held no qualification on this day: it was cancelled on %(day)s.")
            field = "determined_on" if row.determined_on else "issued_on"
            yield say(words % {"day": in_words(held.left_on)}, field)
        yield from _of_state(row, held, edition, say)


def _of_determination(
    row: OrderRow, held: Held, context: Context, edition: PolicyEdition, say: Say
) -> Iterator[Fault]:
    if not row.facts:
        yield say(_("State the facts that were determined."), "facts")
    yield from _of_criteria(row, context, say)
    if row.assessed_year is not None:
        yield say(_("Only an order after two failing years has a year."), "assessed_year")
    if row.determined_on is None:
        yield say(_("Enter the day of determination: the six months run from it."), "determined_on")
        return
    if row.determined_on > clock.today():
        yield say(_("This date lies ahead. Enter the date on the document."), "determined_on")
    elif row.determined_on < held.since:
        yield say(_("The determination date is before the qualification took effect."), "determined_on")
    period = period_of(row, edition)
    if period and row.due_date not in (None, period.last_day):
        words = _("Six months from the determination end on %(day)s. Correct it, or leave it blank.")
        yield say(words % {"day": in_words(period.last_day)}, "due_date")


def _of_criteria(row: OrderRow, context: Context, say: Say) -> Iterator[Fault]:
    unknown = [str(number) for number in row.criteria if number not in context.criteria]
    if unknown:
        words = _("The edition in force has no criterion %(numbers)s.") % {"numbers": "、".join(unknown)}
        yield say(words, "criteria")
    if row.reason == OrderReason.CRITERIA_NOT_MET and not row.criteria:
        yield say(_("Enter the criteria that are no longer met."), "criteria")


def _of_years(row: OrderRow, held: Held, say: Say) -> Iterator[Fault]:
    if row.determined_on is not None:
        yield say(_("An order after two failing years has no determination."), "determined_on")
    if row.due_date is None:
        yield say(_("Enter the due date that the bureau set."), "due_date")
    elif row.due_date <= row.issued_on:
        yield say(_("The due date is not after the date of the letter."), "due_date")
    if row.assessed_year is None:
        yield say(_("Enter the second of the two failing years."), "assessed_year")
        return
    failed = {one.year for one in held.results if one.grade == FAILING_GRADE}
    if not {row.assessed_year - 1, row.assessed_year} <= failed:
        words = _("The sheet 考核 does not have both years with the grade 不合格.")
        yield say(words, "assessed_year")


def _of_state(row: OrderRow, held: Held, edition: PolicyEdition, say: Say) -> Iterator[Fault]:
    """Yield contradictions between the state of an order and its dates."""
    if row.reason == OrderReason.SERIOUS_BREACH:
        if row.state != OrderState.OPEN or row.due_date or row.reported_on or row.closed_on:
            words = _("A serious breach has no rectification: write 整改中 and no further dates.")
            yield say(words, "state")
        return
    start, today = row.determined_on or row.issued_on, clock.today()
    yield from _of_report(row, start, say)
    if (row.state in CLOSED) != (row.closed_on is not None):
        yield say(_("Enter the day on which it was closed; only a closed order has one."), "closed_on")
    elif row.closed_on is not None and not (row.reported_on or start) <= row.closed_on <= today:
        yield say(_("The day lies ahead, or before the order or its report."), "closed_on")
    if row.state == OrderState.LAPSED:
        yield from _of_lapse(row, held, edition, say)


def _of_report(row: OrderRow, start: dt.date, say: Say) -> Iterator[Fault]:
    """Yield contradictions between the state of an order and the day of its report."""
    if row.state in (OrderState.REPORTED, OrderState.ACCEPTED) and row.reported_on is None:
        yield say(_("Enter the day on which the bank reported."), "reported_on")
    if row.state == OrderState.OPEN and row.reported_on is not None:
        yield say(_("The bank has reported: write 已报告待验收."), "state")
    if row.reported_on is not None and not start <= row.reported_on <= clock.today():
        yield say(_("The day lies ahead, or before the order."), "reported_on")


def _of_lapse(row: OrderRow, held: Held, edition: PolicyEdition, say: Say) -> Iterator[Fault]:
    """Yield that nobody recorded the lapse on paper: an exit in effect or under way rests on it, or it is open."""
    period, today = period_of(row, edition), clock.today()
    left = held.exit is not None and held.exit.ground == ground_of(row)
    if not left and row not in behind_each(held).values():
        words = _(
            "It lapsed only if the bank has left for it, or the sheet 退出 has an exit under way (办理中) that rests "
            "on it. Otherwise write 整改中: a person confirms here that it lapsed, and the exit case is opened then."
        )
        yield say(words, "state")
    elif period is not None and (held.left_on or today) <= period.last_day:
        words = (
            _("The qualification was cancelled before the due date had passed.")
            if held.left_on
            else _("The due date %(day)s has not passed yet.") % {"day": in_words(period.last_day)}
        )
        yield say(words, "state")
