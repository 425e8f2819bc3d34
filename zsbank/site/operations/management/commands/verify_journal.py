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
            help="an auditor's copy; by default all stored ones",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the faults."""
        kept = _checkpoints(options["checkpoint"])
        wrong = 0
        for line in checkpoints.findings(*kept):
            self.stdout.write(line)
            wrong += 1
        if wrong:
            raise CommandError(f"{wrong} found", returncode=1)
        self.stdout.write(f"{Link.objects.count()} entries verified ({_against(kept)})")


def _against(kept: list[Checkpoint]) -> str:
    if not kept:
        return "no checkpoint: a cut-off end would not show"
    newest = f"checkpoint of {kept[-1].day}"
    return newest if len(kept) == 1 else f"{len(kept)} checkpoints, newest: {newest}"


def _checkpoints(path: Path | None) -> list[Checkpoint]:
    try:
        return [Checkpoint.read(path)] if path else checkpoints.all_kept()
    except (OSError, ValueError) as error:
        raise CommandError(f"the checkpoint cannot be read: {error}", returncode=2) from error
