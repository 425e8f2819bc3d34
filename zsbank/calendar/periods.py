"""Legal periods: on which day does a period end, and why. Pure arithmetic over local dates.

Civil Code, arts. 201-203; Administrative Licensing Law, art. 82 for working days. All days are dates in
Asia/Shanghai and inclusive; a last day runs until 24:00.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from zsbank.calendar.explanation import Language, Parameters, authority, sentence
from zsbank.calendar.holidays import PUBLISHED_CALENDAR, WorkingCalendar
from zsbank.calendar.sentences import Article, StepCode


class PeriodError(ValueError):
    """A period that cannot be reckoned or read back, with one clear line for people."""


class Unit(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    WORKDAY = "workday"


@dataclass(frozen=True)
class Step:
    """One step of a reckoning: what happened, with which days and counts, and by which article."""

    code: StepCode
    parameters: Parameters
    basis: Article

    def sentence(self, language: Language) -> str:
        """What happened, without the article."""
        return sentence(self.code, self.parameters, language)

    def authority(self, language: Language) -> str:
        """The article and, where a holiday decided, the year's holiday notice."""
        return authority(self.basis, self.parameters, language)


@dataclass(frozen=True)
class Period:
    """A period as reckoned on one occasion, with the reasons of that occasion.

    `raw_last_day` is the last day before and `last_day` after the move for rest days; both are inside the
    period. `provisional` means that it depends on a year whose holidays are not published.
    """

    start: dt.date
    n: int
    unit: Unit
    roll: bool
    raw_last_day: dt.date
    last_day: dt.date
    provisional: bool
    steps: tuple[Step, ...]

    @property
    def first_day_after(self) -> dt.date:
        """The first day outside the period: that of lapse, or the first one to apply again."""
        return self.last_day + dt.timedelta(days=1)
