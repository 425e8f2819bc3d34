"""The server's work for a request: SQL statements and loaded objects."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models.signals import post_init

Work = list[str]
SAVEPOINT = re.compile(r'SAVEPOINT "?\w+"?')


@contextmanager
def watched() -> Iterator[Work]:
    """Collect statements without parameters, and classes of loaded objects."""
    done: Work = []

    def statement(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        done.append(SAVEPOINT.sub("SAVEPOINT", sql))
        return execute(sql, params, many, context)

    def loaded(sender: type, **_given: Any) -> None:
        done.append(sender.__name__)

    post_init.connect(loaded)
    try:
        with connection.execute_wrapper(statement):
            yield done
    finally:
        post_init.disconnect(loaded)
