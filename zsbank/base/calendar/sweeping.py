"""What a sweep is made of: for each kind of due thing, how to find what is due and how to do one of it."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One kind of thing that falls due.

    Args:
        name: the verb that is done, as the run's result and the journal name it.
        due: the ids of what is due and not yet done on a day (local date), in a steady order.
        do: does one of them in a transaction of its own, looking again under the row's lock; says whether anything was
            done, so that a second sweep, or a second worker, changes nothing.
        by_date: whether it falls due with a date alone, so that what was due yesterday must be done by now.
        after_others: whether it is done after what falls due in all other cases.
    """

    name: str
    due: Callable[[dt.date], Iterable[int]]
    do: Callable[[int], bool]
    by_date: bool = False
    after_others: bool = False
