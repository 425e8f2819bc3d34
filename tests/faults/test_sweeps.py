"""The sweep when its worker is killed, PostgreSQL stops, or it runs twice: everything due is done once, on its day."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import INTERNAL_SERVER_ERROR
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from tests.faults import scenes
from tests.faults.place import Place
from tests.faults.servers import wait_for

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
ROUNDS = 5
BANKS, DONE = 4, 2
"""How many orders are due, and how many have lapsed when the fault comes."""


@contextmanager
def sweep_stopped_in_a_case(place: Place, banks: list[int]) -> Iterator[None]:
    """Let the worker sweep until the third case: its order is saved, its journal entry is not."""
    with ExitStack() as held:
        row = held.enter_context(place.held(f"SELECT 1 FROM banks_bank WHERE id = {banks[DONE]} FOR UPDATE"))
        place.call(scenes.ask, "sweep")
        place.wait_until_stopped()
        held.enter_context(place.closed("journal_entry"))
        row.rollback()
        place.wait_until_stopped(at_table=True)
        assert place.call(scenes.lapsed, banks).count(scenes.LAPSED_ONLY) == DONE
        yield


def _all_done(place: Place, banks: list[int]) -> None:
    wait_for(lambda: place.call(scenes.lapsed, banks) == [scenes.ALL_DONE] * len(banks), "all lapsed once")


@pytest.mark.parametrize("kill", [Place.kill_children, Place.kill_group], ids=["child", "group"])
def test_worker_killed_in_a_sweep_loses_and_repeats_nothing(
    place: Place, kill: Callable[[Place, str], None]
) -> None:
    banks = place.call(scenes.due, BANKS)
    with sweep_stopped_in_a_case(place, banks):
        kill(place, "worker")
    place.wait_until_quiet()
    if "worker" not in place.programs:
        place.start("worker")
    place.call(scenes.ask, "sweep")
    _all_done(place, banks)


def test_postgresql_stopped_in_a_sweep_loses_and_repeats_nothing(place: Place) -> None:
    banks = place.call(scenes.due, BANKS)
    with sweep_stopped_in_a_case(place, banks):
        place.cluster.stop()
    place.cluster.start()
    wait_for(lambda: place.ask("GET", "/accounts/login/")[0] < INTERNAL_SERVER_ERROR, "the web answers again")
    place.call(scenes.ask, "sweep")
    _all_done(place, banks)


def _two_sweeps(place: Place, folder: Path, *, protected: bool) -> tuple[list[BaseProcess], Path]:
    """Start two processes that sweep when the returned file is there."""
    ready, go = [folder / "one", folder / "two"], folder / "go"
    sweeps = [place.begin(scenes.sweep_at_once, str(file), str(go), protected) for file in ready]
    wait_for(lambda: all(file.exists() for file in ready), "both have started")
    return sweeps, go


def test_sweep_delivered_many_times_is_done_once(place: Place, tmp_path: Path) -> None:
    """Two beats, a task that is delivered twice, and another sweep at the same time."""
    banks = place.call(scenes.due, BANKS)
    sweeps, go = _two_sweeps(place, tmp_path, protected=True)
    with place.held(f"SELECT 1 FROM banks_bank WHERE id = {banks[0]} FOR UPDATE"):
        go.touch()
        place.call(scenes.ask, "sweep", "sweep")
        place.wait_until_stopped(len(sweeps) + 1)
    for sweep in sweeps:
        sweep.join()
        assert sweep.exitcode == 0
    _all_done(place, banks)


def test_control_sweep_without_transactions_leaves_half_a_case(spoiled: Place) -> None:
    spoiled.call(scenes.due, 1)
    with spoiled.closed("journal_entry"):
        sweep = spoiled.begin(scenes.sweep_unprotected)
        spoiled.wait_until_stopped()
        sweep.kill()
        sweep.join()
        spoiled.end_stopped()
    spoiled.wait_until_quiet()
    spoiled.call(scenes.sweep)
    assert spoiled.judge()


def test_control_two_sweeps_without_locks_are_found(spoiled: Place, tmp_path: Path) -> None:
    """Control: in one of some rounds the two sweeps do the same; which of them meet is left to the machine."""
    assert any(_are_spoiled_by_two_sweeps(spoiled, tmp_path / str(number)) for number in range(ROUNDS))


def _are_spoiled_by_two_sweeps(place: Place, folder: Path) -> bool:
    folder.mkdir()
    banks = place.call(scenes.due, 1)
    sweeps, go = _two_sweeps(place, folder, protected=False)
    with place.closed("journal_entry"):
        go.touch()
        place.wait_until_stopped(len(sweeps))
    for sweep in sweeps:
        sweep.join()
    place.call(scenes.sweep)
    return bool(place.call(scenes.lapsed, banks) != [scenes.ALL_DONE])
