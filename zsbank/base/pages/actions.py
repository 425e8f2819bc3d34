"""Recording what leaves the desk as a file."""

from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.permissions import Verb


@action(Verb.EXPORT_LIST, on="reader")
def export_list(*, reader: User, kind: str, rows: int, query: str, by: User) -> None:
    """Record that a list was exported.

    Args:
        reader: the person who gets the file, the same as `by`.
        kind: the label of the list's model, such as `exit.exitcase`.
        rows: the number of rows in the file.
        query: the filters of the list, as in its URL.

    Raises:
        NotAllowed: `by` holds no role at the bureau.
    """
    record(data={"list": kind, "rows": rows, "query": query[:500]})
