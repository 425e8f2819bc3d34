"""`manage.py period START N UNIT`: calculate and explain a legal period."""

import argparse
import datetime as dt
import json
import re
import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from zsbank.base.calendar.current import current_calendar
from zsbank.base.calendar.holidays import PUBLISHED_CALENDAR, WorkingCalendar
from zsbank.base.calendar.periods import Period, PeriodError, Unit, calculate

WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Command(BaseCommand):
    help = "Calculate a legal period: the last day first, then how it was calculated."
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = _refuse  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "start", type=_day, help="the day it starts from, e.g. 2025-08-31; it is not counted"
        )
        parser.add_argument("n", type=_count, help="how many units")
        parser.add_argument("unit", type=_unit, help="day, month, year or workday")
        parser.add_argument(
            "--no-roll", action="store_true", help="a rest day does not move the last day (a bar)"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = calculate(
                options["start"],
                options["n"],
                options["unit"],
                roll=not options["no_roll"],
                calendar=_calendar(),
            )
        except PeriodError as error:
            _refuse(str(error))
        self.stdout.write(_as_json(period) if options["json"] else _as_text(period))


def _calendar() -> WorkingCalendar:
    """Return the register's calendar; where there is no register yet, that of the installed package."""
    try:
        return current_calendar()
    except DatabaseError:
        return PUBLISHED_CALENDAR


def _refuse(message: str) -> NoReturn:
    sys.stderr.write(f"period: {message}\n")
    sys.exit(2)


def _day(text: str) -> dt.date:
    try:
        if ISO_DATE.fullmatch(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it like 2026-02-28")


def _count(text: str) -> int:
    if WHOLE_NUMBER.fullmatch(text):
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a whole number")


def _unit(text: str) -> Unit:
    try:
        return Unit(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no unit; use day, month, year or workday") from error


def _as_text(period: Period) -> str:
    return "\n".join([period.last_day.isoformat(), "", *period.explain("zh-hans"), "", *period.explain("en")])


def _as_json(period: Period) -> str:
    answer = {
        "last_day": period.last_day.isoformat(),
        "raw_last_day": period.raw_last_day.isoformat(),
        "first_day_after": period.first_day_after.isoformat(),
        "provisional": period.provisional,
        "explanation": {"zh-hans": period.explain("zh-hans"), "en": period.explain("en")},
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)
