"""`manage.py export_journal FILE`: export the journal for zsbank/base/journal/chain.py."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zsbank.base.journal import actions as journal
from zsbank.base.journal.queries import export_lines
from zsbank.base.permissions import Verb


class Command(BaseCommand):
    """Write every link of the chain with its entry, one JSON object per line."""

    help = "Write the journal to a new file; verify it with: python chain.py FILE CHECKPOINT"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the target file."""
        parser.add_argument("file", type=Path, help="a file that does not exist yet")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file, including the entry of this export."""
        count = 0
        try:
            with options["file"].open("x", encoding="utf-8") as file:
                journal.record(verb=Verb.EXPORT_JOURNAL, by=None, subject=None)
                for line in export_lines():
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")
                    count += 1
        except OSError as error:
            raise CommandError(f"cannot write {options['file']}: {error.strerror}", returncode=2) from error
        self.stdout.write(f"{count} entries written")
