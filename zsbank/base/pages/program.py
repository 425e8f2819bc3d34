"""How the parts of the program are: told by those who look at them, shown on the desk's first page."""

from collections.abc import Callable
from typing import Protocol

from zsbank.base.accounts.models import User


class Part(Protocol):
    """How one part is: well or not, and the sentence that says so."""

    @property
    def label(self) -> str:
        """The part in people's words."""

    @property
    def well(self) -> bool:
        """Whether nobody needs to look at it."""

    @property
    def says(self) -> str:
        """The sentence."""


_sources: list[Callable[[User], list[Part]]] = []


def watch(source: Callable[[User], list[Part]]) -> None:
    """Ask this function too, for the parts that a person looks after."""
    if source not in _sources:
        _sources.append(source)


def parts_for(person: User) -> list[Part]:
    """The parts that this person looks after."""
    return [part for source in _sources for part in source(person)]
