"""`manage.py verify_journal [--checkpoint FILE]`: report changes of the journal."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zsbank.base.journal.chain import Checkpoint
from zsbank.base.journal.models import Link
from zsbank.site.operations import checkpoints


class Command(BaseCommand):
    """Verify the whole chain and every letter; for operators and auditors."""

    help = "Print one line for each change of the journal. Exits 1 if there is any, 2 if the checkpoint is unreadable."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the checkpoint to compare with."""
        parser.add_argument(
            "--checkpoint",
            type=Path,
            metavar="FILE",
            help="an auditor's copy; by default the newest stored one",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the faults."""
        checkpoint = _checkpoint(options["checkpoint"])
        wrong = 0
        for line in checkpoints.findings(checkpoint):
            self.stdout.write(line)
            wrong += 1
        if wrong:
            raise CommandError(f"{wrong} found", returncode=1)
        against = (
            f"checkpoint of {checkpoint.day}" if checkpoint else "no checkpoint: a cut-off end would not show"
        )
        self.stdout.write(f"{Link.objects.count()} entries verified ({against})")


def _checkpoint(path: Path | None) -> Checkpoint | None:
    try:
        return Checkpoint.read(path) if path else checkpoints.newest()
    except (OSError, ValueError) as error:
        raise CommandError(f"the checkpoint cannot be read: {error}", returncode=2) from error
