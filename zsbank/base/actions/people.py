"""What the door has to know of people and banks; the models that fulfil it stand above."""

from typing import Any, Protocol, runtime_checkable

from zsbank.base.roles import Role


class Person(Protocol):
    """Somebody who acts."""

    pk: Any

    def roles_at_bureau(self) -> frozenset[Role]:
        """The roles they hold as staff of the bureau; none for people of banks and for those who left."""


@runtime_checkable
class Organisation(Protocol):
    """A bank: people act for it in roles of their own."""

    pk: Any
    uscc: str

    def roles_of(self, person: Any) -> frozenset[Role]:
        """The roles this person holds at the bank now; none for strangers and for those who left."""


@runtime_checkable
class WithConflicts(Protocol):
    """A case in which officers declare conflicts of interest."""

    def has_conflict(self, person: Any) -> bool:
        """Whether this person declared a conflict of interest in the case."""
