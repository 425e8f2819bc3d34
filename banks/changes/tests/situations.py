"""Situations in which people are told of a change of a bank's data, besides the examples of the actions."""

import datetime as dt

from banks.changes.actions.changes import accept_change, decline_change
from banks.changes.tests.factories import division, entered, new_code, succession
from banks.register.models import Bank
from banks.tests.factories import admit, leave
from tests.actions.messages import Situation, told_of
from tests.actions.scene import Scene
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate


def officers_change_accepted(scene: Scene) -> None:
    """The officer who entered it is told, and the bank."""
    change = new_code(scene.bank, scene.people.inspector)
    told_of(lambda: accept_change(change=change, by=scene.people.decider, remark="代码与执照一致。"))


def officers_change_accepted_without_remark(scene: Scene) -> None:
    """The officer is told that the register is updated."""
    change = entered(scene.bank, scene.people.intake)
    told_of(lambda: accept_change(change=change, by=scene.people.decider))


def officers_change_declined(scene: Scene) -> None:
    """Only the officer is told; the bank knew nothing of it."""
    change = entered(scene.bank, scene.people.intake)
    told_of(lambda: decline_change(change=change, by=scene.people.decider, reason="材料不符。"))


def absorbed(scene: Scene) -> None:
    """The people of the successor are told."""
    change = succession(scene.bank, scene.other_bank, scene.people.intake)
    told_of(lambda: accept_change(change=change, by=scene.people.decider))


def absorbed_while_barred(scene: Scene) -> None:
    """The people of the successor are told of the bar that passes to it."""
    Bank.objects.filter(pk=scene.bank.pk).update(
        bar_last_day=dt.date(2029, 3, 4), may_apply_from=dt.date(2029, 3, 5), standing="locked_out"
    )
    scene.bank.refresh_from_db()
    absorbed(scene)


def divided(scene: Scene) -> None:
    """Both banks are told; the qualification goes to the one that came out, with what is open."""
    admit(scene.bank, scene.people.decider)
    scene.bank.refresh_from_db()
    change = division(scene.bank, [scene.other_bank], scene.people.intake, carrier=scene.other_bank)
    told_of(lambda: accept_change(change=change, by=scene.people.decider))


def divided_while_barred(scene: Scene) -> None:
    """The people of the bank that came out are told of the bar that binds it."""
    bar = calculate(clock.today(), 5, Unit.YEAR, roll=False)
    bank = leave(admit(scene.bank, scene.people.decider), scene.people.decider, bar)
    change = division(bank, [scene.other_bank], scene.people.intake)
    told_of(lambda: accept_change(change=change, by=scene.people.decider))


SITUATIONS: dict[str, Situation] = {
    "officer's change accepted": officers_change_accepted,
    "officer's change accepted without remark": officers_change_accepted_without_remark,
    "officer's change declined": officers_change_declined,
    "absorbed": absorbed,
    "divided": divided,
    "divided while barred": divided_while_barred,
    "absorbed while barred": absorbed_while_barred,
}
