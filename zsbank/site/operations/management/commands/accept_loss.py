"""`manage.py accept_loss --reason TEXT`: go on after a restore that lost entries."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from zsbank.base.accounts.queries import people_with
from zsbank.base.calendar import clock
from zsbank.base.journal import actions as journal
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb
from zsbank.site.operations import checkpoints


class Command(BaseCommand):
    """Set aside the checkpoints that the restored register does not continue; recorded, and told to the auditors."""

    help = "After a restore: record what was lost, set aside the checkpoints that have it. Exits 2 if nothing is."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the reason."""
        parser.add_argument("--reason", required=True, help="what happened, for the journal and the auditors")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Record the loss, tell the auditors, and move the files."""
        lost = list(checkpoints.contradictions(checkpoints.newest()))
        if not lost:
            raise CommandError("the register continues the newest checkpoint; nothing is lost", returncode=2)
        with transaction.atomic():
            entry = journal.record(
                verb=Verb.ACCEPT_LOSS, by=None, subject=None, reason=options["reason"], data={"lost": lost}
            )
            notices.post(
                to=people_with(Verb.RECEIVE_CHECKPOINT),
                key=f"loss:{entry.pk}",
                title="恢复备份后，操作人员确认了丢失的内容",
                body="\n".join([options["reason"], *lost]),
                kind=MessageKind.TASK,
            )
        for path in checkpoints.set_aside(clock.today()):
            self.stdout.write(f"{path.name} set aside in {path.parent.name}")
        for line in lost:
            self.stdout.write(f"accepted: {line}")
