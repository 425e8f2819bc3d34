"""The years that a register knows when it is set up: those of the installed package, kept for good.

A newer release of the package changes no date: its years are entered and confirmed like those of a file.
"""

from typing import Any

from zsbank.base.calendar import clock
from zsbank.base.calendar.holidays import package_days
from zsbank.base.calendar.models import digest_of, rows_of
from zsbank.base.calendar.states import HolidaySource

YEARS = range(2004, 2101)
"""Years that the package may know; its first notice is that of 2004."""


def keep_package_years(year_model: Any, day_model: Any) -> None:
    """Store the years of the installed package; does nothing if any year is stored.

    Args:
        year_model, day_model: the models, of the code or of a migration.
    """
    if year_model.objects.exists():
        return
    now = clock.now()
    for year in YEARS:
        rows = rows_of(package_days(year))
        if rows:
            kept = year_model.objects.create(
                year=year,
                source=HolidaySource.STOCK,
                digest=digest_of(rows),
                entered_at=now,
                confirmed_at=now,
            )
            day_model.objects.bulk_create(
                day_model(year=kept, date=day, kind=kind, name=name) for day, kind, name in rows
            )
