"""The register's calendar: the years in its database, and nothing that a package says besides."""

import ast
import datetime as dt
from pathlib import Path

import chinese_calendar
import pytest
from django.conf import settings

from zsbank.base.calendar.current import calculate, calendar_with, current_calendar, working_days_between
from zsbank.base.calendar.holidays import PUBLISHED_CALENDAR, is_in_package
from zsbank.base.calendar.models import HolidayYear
from zsbank.base.calendar.periods import Unit
from zsbank.base.calendar.states import HolidayState
from zsbank.base.calendar.tests.factories import in_force, to_confirm

pytestmark = pytest.mark.django_db
FESTIVAL = {f"2027-02-{day:02d}": "春节" for day in range(5, 13)}


def test_years_of_the_package_are_kept_by_the_migration() -> None:
    kept = list(HolidayYear.objects.in_force().order_by("year").values_list("year", flat=True))

    assert kept == [year for year in range(2004, 2101) if is_in_package(year)]
    days = [dt.date(2004, 1, 1) + dt.timedelta(days=one) for one in range(8400)]
    current = current_calendar()
    assert [day for day in days if current.nature(day) != PUBLISHED_CALENDAR.nature(day)] == []


def test_newer_package_moves_no_date(monkeypatch: pytest.MonkeyPatch) -> None:
    before = calculate(dt.date(2026, 8, 6), 6, Unit.MONTH)
    newer = {dt.date(2027, 2, day): "Spring Festival" for day in range(5, 13)}
    monkeypatch.setattr(chinese_calendar, "holidays", chinese_calendar.holidays | newer)
    monkeypatch.setattr(chinese_calendar, "is_workday", lambda day: True)
    is_in_package.cache_clear()
    try:
        assert PUBLISHED_CALENDAR.is_published(2027)
        assert calculate(dt.date(2026, 8, 6), 6, Unit.MONTH) == before
        assert before.provisional
    finally:
        monkeypatch.undo()
        is_in_package.cache_clear()


def test_confirmed_year_counts_at_once() -> None:
    before = calculate(dt.date(2026, 8, 9), 6, Unit.MONTH)
    in_force(2027, FESTIVAL)
    after = calculate(dt.date(2026, 8, 9), 6, Unit.MONTH)

    assert (before.last_day, before.provisional) == (dt.date(2027, 2, 9), True)
    assert (after.last_day, after.provisional) == (dt.date(2027, 2, 15), False)
    assert "2027年放假通知" in "".join(after.explain("zh-hans"))


def test_entered_year_counts_only_in_the_preview() -> None:
    entered = to_confirm(2027, FESTIVAL)

    assert entered.state == HolidayState.ENTERED
    assert current_calendar().is_working_day(dt.date(2027, 2, 10))
    days = {day.date: day.nature for day in entered.days.select_related("year")}
    assert not calendar_with(2027, days).is_working_day(dt.date(2027, 2, 10))


def test_notice_names_days_of_the_december_before() -> None:
    in_force(2027, {"2026-12-31": "元旦", "2027-01-01": "元旦"}, work={"2026-12-26": "元旦"})

    assert working_days_between(dt.date(2026, 12, 30), dt.date(2027, 1, 4)) == 1
    assert current_calendar().nature(dt.date(2026, 12, 31)).arrangement == 2027
    assert current_calendar().is_working_day(dt.date(2026, 12, 26))


def test_product_code_calculates_with_the_registers_calendar() -> None:
    """Control: `periods.calculate` takes the package where no calendar is given, so only `current` may call it."""
    wrong = []
    for room in ("banks", "admission", "inspections", "exit", "zsbank"):
        for path in Path(settings.BASE_DIR, room).rglob("*.py"):
            if "tests" in path.parts or path.name in ("current.py", "period.py"):
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ImportFrom) and node.module == "zsbank.base.calendar.periods":
                    wrong += [str(path) for name in node.names if name.name[0].islower()]
    assert wrong == []
