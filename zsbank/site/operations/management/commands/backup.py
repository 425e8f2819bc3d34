"""`manage.py backup DIR`: back up database and files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zsbank.site.operations import backup


class Command(BaseCommand):
    """Copy database and files into a new folder, while the register is in use."""

    help = "Copy database and files into a new folder, while the register is in use. Exits 2 on failure."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the target folder."""
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print each step."""
        try:
            for line in backup.take(options["folder"]):
                self.stdout.write(line)
        except backup.Unusable as error:
            raise CommandError(str(error), returncode=2) from error
