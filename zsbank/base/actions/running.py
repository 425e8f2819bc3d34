"""The action that is being carried out, and its journal entry."""

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
        subject: the row it works on; what a refusal is recorded against.
        bank: the bank concerned, where the row it makes does not say so itself.
        before: the state of each locked row, by model and key.
    """

    verb: Verb
    by: Any
    subject: Model | None = None
    bank: Any = None
    before: dict[tuple[type[Model], Any], str] = field(default_factory=dict)
    recorded: bool = False

    def remember(self, row: Model) -> None:
        """Keep the row as the subject, and the state it is in before anything is done."""
        self.subject, self.bank = row, bank_of(row) or self.bank
        self.before[row._meta.model, row.pk] = state_of(row)

    def moved(self, row: Model) -> tuple[str, str]:
        """From which state to which the row moved; both empty where it did not, the first for a new row."""
        before, after = self.before.get((row._meta.model, row.pk), ""), state_of(row)
        return ("", "") if before == after else (before, after)


_current: ContextVar[Running | None] = ContextVar("running_action", default=None)


def current() -> Running | None:
    """The innermost action being carried out; None outside of all."""
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
    """Write the journal entry of the action being carried out: who, what, and from which state to which.

    An action that does not call this gets its entry when it returns. It is called earlier where there is
    something to add, or where an entry has to stand before those of the actions called inside.

    Args:
        reason: why, in the person's words.
        data: particulars that JSON can hold; dates and decimals become strings.
        effective_on: the day it takes effect (local date) when that is not today.
        subject: the row of the entry where it is not the one the action works on.
        uscc: the code of the bank concerned, where no row leads to the bank.
    """
    running = current()
    if running is None:
        raise RuntimeError("only an action writes the journal entry of an action")
    running.recorded = True
    row = subject or running.subject
    before, after = running.moved(row) if row else ("", "")
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
