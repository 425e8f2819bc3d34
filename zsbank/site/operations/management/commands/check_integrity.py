"""`manage.py check_integrity`: print one line for each fault."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zsbank.site.operations import integrity


class Command(BaseCommand):
    """Compare tables, files and journal; for operators and auditors, also after an outage."""

    help = "Compare tables, files and journal; print one line for each fault. Exits 1 if there is any."

    def handle(self, *_args: Any, **_options: Any) -> None:
        wrong = 0
        for line in integrity.findings():
            self.stdout.write(line)
            wrong += 1
        if wrong:
            raise CommandError(f"{wrong} found", returncode=1)
        self.stdout.write("nothing wrong found")
