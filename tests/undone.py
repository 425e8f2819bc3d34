"""What is written and undone again, within the transaction of a test."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Roll back what is written in this context. `atomic` is no way to do it: actions are durable.

    The savepoint is released in the end: what comes after would be nested in it, and each level keeps a lock.
    """
    before = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(before)
        transaction.savepoint_commit(before)
