"""The objects from which examples of actions are made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from admission.editions.models import PolicyEdition
from admission.tests.factories import make_edition
from banks.register.models import Bank
from banks.tests.factories import make_member
from conftest import People, make_banks, make_people
from zsbank.base.accounts.models import User
from zsbank.base.roles import Role


@dataclass(frozen=True)
class Scene:
    """Two banks with members, and one officer of each role."""

    bank: Bank
    other_bank: Bank
    edition: PolicyEdition
    people: People
    clerk: User
    administrator: User
    stranger: User

    @property
    def everybody(self) -> tuple[User, ...]:
        """Everybody except members of the other bank."""
        officers = (self.people.auditor, self.people.intake, self.people.reviewer, self.people.inspector)
        return (*officers, self.people.decider, self.people.assessor, self.clerk, self.administrator)


Example = Callable[[Scene], dict[str, Any]]
"""Makes what an action needs and gives the arguments with which it succeeds, `by` included."""


def make_scene() -> Scene:
    """Make the persons and banks of the examples."""
    bank, other = make_banks()
    return Scene(
        bank=bank,
        other_bank=other,
        edition=make_edition(),
        people=make_people(),
        clerk=make_member(bank, "clerk", Role.BANK_CLERK).user,
        administrator=make_member(bank, "bankadmin", Role.BANK_ADMINISTRATOR).user,
        stranger=make_member(other, "stranger", Role.BANK_ADMINISTRATOR).user,
    )
