"""Helpers for reading the journal in tests."""

from typing import Any

from django.db.models import Model

from zsbank.base.journal.facts import FACTS
from zsbank.base.journal.models import Entry
from zsbank.base.journal.queries import history_of


def last_transition(subject: Model) -> Entry | None:
    """Return the latest entry with a transition of this row."""
    return history_of(subject).exclude(to_state="").first()


def without_facts(entry: Entry) -> dict[str, Any]:
    """Return the particulars of an entry, without the facts it holds for the judge."""
    return {name: value for name, value in entry.data.items() if name != FACTS}
