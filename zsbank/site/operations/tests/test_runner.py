"""The sweep: runs what is due, records it, and continues after a failing row."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from zsbank.base.calendar import clock
from zsbank.base.calendar.sweeping import Step
from zsbank.base.files.places import alone
from zsbank.base.refusals import WrongState
from zsbank.site.operations import runner
from zsbank.site.operations.models import SweepRun

pytestmark = pytest.mark.django_db

WithSteps = Callable[..., None]


@pytest.fixture
def with_steps(monkeypatch: pytest.MonkeyPatch) -> WithSteps:
    """Replace all steps of the sweep."""

    def only(*steps: Step) -> None:
        monkeypatch.setattr(runner, "steps", lambda: list(steps))

    return only


def _refuse(pk: int) -> bool:
    if pk == 2:
        raise ValueError("张三 138 0013 8000")
    return True


def test_failing_row_is_recorded_and_others_continue(with_steps: WithSteps) -> None:
    later: set[int] = set()

    def remind(pk: int) -> bool:
        later.add(pk)
        return True

    with_steps(
        Step("lapse", lambda _on: [1, 2, 3], _refuse),
        Step("remind", lambda _on: [7], remind),
    )
    run = runner.run()
    assert run.done == {"lapse": 2, "remind": 1}
    assert later == {7}
    assert [(failure["step"], failure["id"], failure["error"]) for failure in run.failed] == [
        ("lapse", 2, "ValueError")
    ]
    assert "张三" not in str(run.failed)
    assert run.failed[0]["where"].startswith("zsbank/site/operations/")


def test_failing_step_does_not_stop_others(with_steps: WithSteps) -> None:
    def broken(_on: dt.date) -> list[int]:
        raise KeyError("row")

    with_steps(Step("lapse", broken, lambda _pk: True), Step("remind", lambda _on: [1], lambda _pk: True))
    run = runner.run()
    assert (run.done, run.failed[0]["id"]) == ({"remind": 1}, None)


def test_refusal_is_recorded_with_code(with_steps: WithSteps) -> None:
    def refuse(_pk: int) -> bool:
        raise WrongState.moved_on()

    with_steps(Step("lapse", lambda _on: [1], refuse))
    assert runner.run().failed[0]["error"] == "WrongState (wrong_state)"


def test_run_is_stored_when_nothing_is_due(with_steps: WithSteps) -> None:
    with_steps()
    runner.run()
    row = SweepRun.objects.get()
    assert (row.on, row.done, row.failed) == (clock.today(), {}, [])
    assert row.finished_at is not None


def test_items_already_done_are_not_counted(with_steps: WithSteps) -> None:
    with_steps(Step("lapse", lambda _on: [1], lambda _pk: False))
    assert runner.run().done == {}


def test_interrupted_run_keeps_results(with_steps: WithSteps) -> None:
    def killed(_pk: int) -> bool:
        raise KeyboardInterrupt

    with_steps(Step("lapse", lambda _on: [1], lambda _pk: True), Step("remind", lambda _on: [1], killed))
    with pytest.raises(KeyboardInterrupt):
        runner.run()
    row = SweepRun.objects.get()
    assert (row.done, row.finished_at) == ({"lapse": 1}, None)


@time_machine.travel("2026-11-24 09:00 +0800", tick=False)
def test_simulated_day_applies_to_steps_not_to_row(with_steps: WithSteps) -> None:
    seen: list[dt.date] = []

    def note(_pk: int) -> bool:
        seen.append(clock.today())
        return True

    with_steps(Step("lapse", lambda on: [on.toordinal()], note))
    run = runner.run(on=dt.date(2031, 5, 1))
    assert seen == [dt.date(2031, 5, 1)]
    assert run.on == dt.date(2031, 5, 1)
    assert run.finished_at == clock.now()
    assert clock.today() == dt.date(2026, 11, 24)


def outgoing(monkeypatch: pytest.MonkeyPatch, **steps: Callable[[int], bool]) -> None:
    """Replace what goes out: one step of each kind, with one item."""
    left = {kind: [1] for kind in steps}

    def step(kind: str, do: Callable[[int], bool]) -> Step:
        return Step(kind, lambda _on: left.pop(kind, []), do)

    monkeypatch.setattr(runner, "OUTGOING", {kind: (step(kind, do),) for kind, do in steps.items()})


def test_deliver_stores_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    outgoing(monkeypatch, mail=lambda _pk: True)
    assert runner.deliver().done == {"mail": 1}
    assert not SweepRun.objects.exists()


def test_kinds_do_not_wait_for_each_other(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    """Check that mail goes out, and letters are left alone, while another process makes letters that hang."""
    settings.WORK_DIR = tmp_path
    outgoing(monkeypatch, letters=lambda _pk: True, mail=lambda _pk: True)
    with alone("letters"):
        assert runner.deliver("letters").done == {}
        assert runner.deliver("mail").done == {"mail": 1}
    assert runner.deliver("letters").done == {"letters": 1}


def test_sweep_leaves_what_goes_out_to_its_own_tasks(
    with_steps: WithSteps, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_steps(Step("lapse", lambda _on: [1], lambda _pk: True))
    outgoing(monkeypatch, letters=lambda _pk: pytest.fail("made in the sweep"))
    run = runner.run(outgoing=False)
    assert (run.done, run.failed) == ({"lapse": 1}, [])


def test_what_is_asked_for_meanwhile_goes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    queue = [[1], [2], []]
    step = Step("make_file", lambda _on: queue.pop(0), lambda _pk: True)
    monkeypatch.setattr(runner, "OUTGOING", {"letters": (step,)})
    assert runner.deliver().done == {"make_file": 2}


def test_steps_are_ordered_and_unique() -> None:
    names = [step.name for step in runner.steps()]
    assert names.index("accept_application") < names.index("open_exit_case") < names.index("lock_out")
    assert len(names) == len(set(names))
