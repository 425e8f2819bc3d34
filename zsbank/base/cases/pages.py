"""What a subject asks of the pages that stand for all: sidebar of the desk, menu and home of the portal."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from zsbank.base.cases.turns import Text


class SidebarGroup(StrEnum):
    """The headings of the desk's sidebar."""

    TOP = "top"
    CASES = "cases"
    REGISTERS = "registers"
    BASIS = "basis"


@dataclass(frozen=True)
class SidebarEntry:
    """A list in the desk's sidebar.

    Args:
        group: the heading it stands under.
        label: its word.
        icon: a name of Material Symbols, which Unfold brings along.
        place: its place in the group, the lowest first.
    """

    group: SidebarGroup
    label: Text
    icon: str
    place: int = 0


@dataclass(frozen=True)
class MenuEntry:
    """A word of the portal's menu.

    Args:
        url: the page's URL name.
        label: its word.
        place: its place, the lowest first.
    """

    url: str
    label: Text
    place: int = 0


@dataclass(frozen=True)
class Portal:
    """Pages of a kind of case in the portal, made from its declaration.

    Args:
        path: where its pages are, such as `talks`.
        label: its word in the portal's menu.
        place: its place there, the lowest first.
        facts: the fields that the bank sees on the case page.
    """

    path: str
    label: Text
    place: int
    facts: tuple[str, ...]


@dataclass(frozen=True)
class NextStep:
    """What a bank has to do, or waits for, as its home shows it.

    Args:
        heading: what to do, in one sentence.
        about: which case.
        address: where.
        button: the word that leads there.
        due: the last day (local date), with the explanation of how it was calculated.
        theirs: whether it is the bank's turn.
    """

    heading: Text
    about: Text
    address: str
    button: Text
    due: dt.date | None = None
    period: dict[str, Any] | None = None
    theirs: bool = True


Home = Callable[[Any], Iterable[NextStep]]
"""Asked with a bank: its next steps in one kind of case."""
