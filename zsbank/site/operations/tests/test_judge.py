"""The daily integrity check: it runs by itself, keeps its result, and tells operators and auditors."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from admission.tests.factories import admitted
from banks.register.models import Bank
from conftest import make_officer
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal import actions as journal
from zsbank.base.journal.chain import Checkpoint
from zsbank.base.journal.models import Link
from zsbank.base.journal.tests.tampering import run_deferred_triggers, tamper
from zsbank.base.letters.models import NumberSeries
from zsbank.base.notices.models import Message
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role
from zsbank.site.operations import checkpoints, health, integrity, judge, runner
from zsbank.site.operations.models import Judgement

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
DAY = dt.date(2026, 11, 24)
NEXT = DAY + dt.timedelta(days=1)


@pytest.fixture
def register(bank: Bank, clerk: User, people: "People", committed: Callable[..., object]) -> Bank:
    """示例银行甲 is admitted."""
    with committed():  # type: ignore[attr-defined]
        admitted(bank, clerk, people)
    runner.deliver()
    for _number in range(4):
        journal.record(verb=Verb.WRITE_NOTE, by=people.intake, subject=bank)
    run_deferred_triggers()
    return bank


def cut_off(count: int = 4) -> None:
    """Delete the newest entries as the owner of the tables could."""
    last = Link.objects.latest("sequence").sequence
    tamper(
        f"DELETE FROM journal_link WHERE sequence > {last - count}",
        "DELETE FROM journal_entry WHERE id NOT IN (SELECT entry_id FROM journal_link)",
    )


def test_cut_record_is_not_forgotten_the_next_day(register: Bank) -> None:
    assert runner.run(on=DAY).done["keep_checkpoint"] == 1
    cut_off()
    run = runner.run(on=NEXT)
    assert [failure["error"] for failure in run.failed if failure["step"] == "keep_checkpoint"] == [
        "Contradicted"
    ]
    assert not checkpoints.path_of(NEXT).exists()
    run_deferred_triggers()
    assert any(f"the checkpoint of {DAY}" in line for line in integrity.findings())


def test_control_checkpoint_without_comparison_forgets(
    register: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kept unseen, and compared with the newest alone, as in earlier versions: the cut does not show."""
    runner.run(on=DAY)
    cut_off()
    monkeypatch.setattr(checkpoints, "contradictions", lambda last: ())
    runner.run(on=NEXT)
    run_deferred_triggers()
    newest = checkpoints.newest()
    assert newest is not None
    assert newest.day == NEXT.isoformat()
    assert list(checkpoints.findings(newest)) == []
    assert list(checkpoints.findings(*checkpoints.all_kept())) != []


@pytest.mark.parametrize("older", [0, 1])
def test_every_kept_checkpoint_is_compared(register: Bank, older: int) -> None:
    for day in (DAY, NEXT):
        checkpoints.store_checkpoint(day.toordinal())
    path = checkpoints.kept_files()[older]
    known = Checkpoint.read(path)
    path.write_text(path.read_text(encoding="utf-8").replace(known.head, "f" * 64), encoding="utf-8")
    line = f"journal {known.sequence}: is not what the checkpoint of {known.day} holds; rewritten"
    assert line in list(integrity.findings())


def test_judge_keeps_its_result_and_tells_operators_and_auditors(register: Bank, people: "People") -> None:
    operator = make_officer("operator", Role.SYSTEM_ADMINISTRATOR)
    NumberSeries.objects.update(last=9)
    made = judge.run()
    assert made is not None
    assert (made.found, made.lines) == (1, list(integrity.findings()))
    told = Message.objects.filter(key=f"judgement:{clock.today().isoformat()}")
    assert {message.recipient for message in told} == {people.auditor, operator}
    assert all(made.lines[0] in message.body for message in told)
    assert [part.well for part in health.check(["judgement"])] == [False]


def test_judge_without_findings_tells_nobody(register: Bank) -> None:
    assert judge.is_due()
    made = judge.run()
    assert made is not None
    assert (made.found, made.finished_at is None) == (0, False)
    assert not Message.objects.filter(key__startswith="judgement").exists()
    assert [part.well for part in health.check(["judgement"])] == [True]


def test_judge_runs_once_a_day(register: Bank) -> None:
    judge.run()
    assert not judge.is_due()
    assert judge.run() is None
    with clock.playing(clock.today() + dt.timedelta(days=1)):
        assert judge.is_due()
    assert Judgement.objects.count() == 1


def test_finding_of_one_reading_only_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A case that changes between two queries of the check is no finding."""
    readings = iter([["a: passing", "b: real"], ["b: real"]])
    monkeypatch.setattr(integrity, "findings", lambda: iter(next(readings)))
    made = judge.run()
    assert made is not None
    assert made.lines == ["b: real"]


def test_findings_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrity, "findings", lambda: (f"row {number}" for number in range(10**6)))
    made = judge.run()
    assert made is not None
    assert made.found == judge.LINES_KEPT


def test_judge_that_was_killed_is_shown() -> None:
    Judgement.objects.create(day=clock.today(), started_at=clock.now() - dt.timedelta(hours=3))
    assert [part.well for part in health.check(["judgement"])] == [False]
