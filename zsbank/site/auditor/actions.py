"""Actions of those who watch over the journal."""

from collections.abc import Iterator
from typing import Any

from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.journal.queries import exported
from zsbank.base.permissions import Verb


@action(Verb.EXPORT_JOURNAL, on="reader")
def export_journal(*, reader: User, by: User) -> Iterator[dict[str, Any]]:
    """Export the journal with its chain, for verification elsewhere.

    Args:
        reader: who takes it away, the same as `by`.

    Returns:
        The entries in the order of the chain, with the one of this export; read while they are given out.

    Raises:
        NotAllowed: `by` is neither auditor nor audit administrator.
    """
    return exported()
