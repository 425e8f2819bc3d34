"""The clock at night: from 00:00 to 08:00 the day in UTC is the day before."""

import ast
import datetime as dt
from collections.abc import Iterator

import time_machine
from django.conf import settings
from django.utils import timezone

from zsbank.base.calendar import clock

ROOMS = ("zsbank", "banks", "admission", "inspections", "exit")
TAKEN = """
    banks/members/actions/messages.py: now.date()
    banks/outlets/spreadsheet/workbook.py: value.date()
    exit/cases/actions/messages.py: timezone.localtime(case.signed_at).date()
    inspections/complaints/import_sheet/values.py: moment.date()
    zsbank/base/actions/overtaken.py: at.date()
    zsbank/base/calendar/clock.py: now().date()
    zsbank/base/calendar/clock.py: timezone.localtime().date()
    zsbank/base/calendar/wording.py: moment.date()
    zsbank/base/pages/exports/xlsx_file.py: value.date()
    zsbank/site/holidays/reading.py: dt.datetime.strptime(text, '%Y-%m-%d').date()
"""
"""Every place that takes the day of a moment, by hand: each moment is in local time, or has no time zone."""

NIGHT = dt.datetime(2026, 3, 1, 17, 30, tzinfo=dt.UTC)
"""Half past one on 2 March in Zhongshan."""


def days_taken() -> Iterator[str]:
    """Yield every call that takes the day of a moment, with its module."""
    for room in ROOMS:
        for file in sorted((settings.BASE_DIR / room).rglob("*.py")):
            if not {"tests", "migrations"} & set(file.parts):
                for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                    called = node.func if isinstance(node, ast.Call) and not node.args else None
                    if isinstance(called, ast.Attribute) and called.attr in ("date", "utcnow"):
                        yield f"{file.relative_to(settings.BASE_DIR)}: {ast.unparse(node)}"


def test_day_of_a_moment_is_taken_where_it_was_agreed() -> None:
    assert sorted(days_taken()) == [line.strip() for line in TAKEN.strip().splitlines()]


def test_day_of_a_stored_moment_is_the_local_one() -> None:
    assert clock.local_day(NIGHT) == dt.date(2026, 3, 2)
    assert clock.local_day(NIGHT - dt.timedelta(minutes=91)) == dt.date(2026, 3, 1)


def test_today_is_the_local_day() -> None:
    with time_machine.travel(NIGHT, tick=False):
        assert (clock.today(), clock.machine_day()) == (dt.date(2026, 3, 2), dt.date(2026, 3, 2))
        assert (clock.now().hour, clock.now().minute) == (1, 30)
        with clock.playing(dt.date(2026, 5, 6)):
            assert (clock.today(), clock.machine_day()) == (dt.date(2026, 5, 6), dt.date(2026, 3, 2))
            assert clock.days_from_now(2) == timezone.make_aware(dt.datetime(2026, 5, 8, 12))  # noqa: DTZ001
        assert clock.today() == dt.date(2026, 3, 2)
    assert clock.midday(dt.date(2026, 3, 2)).utcoffset() == dt.timedelta(hours=8)
