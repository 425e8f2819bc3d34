"""Working days and rest days, year by year, as the State Council arranges them."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Protocol

import chinese_calendar

SATURDAY = 5


class DayKind(StrEnum):
    """Why a day is worked or not."""

    WORKING_DAY = "working_day"
    MAKEUP_WORKING_DAY = "makeup_working_day"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class DayNature:
    """What a day is: its kind, and for holidays and make-up days the holiday and its year's arrangement."""

    kind: DayKind
    holiday_zh: str = ""
    holiday_en: str = ""
    arrangement: int | None = None


class WorkingCalendar(Protocol):
    """What the calculation of periods asks of a calendar. It answers for every day, published or not."""

    def is_working_day(self, day: dt.date) -> bool:
        """Is work done on this day? Make-up working weekends are working days."""
        ...

    def is_published(self, year: int) -> bool:
        """Is the holiday arrangement of this year known? If not, answers for its days are provisional."""
        ...

    def nature(self, day: dt.date) -> DayNature:
        """Why the day is worked or not, for the explanation."""
        ...


class StateCouncilCalendar:
    """The published arrangements as `chinesecalendar` holds them.

    In a year without one, Saturdays and Sundays are rest days and nothing else is. A newer release of the
    package covers more years without a change here.
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
    """The package raises NotImplementedError for years that it has no arrangement for."""
    try:
        chinese_calendar.is_workday(dt.date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def _special_day(kind: DayKind, day: dt.date, english_name: str) -> DayNature:
    """A holiday or make-up day. New Year's days that fall in December stand in the next year's arrangement."""
    holiday = chinese_calendar.Holiday(english_name)
    next_year = day.month == 12 and holiday is chinese_calendar.Holiday.new_years_day
    return DayNature(kind, holiday.chinese, english_name, day.year + next_year)


PUBLISHED_CALENDAR = StateCouncilCalendar()
