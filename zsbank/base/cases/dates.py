"""Storing a due date anew when the holidays of a year are confirmed; a date that has passed never moves."""

import datetime as dt
from typing import Any

from django.db.models import Q

from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Period
from zsbank.base.refusals import ALLOWED, Verdict, WrongState


def changes(before: dt.date, stored: dict[str, Any] | None, anew: Period | None) -> bool:
    """Return whether a due date is to be stored anew: it moves, or it is no longer provisional.

    It stays if it has passed, or if the new day has: nothing falls due by a notice that comes late.

    Args:
        before: the due date.
        stored: its stored calculation; None for a day that was set without one.
        anew: its calculation with the confirmed holidays.
    """
    if anew is None or stored is None or stays(before, anew):
        return False
    return anew.last_day != before or anew.provisional != stored["provisional"]


def is_provisional(stored: dict[str, Any] | None) -> bool:
    """Return whether a stored calculation depends on a year whose holidays were not confirmed."""
    return bool(stored and stored["provisional"])


def is_passed(day: dt.date | None, stored: dict[str, Any] | None) -> bool:
    """Return whether a provisional due date has passed, so that a person has to judge it."""
    return day is not None and day < clock.today() and is_provisional(stored)


def is_final(period: str) -> Q:
    """Return the condition that a due date is not provisional: the clock alone may act on it.

    Args:
        period: the field of its calculation.
    """
    return Q(**{f"{period}__isnull": True}) | Q(**{f"{period}__provisional": False})


def only_by_a_person(by: Any, stored: dict[str, Any] | None) -> Verdict:
    """Check that a date that has passed may take effect: a provisional one when a person says so.

    For a person the reverse holds: what the clock does by itself needs no person.

    Args:
        by: None for the sweep.
    """
    return ALLOWED if (by is not None) == is_provisional(stored) else Verdict.moved_on()


def stays(before: dt.date, anew: Period) -> bool:
    """Return whether a due date can no longer move."""
    return before < clock.today() or anew.last_day < clock.today()


def store_anew(row: Any, day: str, period: str, anew: Period | None) -> Period:
    """Set a due date and its calculation on a locked row, and record both days; runs in the row's inner action.

    Args:
        row: the row; the action saves it. Other fields that follow from the calculation are set already, because the
            entry holds them too.
        day, period: the fields of the date and of its calculation.

    Raises:
        WrongState: the date stays as it is.
    """
    before = getattr(row, day)
    if before is None or anew is None or not changes(before, getattr(row, period), anew):
        raise WrongState.moved_on()
    setattr(row, day, anew.last_day)
    setattr(row, period, anew.to_json())
    data: dict[str, Any] = (
        {"changed": {day: [before, anew.last_day]}} if before != anew.last_day else {day: before}
    )
    record(data=data | {"provisional": anew.provisional})
    return anew
