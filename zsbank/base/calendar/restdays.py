"""Rest days: they are not counted in working days, and they move a last day."""

import datetime as dt
from collections.abc import Iterator

from zsbank.base.calendar.explanation import Article, Step, StepCode
from zsbank.base.calendar.holidays import DayKind, DayNature, WorkingCalendar

DAY = dt.timedelta(days=1)

_ENDS: dict[DayKind, StepCode] = {
    DayKind.WORKING_DAY: StepCode.ENDS_ON_WORKING_DAY,
    DayKind.MAKEUP_WORKING_DAY: StepCode.ENDS_ON_MAKEUP_WORKING_DAY,
    DayKind.WEEKEND: StepCode.ENDS_ON_WEEKEND,
    DayKind.HOLIDAY: StepCode.ENDS_ON_HOLIDAY,
}


def count_working_days(
    start: dt.date, n: int, calendar: WorkingCalendar, years: set[int]
) -> tuple[dt.date, Step]:
    """Return the n-th working day after the start day (Administrative Licensing Law 82).

    Adds the years of all days passed to `years`.

    Raises:
        OverflowError: the result is after the last representable date.
    """
    counted = left_out = makeup = 0
    day = start
    while counted < n:
        day += DAY
        years.add(day.year)
        if calendar.is_working_day(day):
            counted += 1
            makeup += calendar.nature(day).kind is DayKind.MAKEUP_WORKING_DAY
        else:
            left_out += 1
    values: dict[str, str | int] = {
        "first": (start + DAY).isoformat(),
        "n": n,
        "last": day.isoformat(),
        "left_out": left_out,
        "makeup": makeup,
    }
    return day, Step(StepCode.WORKING_DAYS_COUNTED, Article.LICENSING_LAW_82, values)


def end_of(
    raw: dt.date, roll: bool, calendar: WorkingCalendar, steps: list[Step], years: set[int]
) -> dt.date:
    """Return the last day, moved from a rest day to the next working day if `roll` (Civil Code 203).

    Adds what happened to `steps`, and the years the result depends on to `years`; none if `roll` is False.
    """
    if not roll:
        steps.append(Step(StepCode.NOT_PROLONGED, Article.CIVIL_CODE_203, {"day": raw.isoformat()}))
        return raw
    years.add(raw.year)
    nature = calendar.nature(raw)
    steps.append(_on(raw, nature, _ENDS[nature.kind]))
    if calendar.is_working_day(raw):
        return raw
    last = next(day for day in _days_after(raw) if calendar.is_working_day(day))
    years.add(last.year)
    nature = calendar.nature(last)
    makeup = nature.kind is DayKind.MAKEUP_WORKING_DAY
    moved = StepCode.MOVED_TO_MAKEUP_WORKING_DAY if makeup else StepCode.MOVED_TO_WORKING_DAY
    steps.append(_on(last, nature, moved))
    return last


def _on(day: dt.date, nature: DayNature, code: StepCode) -> Step:
    """Return a step about one day, with its holiday and the year of the holiday notice."""
    values: dict[str, str | int] = {
        "day": day.isoformat(),
        "holiday_zh": nature.holiday_zh,
        "holiday_en": nature.holiday_en,
    }
    if nature.arrangement is not None:
        values["arrangement"] = nature.arrangement
    return Step(code, Article.CIVIL_CODE_203, values)


def _days_after(day: dt.date) -> Iterator[dt.date]:
    while True:
        day += DAY
        yield day
