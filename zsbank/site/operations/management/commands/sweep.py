"""`manage.py sweep [--on DATE]`: process everything that is due."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from zsbank.base.calendar import clock
from zsbank.site.operations import runner
from zsbank.site.operations.queries import is_demonstration


class Command(BaseCommand):
    """Run the sweep, on demonstration or test data also for a later day."""

    help = "Process everything that is due. Exits 1 if something failed, 2 if --on is refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on", metavar="DATE", help="simulate this later day (YYYY-MM-DD); demonstration data only"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        on = _day(options["on"]) if options["on"] else None
        run = runner.run(on=on)
        for name, count in run.done.items():
            self.stdout.write(f"{run.on} {name}: {count}")
        if not run.done:
            self.stdout.write(f"{run.on} nothing was due")
        for failure in run.failed:
            self.stderr.write("{step} {id} failed: {error} at {where}".format(**failure))
        if run.failed:
            raise CommandError(
                f"{len(run.failed)} could not be done; the next sweep tries again", returncode=1
            )


def _day(text: str) -> dt.date:
    """Return the day to simulate.

    Raises:
        CommandError: it is not a date, in the past, or the data are real; exit code 2.
    """
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text!r} is not a date; write it like 2027-03-01", returncode=2) from error
    if settings.MODE != "test" and not is_demonstration():
        raise CommandError("--on plays a day only on demonstration data; these are real cases", returncode=2)
    if day < clock.today():
        raise CommandError(f"{day} is past; --on plays today or a later day", returncode=2)
    return day
