"""Visitors of the API: nobody, every role, and members of banks at several stages of admission."""

from collections.abc import Mapping
from dataclasses import dataclass

from admission.applications.actions.applications import start_application
from admission.tests.factories import answer_all
from banks.register.models import Bank
from banks.tests.factories import make_bank, make_member
from tests.walk.test_walk import client_of
from tests.walk.world import World
from zsbank.base.accounts.models import User
from zsbank.base.roles import Role

TOKEN = "c" * 32
"""The cookie and the header that show a change to be one's own."""


@dataclass(frozen=True)
class Visitor:
    """A session with the keys of its own objects, by kind."""

    name: str
    cookies: Mapping[str, str]
    own: Mapping[str, int]


def visitors_of(world: World) -> dict[str, Visitor]:
    """Nobody, one person per role, and three of other banks: before, during and after an application."""
    newcomer, beginner, ready = (_clerk_of_another_bank(number) for number in range(3))
    started = start_application(bank=beginner[1], by=beginner[0])
    complete = start_application(bank=ready[1], by=ready[0])
    answer_all(complete, ready[0])
    return {
        visitor.name: visitor
        for visitor in (
            Visitor("nobody", {"csrftoken": TOKEN}, world.own),
            _visitor("administrator", world.administrator, world.own),
            _visitor("clerk", world.clerk, world.own),
            *(_visitor(role.value, person, world.own) for role, person in world.staff.items()),
            _visitor("newcomer", newcomer[0], {"bank": newcomer[1].pk}),
            _visitor("beginner", beginner[0], {"bank": beginner[1].pk, "application": started.pk}),
            _visitor("ready", ready[0], {"bank": ready[1].pk, "application": complete.pk}),
        )
    }


def _clerk_of_another_bank(number: int) -> tuple[User, Bank]:
    bank = make_bank(f"示例银行{number}", f"TEST{number:014d}")
    return make_member(bank, f"clerk-{number}", Role.BANK_CLERK).user, bank


def _visitor(name: str, person: User, own: Mapping[str, int]) -> Visitor:
    session = client_of(person).cookies["sessionid"].value
    return Visitor(name, {"csrftoken": TOKEN, "sessionid": session}, own)
