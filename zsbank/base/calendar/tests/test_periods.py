"""The bureau's worked cases, and properties of all periods."""

import calendar as months
import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zsbank.base.calendar.holidays import PUBLISHED_CALENDAR, StateCouncilCalendar
from zsbank.base.calendar.periods import Period, PeriodError, Unit, calculate, working_days_between

CASES = list(csv.DictReader((Path(__file__).parent / "periods.csv").read_text(encoding="utf-8").splitlines()))


class PublishedTo2026(StateCouncilCalendar):
    """The calendar without notices after the year `last`."""

    def __init__(self, last: int = 2026) -> None:
        self.last = last

    def is_published(self, year: int) -> bool:
        return year <= self.last and super().is_published(year)


PUBLISHED_DAYS = st.dates(dt.date(2005, 1, 1), dt.date(2024, 12, 31))
ANY_DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2200, 12, 31))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_worked_cases_match_bureau_results(case: dict[str, str]) -> None:
    period = calculate(
        dt.date.fromisoformat(case["start"]), int(case["n"]), Unit(case["unit"]), roll=case["roll"] == "1"
    )

    assert period.raw_last_day.isoformat() == case["raw_last_day"]
    assert period.last_day.isoformat() == case["expected_last_day"]
    assert period.first_day_after.isoformat() == case["first_day_after"]


@given(start=ANY_DAYS, n=st.integers(1, 120))
def test_months_end_on_corresponding_or_last_day(start: dt.date, n: int) -> None:
    raw = calculate(start, n, Unit.MONTH, roll=False).raw_last_day

    assert (raw.year - start.year) * 12 + raw.month - start.month == n
    assert raw.day == min(start.day, months.monthrange(raw.year, raw.month)[1])


@given(start=ANY_DAYS, n=st.integers(1, 60))
def test_year_equals_twelve_months(start: dt.date, n: int) -> None:
    assert (
        calculate(start, n, Unit.YEAR, roll=False).last_day
        == calculate(start, 12 * n, Unit.MONTH, roll=False).last_day
    )


@given(start=ANY_DAYS, n=st.integers(1, 400), unit=st.sampled_from([Unit.DAY, Unit.MONTH, Unit.YEAR]))
def test_rolled_period_ends_on_first_working_day(start: dt.date, n: int, unit: Unit) -> None:
    n = min(n, 50) if unit is Unit.YEAR else n
    period = calculate(start, n, unit)

    assert PUBLISHED_CALENDAR.is_working_day(period.last_day)
    skipped = (period.last_day - period.raw_last_day).days
    between = [period.raw_last_day + dt.timedelta(days=offset) for offset in range(skipped)]
    assert not any(PUBLISHED_CALENDAR.is_working_day(day) for day in between)
    assert period.first_day_after - period.last_day == dt.timedelta(days=1)


@given(start=PUBLISHED_DAYS, n=st.integers(1, 200))
def test_workday_period_contains_n_working_days(start: dt.date, n: int) -> None:
    period = calculate(start, n, Unit.WORKDAY)

    assert working_days_between(start, period.last_day) == n
    assert PUBLISHED_CALENDAR.is_working_day(period.last_day)
    assert not period.provisional


@given(start=ANY_DAYS, n=st.integers(1, 50), unit=st.sampled_from(Unit), roll=st.booleans())
def test_stored_period_is_read_back_unchanged(start: dt.date, n: int, unit: Unit, roll: bool) -> None:
    period = calculate(start, n, unit, roll=roll)
    kept = Period.from_json(period.to_json())

    assert kept == period
    assert kept.explain("zh-hans") == period.explain("zh-hans")
    assert len(period.explain("en")) == len(period.steps) >= 2


def test_date_in_unpublished_year_is_provisional() -> None:
    period = calculate(dt.date(2026, 11, 23), 6, Unit.MONTH, calendar=PublishedTo2026())

    assert period.provisional
    assert "2027年" in period.explain("zh-hans")[-1]


