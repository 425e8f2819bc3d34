"""Steps of the sweep: how to find what is due, and how to process one item."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One kind of item that falls due.

    Args:
        name: the verb, as in the run's result and in the journal.
        due: returns the ids of items due on a day (local date) and not yet done, in a stable order.
        do: processes one item in its own transaction, checking again under the row lock; returns whether
            anything was done, so that a second sweep or a second worker changes nothing.
        by_date: whether it falls due by date alone, so that all items of yesterday must be done by now.
        after_others: whether it runs after the steps of all other cases.
    """

    name: str
    due: Callable[[dt.date], Iterable[int]]
    do: Callable[[int], bool]
    by_date: bool = False
    after_others: bool = False


PAUSES = (1, 2, 5, 15, 30, 60)
"""Minutes between attempts; the last one is repeated for ever."""


def pause_after(attempts: int) -> dt.timedelta:
    """Return how long to wait after an attempt that failed.

    Args:
        attempts: how many there were before it.
    """
    return dt.timedelta(minutes=PAUSES[min(attempts, len(PAUSES) - 1)])
