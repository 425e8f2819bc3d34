"""The action that is running, and its journal entry."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from zsbank.base.actions.rows import bank_of, state_of
from zsbank.base.journal import actions as journal
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb


@dataclass
class Running:
    """One call of an action.

    Args:
        subject: the row it works on; also the subject of a recorded refusal.
        bank: the bank concerned, if the created row does not name it.
        before: the state of each locked row before the action, by model and primary key.
    """

    verb: Verb
    by: Any
    subject: Model | None = None
    bank: Any = None
    before: dict[tuple[type[Model], Any], str] = field(default_factory=dict)
    recorded: bool = False

    def remember(self, row: Model) -> None:
        """Store the row as the subject, with its state before the action."""
        self.subject, self.bank = row, bank_of(row) or self.bank
        self.before[row._meta.model, row.pk] = state_of(row)

    def transition_of(self, row: Model) -> tuple[str, str]:
        """Return the states before and after; both empty if unchanged, the first empty for a new row."""
        before, after = self.before.get((row._meta.model, row.pk), ""), state_of(row)
        return ("", "") if before == after else (before, after)


_current: ContextVar[Running | None] = ContextVar("running_action", default=None)


def current() -> Running | None:
    """Return the innermost running action; None outside of actions."""
    return _current.get()


@contextmanager
def carrying_out(running: Running) -> Iterator[Running]:
    """Make this the current action."""
    token = _current.set(running)
    try:
        yield running
    finally:
        _current.reset(token)


def record(
    *,
    reason: str = "",
    data: dict[str, Any] | None = None,
    effective_on: dt.date | None = None,
    subject: Model | None = None,
    uscc: str = "",
) -> Entry:
    """Write the journal entry of the running action: person, verb, transition.

    An action that does not call this gets its entry when it returns. Call it to add details, or to place the
    entry before those of inner actions.

    Args:
        reason: the reason that the person gave.
        data: particulars that JSON can hold; dates and decimals become strings.
        effective_on: the day it takes effect (local date), if not today.
        subject: the subject of the entry, if it is not the row that the action works on.
        uscc: the unified social credit code of the bank, if it does not follow from the row.

    Raises:
        RuntimeError: called outside of an action.
    """
    running = current()
    if running is None:
        raise RuntimeError("only an action writes the journal entry of an action")
    running.recorded = True
    row = subject or running.subject
    before, after = running.transition_of(row) if row else ("", "")
    bank = bank_of(row) or running.bank
    return journal.record(
        verb=running.verb,
        by=running.by,
        subject=row,
        uscc=bank.uscc if bank else uscc,
        from_state=before,
        to_state=after,
        reason=reason,
        data=data,
        effective_on=effective_on,
    )
