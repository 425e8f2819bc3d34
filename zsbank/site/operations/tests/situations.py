"""Situations in which the program tells people of the register itself."""

from django.core.management import call_command

from banks.register.models import Bank
from tests.actions.messages import Situation, told_of
from tests.actions.scene import Scene
from zsbank.base.calendar import clock
from zsbank.base.journal import actions as journal
from zsbank.base.journal.tests.tampering import run_deferred_triggers, tamper
from zsbank.base.permissions import Verb
from zsbank.site.operations import checkpoints, guesses, judge


def checkpoint(scene: Scene) -> None:
    """The daily checkpoint goes to those who keep it."""
    told_of(lambda: checkpoints.store_checkpoint(clock.today().toordinal()))


def differences(scene: Scene) -> None:
    """The daily check found a bank whose standing was changed in the table."""
    Bank.objects.filter(pk=scene.bank.pk).update(standing="qualified")
    told_of(judge.run)


def guessed(scene: Scene) -> None:
    """Sign-ins of a clerk were refused from five networks."""
    for number in range(5):
        journal.record(
            verb=Verb.REFUSE_SIGN_IN, by=None, subject=scene.clerk, data={"address": f"192.0.2.{number}"}
        )
    told_of(lambda: guesses.tell(scene.clerk.pk))


def loss(scene: Scene) -> None:
    """A restore lost the newest entry, and an operator accepts that."""
    for _number in range(2):
        journal.record(verb=Verb.WRITE_NOTE, by=scene.people.intake, subject=scene.bank)
    run_deferred_triggers()
    checkpoints.store_checkpoint(clock.today().toordinal())
    tamper(
        "DELETE FROM journal_link WHERE sequence > 1",
        "DELETE FROM journal_entry WHERE id NOT IN (SELECT entry_id FROM journal_link)",
    )
    told_of(lambda: call_command("accept_loss", reason="磁盘故障，恢复到昨日备份。"))


SITUATIONS: dict[str, Situation] = {
    "checkpoint": checkpoint,
    "differences found": differences,
    "password guessed at": guessed,
    "loss accepted": loss,
}
