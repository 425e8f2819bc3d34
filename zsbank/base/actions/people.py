"""Protocols for people and banks; the models that implement them are in higher layers."""

from typing import Any, Protocol, runtime_checkable

from zsbank.base.roles import Role


class Person(Protocol):
    """A person who acts."""

    pk: Any

    def roles_at_bureau(self) -> frozenset[Role]:
        """Return the roles held as staff of the bureau; empty for users of banks and for people who left."""


@runtime_checkable
class Organisation(Protocol):
    """A bank: people act for it in their own roles."""

    pk: Any
    uscc: str

    def roles_of(self, person: Any) -> frozenset[Role]:
        """Return the roles this person currently holds at the bank; empty for others."""


@runtime_checkable
class WithConflicts(Protocol):
    """A case in which officers declare conflicts of interest."""

    def has_conflict(self, person: Any) -> bool:
        """Return whether this person declared a conflict of interest in the case."""
