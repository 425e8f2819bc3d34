"""Work items: declared by each subject and listed on the desk's home."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.cases.turns import Text


@dataclass(frozen=True)
class Waiting:
    """A kind of work item: one item per row, for people who hold the action's verb.

    Args:
        action: the action to take.
        step: the text of the item.
        rows: called with the person; returns the rows that wait for them, in a constant number of queries.
        about: returns what the row is about, shown beside its name.
        name: returns the row's name; by default `str`.
        due: returns the due date (local date), if there is one.
        since: returns the day (local date) since which it waits.
        address: returns the URL of the page; by default the row's page at the desk.
        on_action_page: whether the default URL is that of the action page.
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
    """One item of a work list: next step, case, due date, waiting since, and URL of the page."""

    step: Text
    case: str
    about: str
    address: str
    due: dt.date | None = None
    since: dt.date | None = None

    @property
    def left(self) -> int | None:
        """Calendar days from today to the due date; negative when overdue."""
        return (self.due - clock.today()).days if self.due else None
