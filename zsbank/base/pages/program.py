"""Health of the program's parts, as shown on the desk's home."""

from collections.abc import Callable
from typing import Protocol

from zsbank.base.accounts.models import User


class Part(Protocol):
    """The health of one part."""

    @property
    def label(self) -> str:
        """The name of the part."""

    @property
    def well(self) -> bool:
        """Whether it is healthy."""

    @property
    def says(self) -> str:
        """A sentence about it."""


_sources: list[Callable[[User], list[Part]]] = []


def register_source(source: Callable[[User], list[Part]]) -> None:
    """Register a function that returns the parts for a person."""
    if source not in _sources:
        _sources.append(source)


def parts_for(person: User) -> list[Part]:
    """Return the parts that this person is responsible for."""
    return [part for source in _sources for part in source(person)]
