"""The statutory holidays (全国年节及纪念日放假办法), with a notice and without one."""

import datetime as dt

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zsbank.base.calendar.holidays import PUBLISHED_CALENDAR, DayKind, StateCouncilCalendar
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.calendar.statutory import statutory_days


class NothingPublished(StateCouncilCalendar):
    """The calendar before any notice."""

    def is_published(self, year: int) -> bool:
        return False


@pytest.mark.parametrize("year", [2025, 2026])
def test_each_statutory_day_is_in_the_published_notice(year: int) -> None:
    found = {
        day: chinese_calendar.Holiday(chinese_calendar.holidays[day]).chinese for day in statutory_days(year)
    }

    assert found == {day: chinese for day, (chinese, _english) in statutory_days(year).items()}
    assert len(found) == 13


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2027, "01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03"),
        (2028, "01-01 01-25 01-26 01-27 01-28 04-04 05-01 05-02 05-28 10-01 10-02 10-03"),
        (2033, "01-01 01-30 01-31 02-01 02-02 04-04 05-01 05-02 06-01 09-08 10-01 10-02 10-03"),
        (2100, "01-01 02-08 02-09 02-10 02-11 04-05 05-01 05-02 06-12 09-18 10-01 10-02 10-03"),
    ],
)
def test_days_of_a_year(year: int, days: str) -> None:
    assert " ".join(f"{day:%m-%d}" for day in sorted(statutory_days(year))) == days


@given(year=st.integers(2025, 2100))
def test_every_year_has_all_festivals(year: int) -> None:
    names = [chinese for chinese, _english in statutory_days(year).values()]

    assert names.count("春节") == 4
    assert {"元旦", "春节", "清明", "劳动节", "端午", "国庆节"} <= set(names)
    assert not any(NothingPublished().is_working_day(day) for day in statutory_days(year))


@pytest.mark.parametrize(
    ("day", "kind", "holiday"),
    [
        (dt.date(2027, 1, 1), DayKind.HOLIDAY, "元旦"),
        (dt.date(2027, 2, 5), DayKind.HOLIDAY, "春节"),
        (dt.date(2027, 2, 9), DayKind.WORKING_DAY, ""),
        (dt.date(2027, 6, 9), DayKind.HOLIDAY, "端午"),
        (dt.date(2027, 10, 4), DayKind.WORKING_DAY, ""),
    ],
)
def test_statutory_day_of_unpublished_year_is_a_holiday(day: dt.date, kind: DayKind, holiday: str) -> None:
    nature = NothingPublished().nature(day)

    assert (nature.kind, nature.holiday_zh, nature.arrangement) == (kind, holiday, None)


def test_last_day_on_new_year_of_unpublished_year_moves_and_is_provisional() -> None:
    period = calculate(dt.date(2026, 7, 1), 6, Unit.MONTH, calendar=NothingPublished())

    assert (period.raw_last_day, period.last_day) == (dt.date(2027, 1, 1), dt.date(2027, 1, 4))
    assert period.provisional
    said = period.explain("zh-hans")
    assert "2027-01-01 是星期五，为元旦假期，须顺延" in said[2]
    assert "只按法定节假日和星期六、星期日为休息日暂算" in said[-1]


def test_published_notice_alone_counts() -> None:
    assert PUBLISHED_CALENDAR.nature(dt.date(2026, 2, 14)).kind is DayKind.MAKEUP_WORKING_DAY
    assert statutory_days(2024) == {}
