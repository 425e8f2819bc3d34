"""Recording what leaves the desk as a file."""

from collections.abc import Iterable

from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.permissions import Verb


@action(Verb.EXPORT_LIST, on="reader")
def export_list(
    *, reader: User, kind: str, rows: int, query: str, filters: Iterable[str], file_format: str, by: User
) -> None:
    """Record that a list was exported.

    Args:
        reader: the person who gets the file, the same as `by`.
        kind: the label of the list's model, such as `exit.exitcase`.
        rows: the number of rows in the file.
        query: the filters of the list, as in its URL.
        filters: the filters in words.
        file_format: the format of the file, as its extension.

    Raises:
        NotAllowed: `by` holds no role at the bureau.
    """
    data = {"list": kind, "format": file_format, "rows": rows, "filters": [*filters], "query": query[:500]}
    record(data=data)
