"""The calendar of the register: the years in its database; and legal periods calculated with it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from zsbank.base.calendar import clock, periods
from zsbank.base.calendar.holidays import DayNature, NoticeCalendar, WorkingCalendar
from zsbank.base.calendar.models import HolidayDay, HolidayYear
from zsbank.base.calendar.periods import Period, Unit

Key = tuple[tuple[int, int, str], ...]
"""Primary key, year and digest of each year in force: the days of a year never change."""


class StoredCalendar(NoticeCalendar):
    """The confirmed notices.

    Args:
        years: the years that have one.
        days: what they say of days.
    """

    def __init__(self, years: frozenset[int], days: Mapping[dt.date, DayNature]) -> None:
        self._years, self._days = years, days

    def is_published(self, year: int) -> bool:
        return year in self._years

    def noticed(self, day: dt.date) -> DayNature | None:
        return self._days.get(day)

    def with_year(self, year: int, days: Mapping[dt.date, DayNature]) -> "StoredCalendar":
        """Return the calendar with the notice of a year, in place of the one that it has."""
        kept = {day: nature for day, nature in self._days.items() if nature.arrangement != year}
        return StoredCalendar(self._years | {year}, {**kept, **days})


_read: ContextVar[StoredCalendar | None] = ContextVar("calendar_read", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Read the years in force once for all calculations inside, such as those of a list."""
    token = _read.set(current_calendar())
    try:
        yield
    finally:
        _read.reset(token)


def current_calendar() -> StoredCalendar:
    """Return the calendar of the years in force; one query, and one more when a year was confirmed since."""
    if (read := _read.get()) is not None:
        return read
    rows = HolidayYear.objects.in_force().order_by("year")
    return _calendar_of(tuple(rows.values_list("pk", "year", "digest")))


def calendar_with(year: int, days: Mapping[dt.date, DayNature]) -> WorkingCalendar:
    """Return the calendar as it will be when the notice of a year is confirmed with these days."""
    return current_calendar().with_year(year, days)


@lru_cache(maxsize=8)
def _calendar_of(key: Key) -> StoredCalendar:
    """Return a calendar; where two notices name a day, as 31 December, that of the later year counts."""
    rows = HolidayDay.objects.filter(year__in=[pk for pk, _year, _digest in key])
    days = {row.date: row.nature for row in rows.select_related("year").order_by("year__year", "date")}
    return StoredCalendar(frozenset(year for _pk, year, _digest in key), days)


def calculate(
    start: dt.date, n: int, unit: Unit, *, roll: bool = True, calendar: WorkingCalendar | None = None
) -> Period:
    """Calculate a legal period with the years in force; arguments and errors as in `periods.calculate`."""
    return periods.calculate(start, n, unit, roll=roll, calendar=calendar or current_calendar())


def set_by_person(day: dt.date) -> Period:
    """Return a period whose last day a person chooses today; arguments and errors as in `periods.set_by_person`."""
    return periods.set_by_person(day, clock.today(), calendar=current_calendar())


def again(stored: dict[str, Any], calendar: WorkingCalendar | None = None) -> Period:
    """Return a stored period as the years in force, or another calendar, give it now."""
    return periods.again(Period.from_json(stored), calendar or current_calendar())


def working_days_between(after: dt.date, until: dt.date, *, calendar: WorkingCalendar | None = None) -> int:
    """Return the number of working days after `after` up to and including `until`; 0 if not later."""
    return periods.working_days_between(after, until, calendar=calendar or current_calendar())
