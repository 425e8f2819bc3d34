"""Working days and rest days by year, as arranged by the State Council."""

import datetime as dt
from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Protocol

import chinese_calendar

from zsbank.base.calendar.statutory import statutory_days

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


class NoticeCalendar(ABC):
    """A calendar of yearly notices; a subclass knows which years have one, and what it says of a day.

    In a year without a notice, Saturdays, Sundays and the statutory holidays are rest days.
    """

    @abstractmethod
    def is_published(self, year: int) -> bool: ...

    @abstractmethod
    def noticed(self, day: dt.date) -> DayNature | None:
        """Return what the notice says of a day: a holiday or a working day; None if it says nothing."""

    def is_working_day(self, day: dt.date) -> bool:
        return self.nature(day).kind in (DayKind.WORKING_DAY, DayKind.MAKEUP_WORKING_DAY)

    def nature(self, day: dt.date) -> DayNature:
        weekend = day.weekday() >= SATURDAY
        said = self._said(day)
        if said is not None and (weekend or said.kind is DayKind.HOLIDAY):
            return said
        return DayNature(DayKind.WEEKEND if weekend else DayKind.WORKING_DAY)

    def _said(self, day: dt.date) -> DayNature | None:
        """Return what the notice or, in a year without one, the law says of a day.

        The notice of a year may name days of the December before, whose own year may have none.
        """
        said = self.noticed(day)
        if said is None and not self.is_published(day.year):
            names = statutory_days(day.year).get(day)
            return DayNature(DayKind.HOLIDAY, *names) if names else None
        return said


class StateCouncilCalendar(NoticeCalendar):
    """The published notices, as stored in the installed `chinesecalendar`.

    The register calculates with the years in its database (`stored.py`): an upgrade of the package moves no date.
    """

    def is_published(self, year: int) -> bool:
        return is_in_package(year)

    def noticed(self, day: dt.date) -> DayNature | None:
        if not self.is_published(day.year):
            return None
        if day in chinese_calendar.workdays:
            return _special_day(DayKind.MAKEUP_WORKING_DAY, day, chinese_calendar.workdays[day])
        if day in chinese_calendar.holidays:
            return _special_day(DayKind.HOLIDAY, day, chinese_calendar.holidays[day])
        return None


@cache
def is_in_package(year: int) -> bool:
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


def package_days(year: int) -> dict[dt.date, DayNature]:
    """Return the days that the notice of a year names, from the installed package; empty if it has none."""
    named = (
        _special_day(kind, day, name)
        for kind, days in (
            (DayKind.HOLIDAY, chinese_calendar.holidays),
            (DayKind.MAKEUP_WORKING_DAY, chinese_calendar.workdays),
        )
        for day, name in days.items()
    )
    days = (*chinese_calendar.holidays, *chinese_calendar.workdays)
    return {day: nature for day, nature in zip(days, named, strict=True) if nature.arrangement == year}


PUBLISHED_CALENDAR = StateCouncilCalendar()
