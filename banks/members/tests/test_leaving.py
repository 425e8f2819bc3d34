"""A person leaves a bank: its administrators are told, and the bureau if nobody is left who can be reached."""

from typing import TYPE_CHECKING

import pytest

from banks.members.actions.members import remove_member
from banks.members.sweep import STEPS
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.notices.models import Message

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


def told() -> set[User | None]:
    """Return who got a message."""
    return {row.recipient for row in Message.objects.select_related("recipient")}


def swept() -> int:
    """Run the step of the sweep; return how many were told of."""
    step = next(one for one in STEPS if one.name == "tell_of_deactivated")
    return sum(map(step.do, step.due(clock.today())))


def test_administrators_are_told_of_a_removed_clerk(
    bank: Bank, clerk: User, administrator: User, people: "People"
) -> None:
    remove_member(member=bank.members.get(user=clerk), by=administrator)
    assert told() == {administrator}
    assert clerk.name in Message.objects.get().body


def test_bureau_is_told_when_the_last_person_leaves(
    bank: Bank, administrator: User, people: "People"
) -> None:
    remove_member(member=bank.members.get(user=administrator), by=people.intake)
    assert told() == {people.intake}
    assert bank.name in Message.objects.get().about


def test_clerk_who_stays_without_administrator_is_enough_for_the_bureau(
    bank: Bank, clerk: User, administrator: User, people: "People"
) -> None:
    remove_member(member=bank.members.get(user=administrator), by=people.intake)
    assert people.intake not in told()


def test_sweep_tells_once_of_a_deactivated_account(
    bank: Bank, clerk: User, administrator: User, people: "People"
) -> None:
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert swept() == 1
    assert told() == {administrator}
    assert swept() == 0