@pytest.mark.parametrize(
    ("start", "n", "unit", "provisional"),
    [
        (dt.date(2026, 6, 30), 6, Unit.MONTH, False),
        (dt.date(2026, 7, 1), 6, Unit.MONTH, True),
        (dt.date(2026, 12, 30), 1, Unit.WORKDAY, False),
        (dt.date(2026, 12, 30), 2, Unit.WORKDAY, True),
        (dt.date(2003, 6, 30), 2, Unit.MONTH, True),
        (dt.date(2003, 12, 30), 2, Unit.WORKDAY, True),
        (dt.date(2003, 12, 20), 6, Unit.MONTH, False),
    ],
)
def test_provisional_depends_only_on_relevant_days(
    start: dt.date, n: int, unit: Unit, provisional: bool
) -> None:
    assert calculate(start, n, unit, calendar=PublishedTo2026()).provisional is provisional


def test_move_into_unpublished_year_is_provisional() -> None:
    period = calculate(dt.date(2022, 10, 31), 2, Unit.MONTH, calendar=PublishedTo2026(last=2022))

    assert (period.raw_last_day, period.last_day) == (dt.date(2022, 12, 31), dt.date(2023, 1, 2))
    assert period.provisional


def test_workday_explanation_counts_rest_days_and_makeup_days() -> None:
    period = calculate(dt.date(2026, 2, 9), 20, Unit.WORKDAY)

    assert period.explain("zh-hans")[1] == (
        "自次日 2026-02-10 起只计工作日，第20个工作日为 2026-03-13；"
        "其间休息日12天不计，调休上班日2天计入（行政许可法第82条）"
    )


def test_provisional_working_days_cite_licensing_law() -> None:
    period = calculate(dt.date(2026, 12, 30), 2, Unit.WORKDAY, calendar=PublishedTo2026())

    assert period.explain("zh-hans")[-1].endswith("（行政许可法第82条）")


def test_period_stored_without_notice_is_explained() -> None:
    kept = calculate(dt.date(2025, 8, 31), 6, Unit.MONTH).to_json()
    del kept["steps"][-1][2]["arrangement"]

    assert Period.from_json(kept).explain("zh-hans")[-1].endswith("不顺延（民法典第203条）")


@given(after=PUBLISHED_DAYS, days=st.integers(0, 400))
def test_working_days_grow_by_working_days_only(after: dt.date, days: int) -> None:
    until = after + dt.timedelta(days=days)
    next_day = until + dt.timedelta(days=1)

    grown = working_days_between(after, next_day) - working_days_between(after, until)
    assert grown == PUBLISHED_CALENDAR.is_working_day(next_day)


@given(after=PUBLISHED_DAYS, days=st.integers(0, 400))
def test_no_working_days_between_day_and_earlier_day(after: dt.date, days: int) -> None:
    assert working_days_between(after, after - dt.timedelta(days=days)) == 0


def test_bar_is_never_provisional() -> None:
    assert not calculate(dt.date(2026, 11, 23), 5, Unit.YEAR, roll=False).provisional


def test_explanation_names_makeup_working_day() -> None:
    sentences = calculate(dt.date(2025, 8, 31), 6, Unit.MONTH).explain("zh-hans")

    assert sentences == [
        "起算日 2025-08-31，当日不计入（民法典第201条）",
        "6个月后没有对应日（2026年2月无31日），取月末日 2026-02-28（民法典第202条）",
        "2026-02-28 是星期六，但属春节调休上班日，不顺延（民法典第203条；2026年放假通知）",
    ]


@pytest.mark.parametrize(
    ("start", "n", "unit"),
    [
        (dt.date(2026, 1, 1), 0, Unit.DAY),
        (dt.date(2026, 1, 1), -3, Unit.MONTH),
        (dt.date(9999, 1, 1), 1, Unit.DAY),
        (dt.date(9998, 12, 30), 1, Unit.MONTH),
        (dt.date(9998, 6, 1), 5, Unit.YEAR),
        (dt.date(2026, 1, 1), 10**6, Unit.WORKDAY),
    ],
)
def test_impossible_period_is_refused(start: dt.date, n: int, unit: Unit) -> None:
    with pytest.raises(PeriodError):
        calculate(start, n, unit)
