"""Records what an action asks for with a lock and what it writes, from its queries."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler

SERIES = {"banks.casecounter", "letters.numberseries"}
"""Numbers without gaps: locked by every action that takes one."""

WRITE = re.compile(
    r'(INSERT|UPDATE|DELETE)(?: OR IGNORE)?(?: INTO| FROM)? "(\w+)"(?: SET (.*?))?(?: WHERE|$| \(|\Z)',
    re.DOTALL,
)
NOT_TOLD = {"journal_link", "cache"}
"""The chain of the journal is written by a trigger or by the journal, as the database has it."""


@dataclass
class Recorded:
    """What was done, in order.

    Args:
        locked: the models of which rows were asked for with a lock, without series of numbers.
        before: how many of them were asked for before the first write.
        written: tables that were written to, with the columns of an update; repetitions are left out.
    """

    locked: list[str] = field(default_factory=list)
    before: int = -1
    written: list[str] = field(default_factory=list)


@contextmanager
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorded]:
    """Record locks and writes of the body."""
    found = Recorded()
    as_sql = SQLCompiler.as_sql

    def with_record(self: SQLCompiler, *args: Any, **options: Any) -> Any:
        label = self.query.model._meta.label_lower if self.query.model else ""
        if self.query.select_for_update and label not in SERIES:
            found.locked.append(label)
        return as_sql(self, *args, **options)

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        write = WRITE.match(sql)
        if write and write[2] not in NOT_TOLD:
            found.before = len(found.locked) if found.before < 0 else found.before
            columns = re.findall(r'"(\w+)" = ', write[3] or "")
            line = " ".join([write[1].lower(), write[2], *columns])
            if line not in found.written[-1:]:
                found.written.append(line)
        return execute(sql, params, many, context)

    with monkeypatch.context() as patch, connection.execute_wrapper(watch):
        patch.setattr(SQLCompiler, "as_sql", with_record)
        yield found
