"""Checks of the rows of prior notices, and the days for the bank's statement."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from admission.editions.models import PolicyEdition
from exit.cases.terms import ExitGround
from exit.takeover.checks.faults import Fault
from exit.takeover.checks.grouped import Held
from exit.takeover.data import ExitRow, NoticeRow
from exit.takeover.terms import Part
from zsbank.base.calendar import clock, periods
from zsbank.base.calendar.current import calculate, current_calendar
from zsbank.base.calendar.periods import Period, PeriodError, Unit


def statement_period(row: NoticeRow, edition: PolicyEdition) -> Period | None:
    """Return the days for the statement: until the day that the letter says, or as the edition counts them.

    None if the day of the letter is not after that on which it reached the bank.
    """
    if row.due_date is None:
        return calculate(row.reached_on, edition.statement_days, Unit.WORKDAY)
    try:
        return periods.set_by_person(row.due_date, row.reached_on, calendar=current_calendar())
    except PeriodError:
        return None


def told_of(row: ExitRow, held: Held) -> NoticeRow | None:
    """Return the latest prior notice that states a ground: one that was given when the ground was there."""
    if row.ground == ExitGround.VOLUNTARY:
        return None
    return next((one for one in reversed(held.notices) if one.issued_on >= row.issued_on), None)


def notice_faults(held: Held, edition: PolicyEdition) -> Iterator[Fault]:
    """Yield what is wrong with the prior notices of an exit that is under way."""
    for row in held.notices:
        states = [one for one in held.under_way if one.ground != ExitGround.VOLUNTARY]
        if not states:
            words = _("The sheet 退出 has no exit of this bank under way (办理中) of which this is a notice.")
            yield _fault(row, words)
        elif all(one.issued_on > row.issued_on for one in states):
            words = _("The notice is older than the exit of which it is given; correct one of the dates.")
            yield _fault(row, words, "issued_on")
        yield from _dates_of(row, edition)


def _fault(row: NoticeRow, words: str, field: str = "") -> Fault:
    return Fault(words, Part.NOTICES, row.number, field)


def _dates_of(row: NoticeRow, edition: PolicyEdition) -> Iterator[Fault]:
    today = clock.today()
    if not row.issued_on <= row.reached_on <= today:
        yield _fault(row, _("The day lies ahead, or before the date of the letter."), "told_on")
    if statement_period(row, edition) is None:
        yield _fault(row, _("The last day for the statement is not after the day of the notice."), "due_date")
    yield from _pair(row, row.stated_on, row.statement, ("stated_on", "statement"))
    yield from _pair(row, row.answered_on, row.answer, ("answered_on", "answer"))
    if row.stated_on is not None and not row.reached_on <= row.stated_on <= today:
        yield _fault(row, _("The day lies ahead, or before the notice reached the bank."), "stated_on")
    if row.answered_on is not None and not (row.stated_on or row.reached_on) <= row.answered_on <= today:
        yield _fault(row, _("The day lies ahead, or before the bank's statement."), "answered_on")
    if row.answered_on is not None and row.stated_on is None:
        yield _fault(row, _("Only a statement is answered: enter the day of the statement."), "stated_on")


def _pair(row: NoticeRow, day: dt.date | None, words: str, fields: tuple[str, str]) -> Iterator[Fault]:
    """Yield that a day stands without words, or words without a day."""
    if day is not None and not words:
        yield _fault(row, _("Say in short what was written on that day."), fields[1])
    elif words and day is None:
        yield _fault(row, _("Enter the day on which this was written."), fields[0])
