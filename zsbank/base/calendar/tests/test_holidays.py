"""Working days and rest days as the State Council's yearly notices arrange them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zsbank.base.calendar.holidays import PUBLISHED_CALENDAR, DayKind

PUBLISHED_YEARS = [year for year in range(1990, 2100) if PUBLISHED_CALENDAR.is_published(year)]
WORKED = {DayKind.WORKING_DAY, DayKind.MAKEUP_WORKING_DAY}


def test_the_years_of_the_worked_cases_are_published_in_one_piece() -> None:
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
def test_a_day_says_what_it_is_and_by_which_notice(
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
def test_new_year_in_december_stands_in_the_next_years_notice(day: dt.date, kind: DayKind) -> None:
    nature = PUBLISHED_CALENDAR.nature(day)

    assert (nature.kind, nature.holiday_en) == (kind, "New Year's Day")
    assert nature.arrangement == day.year + 1


@given(day=st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)))
def test_what_a_day_is_agrees_with_whether_it_is_worked(day: dt.date) -> None:
    assert (PUBLISHED_CALENDAR.nature(day).kind in WORKED) == PUBLISHED_CALENDAR.is_working_day(day)


@given(day=st.dates(dt.date(1990, 1, 1), dt.date(2003, 12, 31)) | st.dates(dt.date(2090, 1, 1)))
def test_without_a_notice_only_saturdays_and_sundays_are_rest_days(day: dt.date) -> None:
    assert not PUBLISHED_CALENDAR.is_published(day.year)
    assert PUBLISHED_CALENDAR.is_working_day(day) == (day.isoweekday() <= 5)
    assert PUBLISHED_CALENDAR.nature(day).arrangement is None


@pytest.mark.parametrize("year", PUBLISHED_YEARS)
def test_every_published_year_rests_at_new_year_and_on_the_national_day(year: int) -> None:
    assert not PUBLISHED_CALENDAR.is_working_day(dt.date(year, 1, 1))
    assert not PUBLISHED_CALENDAR.is_working_day(dt.date(year, 10, 1))
    assert PUBLISHED_CALENDAR.nature(dt.date(year, 10, 1)).kind is DayKind.HOLIDAY
