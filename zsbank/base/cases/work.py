"""What waits for people: work items, declared by each subject and listed on the desk's first page."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.cases.turns import Text


@dataclass(frozen=True)
class Waiting:
    """What waits for those who hold an action's verb: one work item a row.

    Args:
        action: what is to be done.
        step: the same in words.
        rows: asked with the person; the rows that wait for them, in a constant number of queries.
        about: what the row is about, beside its name.
        name: the row's name; its text form unless given.
        due: the last day (local date), where there is one.
        since: the day since which it waits.
        address: where to do it; the row's page at the desk unless given.
        on_action_page: whether the address is that of the action's page.
    """

    action: Action[..., Any]
    step: Text
    rows: Callable[[Any], Iterable[Any]]
    about: Callable[[Any], str]
    name: Callable[[Any], str] = str
    due: Callable[[Any], dt.date | None] = lambda row: None
    since: Callable[[Any], dt.date | None] = lambda row: None
    address: Callable[[Any], str] | None = None
    on_action_page: bool = False


@dataclass(frozen=True)
class WorkItem:
    """One thing to do: the next step, whose case, until when at the latest, since when it waits, and where to do it."""

    step: Text
    case: str
    about: str
    address: str
    due: dt.date | None = None
    since: dt.date | None = None

    @property
    def left(self) -> int | None:
        """Calendar days from today to the due date; negative when it has passed."""
        return (self.due - clock.today()).days if self.due else None
