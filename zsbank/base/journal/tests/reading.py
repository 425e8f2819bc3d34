"""How tests ask the journal."""

from django.db.models import Model

from zsbank.base.journal.models import Entry
from zsbank.base.journal.queries import history_of


def last_transition(subject: Model) -> Entry | None:
    """The latest entry that moved this row from one state to another."""
    return history_of(subject).exclude(to_state="").first()
