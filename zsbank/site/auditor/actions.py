"""Actions on the journal."""

from collections.abc import Iterator
from typing import Any

from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.journal.queries import export_lines
from zsbank.base.permissions import Verb


@action(Verb.EXPORT_JOURNAL, on="reader")
def export_journal(*, reader: User, by: User) -> Iterator[dict[str, Any]]:
    """Export the journal with its chain, for verification elsewhere.

    Args:
        reader: the person who gets the export, the same as `by`.

    Returns:
        The entries in the order of the chain, including the entry of this export; read while they are sent.

    Raises:
        NotAllowed: `by` is neither auditor nor audit administrator.
    """
    return export_lines()
