"""The rounds, as a test, for the servers and programs of `tests/faults`; `__main__.py` runs it."""

import os
import random
import time

import pytest

from bench.faults import ROUNDS, SEED
from tests.faults import scenes
from tests.faults.conftest import cluster, ground, place, redis, running
from tests.faults.place import Place
from tests.faults.servers import wait_for

__all__ = ["cluster", "ground", "place", "redis", "running"]
pytestmark = pytest.mark.django_db
DECISIONS, ORDERS = 3, 30
LONGEST = {"web": 1.5, "worker": 2.0}
"""Seconds after which they are killed at the latest."""


def decide_while_web_dies(place: Place, moments: random.Random) -> str:
    """Submit decisions while web is killed; those that got no answer are made again."""
    cases = [place.call(scenes.to_decide) for _number in range(DECISIONS)]
    answers = [place.submit_meanwhile(path, session) for _pk, path, session in cases]
    time.sleep(moments.uniform(0, LONGEST["web"]))
    place.kill_children("web")
    statuses = [answer() for answer in answers]
    place.wait_until_quiet()
    assert place.judge() == []
    wait_for(lambda: place.ask("GET", "/accounts/login/"), "the web answers again")
    for pk, path, session in cases:
        if place.call(scenes.outcome, pk) == scenes.UNDECIDED:
            place.submit(path, session)
        assert place.call(scenes.outcome, pk) == scenes.ONCE
    return f"answers {statuses}"


def sweep_while_worker_dies(place: Place, moments: random.Random) -> str:
    """Sweep while the worker's processes, or all of it, are killed."""
    banks = place.call(scenes.due, ORDERS)
    place.call(scenes.ask, "sweep")
    time.sleep(moments.uniform(0, LONGEST["worker"]))
    whole = moments.random() < 0.5
    (place.kill_group if whole else place.kill_children)("worker")
    done = sum(found == scenes.ALL_DONE for found in place.call(scenes.lapsed, banks))
    place.wait_until_quiet()
    if whole:
        place.start("worker")
    place.call(scenes.ask, "sweep")
    wait_for(lambda: place.call(scenes.lapsed, banks) == [scenes.ALL_DONE] * ORDERS, "all lapsed once")
    return f"{'worker' if whole else 'its processes'} killed after {done} of {ORDERS}"


def test_rounds(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """Go through all rounds."""
    moments = random.Random(int(os.environ[SEED]))  # noqa: S311 the same every time
    for number in range(1, int(os.environ[ROUNDS]) + 1):
        words = [decide_while_web_dies(place, moments), sweep_while_worker_dies(place, moments)]
        assert place.judge() == []
        with capsys.disabled():
            print(f"round {number}: {'; '.join(words)}; nothing wrong found", flush=True)
