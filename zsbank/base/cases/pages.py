"""Entries of a case in shared pages: the desk's sidebar, the portal's menu and home."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from zsbank.base.cases.turns import Text


class SidebarGroup(StrEnum):
    """The groups of the desk's sidebar."""

    TOP = "top"
    CASES = "cases"
    REGISTERS = "registers"
    BASIS = "basis"


@dataclass(frozen=True)
class SidebarEntry:
    """A list in the desk's sidebar.

    Args:
        group: its group.
        label: its text.
        place: its position in the group, the lowest first.
    """

    group: SidebarGroup
    label: Text
    place: int = 0


@dataclass(frozen=True)
class MenuEntry:
    """An entry of the portal's menu.

    Args:
        url: the page's URL name.
        label: its text.
        place: its position, the lowest first.
    """

    url: str
    label: Text
    place: int = 0


@dataclass(frozen=True)
class Portal:
    """Portal pages of a kind of case, generated from its declaration.

    Args:
        path: the URL prefix of its pages, such as `talks`.
        label: its text in the portal's menu.
        place: its position there, the lowest first.
        facts: the fields shown on the case page.
    """

    path: str
    label: Text
    place: int
    facts: tuple[str, ...]


@dataclass(frozen=True)
class NextStep:
    """A step that a bank has to take or waits for, as shown on its home.

    Args:
        heading: what to do, in one sentence.
        about: the case.
        address: the URL of the page.
        button: the text of the link.
        due: the due date (local date).
        period: the stored calculation of the due date.
        theirs: whether it is the bank's turn.
        why: why it has to be done, or why the bank has to wait.
    """

    heading: Text
    about: Text
    address: str
    button: Text
    due: dt.date | None = None
    period: dict[str, Any] | None = None
    theirs: bool = True
    why: str = ""


Home = Callable[[Any], Iterable[NextStep]]
"""Called with a bank; returns its next steps in one kind of case."""
