"""Work items: declared by each subject, listed on the desk's home, and told to the bank by `now.py`."""

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
        rows: called with the person; returns the rows that wait for them and that they can act on now, in a
            constant number of queries.
        taken: called with the person; returns rows that colleagues have taken on, shown on request.
        taker: returns the colleague who has taken on a row, if anybody has.
        assigned: called with a person; returns the rows assigned to them, which go to colleagues when the person loses
            role or account.
        told: returns what has happened and needs attention, such as a submitted supplement; empty for nothing.
        about: returns what the row is about, shown beside its name.
        name: returns the row's name; by default `str`.
        due: returns the due date (local date), if there is one.
        since: returns the day (local date) since which it waits.
        address: returns the URL of the page; by default the row's page at the desk.
        on_action_page: whether the default URL is that of the action page.
        when: whether a row waits, in addition to its state; says of one row what `rows` says of all.
        for_bank: the step as the bank reads it while the bureau has the case; by default `step`.
        why: returns what the bank reads besides, such as why it has to wait.
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
    taken: Callable[[Any], Iterable[Any]] = lambda by: ()
    taker: Callable[[Any], str] = lambda row: ""
    assigned: Callable[[Any], Iterable[Any]] = lambda person: ()
    told: Callable[[Any], str] = lambda row: ""
    when: Callable[[Any], bool] = lambda row: True
    for_bank: Text = ""
    why: Callable[[Any], str] = lambda row: ""

    def waits_for(self, row: Any) -> bool:
        """Return whether the step is the next one of a row."""
        return self.action.is_due(row) and self.when(row)


@dataclass(frozen=True)
class Asked:
    """What a bank's users have to do in a case, as long as the action is possible.

    Args:
        action: the action to take.
        step: returns what to do, as a phrase without date: "supplement criterion 2".
        address: returns the URL of the page.
        button: the text of the link.
        why: returns why it has to be done.
        due: returns the due date (local date), if there is one.
        period: returns the stored calculation of the due date.
        when: whether it has to be done, in addition to the state.
        late: returns what is said once the due date has passed; the rule of the action refuses in the same words.
        may: whether it is a right and no duty, such as a statement.
    """

    action: Action[..., Any]
    step: Callable[[Any], str]
    address: Callable[[Any], str]
    button: Text
    why: Callable[[Any], str] = lambda row: ""
    due: Callable[[Any], dt.date | None] = lambda row: None
    period: Callable[[Any], dict[str, Any] | None] = lambda row: None
    when: Callable[[Any], bool] = lambda row: True
    late: Callable[[Any], str] = lambda row: ""
    may: bool = False

    def waits_for(self, row: Any) -> bool:
        """Return whether the bank has to do it now."""
        return self.action.is_due(row) and self.when(row)


@dataclass(frozen=True)
class WorkItem:
    """One item of a work list: next step, case, due date, waiting since, and URL of the page.

    `told` is what has happened and needs attention; `taker` is the colleague who has taken it on. `theirs` says that
    the bank has to act.
    """

    step: Text
    case: str
    about: str
    address: str
    due: dt.date | None = None
    since: dt.date | None = None
    told: str = ""
    taker: str = ""
    theirs: bool = False

    @property
    def left(self) -> int | None:
        """Calendar days from today to the due date; negative when overdue."""
        return (self.due - clock.today()).days if self.due else None
