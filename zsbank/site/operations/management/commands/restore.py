"""`manage.py restore DIR`: database and files together."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zsbank.site.operations import backup


class Command(BaseCommand):
    """Put a backup into an empty register; then look with check_integrity what is missing."""

    help = "Put a backup into an empty register; check_integrity then says what is missing. Exits 2 when it cannot."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Where."""
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print what was done."""
        try:
            for line in backup.restore(options["folder"]):
                self.stdout.write(line)
        except backup.Unusable as error:
            raise CommandError(str(error), returncode=2) from error
