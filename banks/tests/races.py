"""Concurrency: run actions in threads that start at the same moment."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence

from django.db import connections

from zsbank.base.refusals import WrongState

ONE_WINS = Counter({"done": 1, "refused as moved on": 1})


def at_once(verbs: Sequence[Callable[[Callable[[], object]], object]]) -> Counter[str]:
    """Run actions concurrently and count the outcomes.

    Args:
        verbs: each is called with a function that waits for the others; it reads its copy first, waits, then acts.
    """
    barrier, outcomes = threading.Barrier(len(verbs)), Counter[str]()

    def one(verb: Callable[[Callable[[], object]], object]) -> None:
        try:
            verb(barrier.wait)
            outcomes["done"] += 1
        except WrongState:
            outcomes["refused as moved on"] += 1
        except Exception as error:  # noqa: BLE001 - what else a loser sees is the point
            outcomes[type(error).__name__] += 1
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
