"""`manage.py holidays load FILE [--preview]`, `manage.py holidays show YEAR`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zsbank.base.calendar.current import calendar_with
from zsbank.base.calendar.models import HolidayYear, rows_of
from zsbank.base.calendar.states import HolidaySource, NoticedKind
from zsbank.base.calendar.statutory import statutory_days
from zsbank.base.refusals import Refused
from zsbank.site.holidays.actions import enter_holidays
from zsbank.site.holidays.preview import moves, of_interest
from zsbank.site.holidays.reading import Notice, NoticeRefused, read_file


class Command(BaseCommand):
    """Enter the holidays of a year, or print those in force."""

    help = (
        "Enter the holidays of a year from a CSV file (a decider confirms them at the desk), or print a year."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="what", required=True)
        load = actions.add_parser("load", help="read a CSV file with the header date,kind,name")
        load.add_argument("file", type=Path)
        load.add_argument(
            "--preview", action="store_true", help="only print the due dates that move; nothing is written"
        )
        show = actions.add_parser("show", help="print the days of a year")
        show.add_argument("year", type=int)

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["what"] == "show":
            self._show(options["year"])
        else:
            self._load(options["file"], preview=options["preview"])

    def _load(self, path: Path, *, preview: bool) -> None:
        notice = _read(path)
        found = moves(notice.year, calendar_with(notice.year, notice.days))
        for move in found:
            to = "、".join(str(person) for person in move.officers())
            self.stdout.write(f"{move.in_words()}  [{to}]")
        self.stdout.write(f"{notice.year}: {of_interest(found)}")
        if preview:
            return
        try:
            enter_holidays(notice=notice, source=HolidaySource.FILE, by=None)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        self.stdout.write(
            f"{notice.year} was entered; no date has changed. A decider confirms it at the desk."
        )

    def _show(self, number: int) -> None:
        year = HolidayYear.objects.in_force().filter(year=number).first()
        if year is None:
            self.stdout.write(f"{number}: no notice; only the statutory days and weekends are rest days")
            rows = [
                (day, NoticedKind.HOLIDAY.value, name)
                for day, (name, _en) in sorted(statutory_days(number).items())
            ]
        else:
            people = f"{year.entered_by or '—'}, {year.confirmed_by or '—'}"
            self.stdout.write(
                f"{number}: {year.source}, {people}, {year.confirmed_at:%Y-%m-%d}, {year.digest}"
            )
            rows = rows_of({day.date: day.nature for day in year.days.select_related("year")})
        for day, kind, name in rows:
            self.stdout.write(f"{day},{kind},{name}")


def _read(path: Path) -> Notice:
    """Return the notice in a file.

    Raises:
        CommandError: it cannot be read; each error is a line. Exit code 2.
    """
    try:
        return read_file(path.read_bytes())
    except NoticeRefused as refusal:
        raise CommandError("\n".join(refusal.errors), returncode=2) from refusal
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=2) from error
