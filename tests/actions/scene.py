"""The objects from which examples of actions are made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from zsbank.base.accounts.models import User

if TYPE_CHECKING:
    from conftest import People


@dataclass(frozen=True)
class Scene:
    """Two banks with members, and one officer of each role."""

    bank: Bank
    other_bank: Bank
    edition: PolicyEdition
    people: "People"
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
