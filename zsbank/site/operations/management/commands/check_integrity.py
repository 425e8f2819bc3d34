"""`manage.py check_integrity`: what is wrong, a line each."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zsbank.site.operations import integrity


class Command(BaseCommand):
    """Compare the register with its record; run after every fault, and by operators and auditors."""

    help = "Say in one line each what is wrong with the register. Exits 1 when something is."

    def handle(self, *_args: Any, **_options: Any) -> None:
        wrong = 0
        for line in integrity.findings():
            self.stdout.write(line)
            wrong += 1
        if wrong:
            raise CommandError(f"{wrong} found", returncode=1)
        self.stdout.write("nothing wrong found")
