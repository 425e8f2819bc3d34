"""Working days and rest days by year, as arranged by the State Council."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Protocol

import chinese_calendar

SATURDAY = 5


class DayKind(StrEnum):
    """Whether a day is a working day, and why."""

    WORKING_DAY = "working_day"
    MAKEUP_WORKING_DAY = "makeup_working_day"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class DayNature:
    """The kind of a day; for holidays and make-up working days also the holiday and the year of its notice."""

    kind: DayKind
    holiday_zh: str = ""
    holiday_en: str = ""
    arrangement: int | None = None


class WorkingCalendar(Protocol):
    """The calendar that period calculation needs. It answers for every day, published or not."""

    def is_working_day(self, day: dt.date) -> bool:
        """Return whether the day is a working day, make-up working weekends included."""
        ...

    def is_published(self, year: int) -> bool:
        """Return whether the holiday notice of the year is known; otherwise answers are provisional."""
        ...

    def nature(self, day: dt.date) -> DayNature:
        """Return why the day is a working day or a rest day, for the explanation."""
        ...


class StateCouncilCalendar:
    """The published notices, as stored in `chinesecalendar`.

    In a year without a notice, Saturdays and Sundays are rest days. Newer releases of the package cover more
    years.
    """

    def is_working_day(self, day: dt.date) -> bool:
        if not self.is_published(day.year):
            return day.weekday() < SATURDAY
        return day in chinese_calendar.workdays or (
            day.weekday() < SATURDAY and day not in chinese_calendar.holidays
        )

    def is_published(self, year: int) -> bool:
        return _is_covered(year)

    def nature(self, day: dt.date) -> DayNature:
        weekend = day.weekday() >= SATURDAY
        if self.is_published(day.year):
            if weekend and day in chinese_calendar.workdays:
                return _special_day(DayKind.MAKEUP_WORKING_DAY, day, chinese_calendar.workdays[day])
            if day in chinese_calendar.holidays:
                return _special_day(DayKind.HOLIDAY, day, chinese_calendar.holidays[day])
        return DayNature(DayKind.WEEKEND if weekend else DayKind.WORKING_DAY)


@cache
def _is_covered(year: int) -> bool:
    """Return whether the package has the notice of a year; it raises NotImplementedError otherwise."""
    try:
        chinese_calendar.is_workday(dt.date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def _special_day(kind: DayKind, day: dt.date, english_name: str) -> DayNature:
    """Return a holiday or make-up working day; December days of New Year belong to the next year's notice."""
    holiday = chinese_calendar.Holiday(english_name)
    next_year = day.month == 12 and holiday is chinese_calendar.Holiday.new_years_day
    return DayNature(kind, holiday.chinese, english_name, day.year + next_year)


PUBLISHED_CALENDAR = StateCouncilCalendar()
