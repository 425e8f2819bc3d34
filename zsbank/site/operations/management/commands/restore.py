"""`manage.py restore DIR`: restore database and files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zsbank.site.operations import backup


class Command(BaseCommand):
    """Restore a backup into an empty register; then run check_integrity."""

    help = "Restore a backup into an empty register; then run check_integrity for missing data. Exits 2 on failure."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the folder of the backup."""
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print each step."""
        try:
            for line in backup.restore(options["folder"]):
                self.stdout.write(line)
        except backup.Unusable as error:
            raise CommandError(str(error), returncode=2) from error
