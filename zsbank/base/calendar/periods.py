"""Calculation of legal periods, each result with its explanation.

Civil Code 200-203; for working days, Administrative Licensing Law 82. Dates are local; the last day is
included.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from dateutil.relativedelta import relativedelta

from zsbank.base.calendar.explanation import Article, Language, Step, StepCode, sentence
from zsbank.base.calendar.holidays import PUBLISHED_CALENDAR, WorkingCalendar
from zsbank.base.calendar.restdays import DAY, count_working_days, end_of

MAX_LENGTH: dict[str, int] = {"day": 36_600, "workday": 20_000, "month": 1_200, "year": 100}
LAST_YEAR = 9998


class Unit(StrEnum):
    """The unit of a period; `day` is a calendar day, `workday` a working day."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    WORKDAY = "workday"


class PeriodError(ValueError):
    """A period that cannot be calculated; the message gives the reason in one line."""


@dataclass(frozen=True)
class Period:
    """A period and how it was calculated.

    Args:
        start: the start day (local date), which is not counted.
        raw_last_day: the last day before it moves off a rest day.
        last_day: the last day, included until 24:00 local time.
        first_day_after: the first day after the period.
        provisional: the result depends on a year whose holidays are not published.
    """

    start: dt.date
    n: int
    unit: Unit
    roll: bool
    raw_last_day: dt.date
    last_day: dt.date
    first_day_after: dt.date
    provisional: bool
    steps: tuple[Step, ...]

    def explain(self, language: Language) -> list[str]:
        """Return how the last day was calculated: one sentence per step, each with its article."""
        return [sentence(step, language) for step in self.steps]

    def to_json(self) -> dict[str, Any]:
        """Return the data to store, so that the date can be explained later as it was calculated."""
        return {
            "start": self.start.isoformat(),
            "n": self.n,
            "unit": self.unit.value,
            "roll": self.roll,
            "raw_last_day": self.raw_last_day.isoformat(),
            "last_day": self.last_day.isoformat(),
            "first_day_after": self.first_day_after.isoformat(),
            "provisional": self.provisional,
            "steps": [[step.code.value, step.article.value, dict(step.parameters)] for step in self.steps],
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Return a stored period."""
        day = dt.date.fromisoformat
        return cls(
            start=day(stored["start"]),
            n=stored["n"],
            unit=Unit(stored["unit"]),
            roll=stored["roll"],
            raw_last_day=day(stored["raw_last_day"]),
            last_day=day(stored["last_day"]),
            first_day_after=day(stored["first_day_after"]),
            provisional=stored["provisional"],
            steps=tuple(
                Step(StepCode(code), Article(article), values) for code, article, values in stored["steps"]
            ),
        )


def calculate(
    start: dt.date, n: int, unit: Unit, *, roll: bool = True, calendar: WorkingCalendar = PUBLISHED_CALENDAR
) -> Period:
    """Calculate a period of `n` units from a start day, which is not counted.

    Args:
        start: the start day (local date).
        roll: whether a last day on a rest day moves to the next working day (Civil Code 203): True for what a
            person must do, False for a bar. A period in working days always ends on a working day.

    Raises:
        PeriodError: `n` is below 1 or too large, or the period ends after the year 9998.
    """
    if n < 1:
        raise PeriodError(f"a period has at least 1 {unit.value}, not {n}")
    if n > MAX_LENGTH[unit.value]:
        raise PeriodError(f"a period has at most {MAX_LENGTH[unit.value]} {unit.value}s, not {n}")
    if start.year > LAST_YEAR or start.year < 1900:
        raise PeriodError(f"a period starts between the years 1900 and {LAST_YEAR}, not in {start.year}")
    steps = [Step(StepCode.START_NOT_COUNTED, Article.CIVIL_CODE_201, {"start": start.isoformat()})]
    years: set[int] = set()
    try:
        raw, counted = _raw_last_day(start, n, unit, calendar, years)
        steps.append(counted)
        last = raw if unit is Unit.WORKDAY else end_of(raw, roll, calendar, steps, years)
        after = last + DAY
    except OverflowError as error:
        raise PeriodError(f"the period ends past the year {LAST_YEAR}") from error
    if after.year > LAST_YEAR:
        raise PeriodError(f"the period ends past the year {LAST_YEAR}")
    unknown = _unknown(years, calendar, steps, unit)
    return Period(start, n, unit, roll, raw, last, after, unknown, tuple(steps))


def set_by_person(day: dt.date, start: dt.date, *, calendar: WorkingCalendar) -> Period:
    """Return a period whose last day a person chose; on a rest day it moves to the next working day (Civil Code 203).

    Args:
        day: the chosen last day (local date).
        start: the day on which it was chosen.

    Raises:
        PeriodError: the day is not after the start day.
    """
    if day <= start:
        raise PeriodError("the last day is after the start day")
    steps = [Step(StepCode.CHOSEN_DAY, Article.CIVIL_CODE_203, {"last": day.isoformat()})]
    years: set[int] = set()
    last = end_of(day, True, calendar, steps, years)
    unknown = _unknown(years, calendar, steps, Unit.DAY)
    return Period(start, (day - start).days, Unit.DAY, True, day, last, last + DAY, unknown, tuple(steps))


def again(period: Period, calendar: WorkingCalendar) -> Period:
    """Return the same period as another calendar gives it."""
    if period.steps and period.steps[0].code is StepCode.CHOSEN_DAY:
        return set_by_person(period.raw_last_day, period.start, calendar=calendar)
    return calculate(period.start, period.n, period.unit, roll=period.roll, calendar=calendar)


def _unknown(years: set[int], calendar: WorkingCalendar, steps: list[Step], unit: Unit) -> bool:
    """Return whether the result depends on years without a notice, and say so in a step."""
    unknown = sorted(year for year in years if not calendar.is_published(year))
    if unknown:
        listed = ",".join(str(year) for year in unknown)
        basis = Article.LICENSING_LAW_82 if unit is Unit.WORKDAY else Article.CIVIL_CODE_203
        steps.append(Step(StepCode.PROVISIONAL, basis, {"years": listed}))
    return bool(unknown)


def _raw_last_day(
    start: dt.date, n: int, unit: Unit, calendar: WorkingCalendar, years: set[int]
) -> tuple[dt.date, Step]:
    match unit:
        case Unit.DAY:
            last = start + dt.timedelta(days=n)
            values: dict[str, str | int] = {
                "first": (start + DAY).isoformat(),
                "n": n,
                "last": last.isoformat(),
            }
            return last, Step(StepCode.DAYS_COUNTED, Article.CIVIL_CODE_201, values)
        case Unit.WORKDAY:
            return count_working_days(start, n, calendar, years)
        case Unit.MONTH | Unit.YEAR:
            return _corresponding_day(start, n, unit)


def _corresponding_day(start: dt.date, n: int, unit: Unit) -> tuple[dt.date, Step]:
    """Return the day with the same number, or the last day of the month if there is none (Civil Code 202)."""
    try:
        last = start + (relativedelta(months=n) if unit is Unit.MONTH else relativedelta(years=n))
    except ValueError as error:
        raise OverflowError from error
    values: dict[str, str | int] = {"n": n, "unit": unit.value, "last": last.isoformat()}
    if last.day == start.day:
        return last, Step(StepCode.CORRESPONDING_DAY, Article.CIVIL_CODE_202, values)
    values |= {"missing_in": last.isoformat(), "day": start.day}
    return last, Step(StepCode.NO_CORRESPONDING_DAY, Article.CIVIL_CODE_202, values)


def working_days_between(
    after: dt.date, until: dt.date, *, calendar: WorkingCalendar = PUBLISHED_CALENDAR
) -> int:
    """Return the number of working days after `after` up to and including `until`; 0 if not later."""
    days = (after + dt.timedelta(days=offset) for offset in range(1, (until - after).days + 1))
    return sum(calendar.is_working_day(day) for day in days)
