"""Situations in which people are told about a bank and its people, besides the examples of the actions."""

import datetime as dt

from banks.members.actions.members import remove_member
from banks.members.actions.messages import notify_of_release, tell_of_deactivated
from banks.register.models import Bank
from tests.actions.messages import Situation, told_of
from tests.actions.scene import Scene
from zsbank.base.accounts.models import User


def released(scene: Scene) -> None:
    """The bar of a bank ended two days ago; the sweep is late."""
    Bank.objects.filter(pk=scene.bank.pk).update(
        bar_last_day=dt.date(2026, 9, 19), may_apply_from=dt.date(2026, 9, 20), standing="applicant"
    )
    told_of(lambda: notify_of_release(scene.bank.pk))


def clerk_deactivated(scene: Scene) -> None:
    """The account of a clerk was deactivated; the sweep tells the administrators."""
    User.objects.filter(pk=scene.clerk.pk).update(is_active=False)
    told_of(lambda: tell_of_deactivated(scene.bank.members.get(user=scene.clerk).pk))


def last_removed(scene: Scene) -> None:
    """Nobody of the bank can be reached any more: the bureau is told, and nobody of the bank."""
    member = scene.bank.members.get(user=scene.administrator)
    User.objects.filter(pk=scene.clerk.pk).update(is_active=False)
    told_of(lambda: remove_member(member=member, by=scene.people.intake))


SITUATIONS: dict[str, Situation] = {
    "released": released,
    "clerk deactivated": clerk_deactivated,
    "last removed": last_removed,
}
