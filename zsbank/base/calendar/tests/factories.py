"""Years of holidays in the database, without their actions."""

import datetime as dt
from collections.abc import Mapping
from typing import TypeVar

from django.db.models import Model

from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.models import HolidayDay, HolidayYear, digest_of
from zsbank.base.calendar.states import HolidaySource, NoticedKind
from zsbank.base.calendar.statutory import statutory_days

Row = TypeVar("Row", bound=Model)
Named = Mapping[str, str]
"""Days as ISO dates, with the name of the holiday."""


def to_confirm(year: int, holidays: Named, work: Named | None = None, by: User | None = None) -> HolidayYear:
    """Return a year that was entered and waits for another person."""
    rows = _rows(holidays, work or {})
    entered = HolidayYear.objects.create(
        year=year,
        source=HolidaySource.FILE,
        digest=digest_of(rows),
        entered_at=clock.now(),
        entered_by=by or _person("holidays"),
    )
    _keep_days(entered, rows)
    return entered


def in_force(year: int, holidays: Named, work: Named | None = None) -> HolidayYear:
    """Return a year with which dates are calculated."""
    rows = _rows(holidays, work or {})
    kept = HolidayYear.objects.create(
        year=year,
        source=HolidaySource.STOCK,
        digest=digest_of(rows),
        entered_at=clock.now(),
        confirmed_at=clock.now(),
    )
    _keep_days(kept, rows)
    return kept


def _rows(holidays: Named, work: Named) -> list[tuple[dt.date, str, str]]:
    kinds = ((holidays, NoticedKind.HOLIDAY), (work, NoticedKind.WORKDAY))
    return [
        (dt.date.fromisoformat(day), str(kind.value), name)
        for days, kind in kinds
        for day, name in days.items()
    ]


def _keep_days(year: HolidayYear, rows: list[tuple[dt.date, str, str]]) -> None:
    HolidayDay.objects.bulk_create(
        HolidayDay(year=year, date=day, kind=kind, name=name) for day, kind, name in rows
    )


def _person(username: str) -> User:
    defaults = {"name": "示例员", "email": f"{username}@hrss.example", "is_staff": True}
    return User.objects.get_or_create(username=username, defaults=defaults)[0]


def published(*years: int) -> None:
    """Store these years with their statutory days, unless they are in force."""
    for year in years:
        if not HolidayYear.objects.in_force().filter(year=year).exists():
            in_force(year, {day.isoformat(): names[0] for day, names in statutory_days(year).items()})


def made_provisional(row: Row, day: str, period: str) -> Row:
    """Return a row whose due date is stored as provisional, although its year is in force by now.

    Args:
        day, period: the fields of the date and of its calculation.
    """
    due = getattr(row, day)
    published(clock.today().year, due.year, due.year + 1)
    setattr(row, period, getattr(row, period) | {"provisional": True})
    row.save(update_fields=[period])
    return row
