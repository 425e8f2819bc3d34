"""Work lists, each looked at once: what a person finds on one depends on the rows of the tables that its queries read.

A list whose tables hold rows like those of an earlier example is like it, too.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from tests.actions.situations import Situation, alike
from zsbank.base.accounts.models import User
from zsbank.base.cases.registry import cases
from zsbank.base.cases.work import Waiting

TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
Tables = tuple[str, ...]
_seen: defaultdict[tuple[str, str, str], dict[Tables, set[object]]] = defaultdict(dict)


def waitings() -> dict[str, Waiting]:
    """Return all declared work items by a name."""
    return {
        f"{case.key} {place} {waiting.action.verb}": waiting
        for case in cases()
        for place, waiting in enumerate(case.waiting)
    }


def unlike_lists(
    check: str, person: User, kinds: Iterable[str], situation: Situation
) -> Iterator[tuple[str, list[Any]]]:
    """Yield the lists of a person of which this check has met none that is alike, with their rows."""
    known = waitings()
    for name in kinds:
        if not known[name].action.is_held(person):
            continue
        met = _seen[check, name, person.username]
        if any(alike(situation, tables) in shapes for tables, shapes in met.items()):
            continue
        with tables_read() as read:
            rows = list(known[name].rows(person))
        tables = tuple(sorted(read))
        shape = alike(situation, tables)
        if shape is not None:
            met.setdefault(tables, set()).add(shape)
        yield name, rows


@contextmanager
def tables_read() -> Iterator[set[str]]:
    """Collect the names of the tables that are read."""
    found: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        found.update(TABLE.findall(sql))
        return execute(sql, *given)

    with connection.execute_wrapper(note):
        yield found
