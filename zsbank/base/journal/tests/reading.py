"""Helpers for reading the journal in tests."""

from django.db.models import Model

from zsbank.base.journal.models import Entry
from zsbank.base.journal.queries import history_of


def last_transition(subject: Model) -> Entry | None:
    """Return the latest entry with a transition of this row."""
    return history_of(subject).exclude(to_state="").first()
