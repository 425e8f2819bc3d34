"""Working days and rest days according to the State Council's yearly notices."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zsbank.base.calendar.holidays import PUBLISHED_CALENDAR, DayKind

PUBLISHED_YEARS = [year for year in range(1990, 2100) if PUBLISHED_CALENDAR.is_published(year)]
WORKED = {DayKind.WORKING_DAY, DayKind.MAKEUP_WORKING_DAY}


def test_published_years_have_no_gaps() -> None:
    assert list(range(PUBLISHED_YEARS[0], PUBLISHED_YEARS[-1] + 1)) == PUBLISHED_YEARS
    assert PUBLISHED_YEARS[0] == 2004
    assert PUBLISHED_YEARS[-1] >= 2026


@pytest.mark.parametrize(
    ("day", "kind", "holiday", "arrangement"),
    [
        (dt.date(2026, 2, 28), DayKind.MAKEUP_WORKING_DAY, "春节", 2026),
        (dt.date(2026, 1, 4), DayKind.MAKEUP_WORKING_DAY, "元旦", 2026),
        (dt.date(2026, 1, 2), DayKind.HOLIDAY, "元旦", 2026),
        (dt.date(2025, 10, 6), DayKind.HOLIDAY, "中秋", 2025),
        (dt.date(2026, 2, 21), DayKind.HOLIDAY, "春节", 2026),
        (dt.date(2026, 3, 7), DayKind.WEEKEND, "", None),
        (dt.date(2026, 3, 9), DayKind.WORKING_DAY, "", None),
    ],
)
def test_day_has_kind_holiday_and_notice(
    day: dt.date, kind: DayKind, holiday: str, arrangement: int | None
) -> None:
    nature = PUBLISHED_CALENDAR.nature(day)

    assert (nature.kind, nature.holiday_zh, nature.arrangement) == (kind, holiday, arrangement)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (dt.date(2018, 12, 29), DayKind.MAKEUP_WORKING_DAY),
        (dt.date(2018, 12, 31), DayKind.HOLIDAY),
        (dt.date(2022, 12, 31), DayKind.HOLIDAY),
    ],
)
def test_december_days_of_new_year_belong_to_next_notice(day: dt.date, kind: DayKind) -> None:
    nature = PUBLISHED_CALENDAR.nature(day)

    assert (nature.kind, nature.holiday_en) == (kind, "New Year's Day")
    assert nature.arrangement == day.year + 1


@given(day=st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)))
def test_kind_of_day_agrees_with_is_working_day(day: dt.date) -> None:
    assert (PUBLISHED_CALENDAR.nature(day).kind in WORKED) == PUBLISHED_CALENDAR.is_working_day(day)


@given(day=st.dates(dt.date(1990, 1, 1), dt.date(2003, 12, 31)) | st.dates(dt.date(2101, 1, 1)))
def test_weekends_are_rest_days_without_notice(day: dt.date) -> None:
    assert not PUBLISHED_CALENDAR.is_published(day.year)
    fixed = day.year > 2100 and (day.month, day.day) in {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
    assert PUBLISHED_CALENDAR.is_working_day(day) == (day.isoweekday() <= 5 and not fixed)
    assert PUBLISHED_CALENDAR.nature(day).arrangement is None


@pytest.mark.parametrize("year", PUBLISHED_YEARS)
def test_new_year_and_national_day_are_holidays_in_published_years(year: int) -> None:
    assert not PUBLISHED_CALENDAR.is_working_day(dt.date(year, 1, 1))
    assert not PUBLISHED_CALENDAR.is_working_day(dt.date(year, 10, 1))
    assert PUBLISHED_CALENDAR.nature(dt.date(year, 10, 1)).kind is DayKind.HOLIDAY
