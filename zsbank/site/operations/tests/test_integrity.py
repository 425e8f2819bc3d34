"""The integrity check: no finding after a bank's whole life, and findings after tampering."""

import datetime as dt
from collections.abc import Callable
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from admission.tests.factories import admitted, pdf_file
from banks.register.models import Bank
from banks.register.states import Standing
from exit.cases.actions import cases as exits
from exit.cases.models import ExitCase
from exit.cases.states import ExitState
from inspections.determinations.models import Determination
from inspections.determinations.states import DeterminationState
from inspections.determinations.terms import DeterminationKind
from inspections.determinations.tests.factories import proposal
from inspections.rectification.actions.determinations import make_determination
from inspections.rectification.tests.factories import HEARD, proposed, qualified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files import store
from zsbank.base.files.actions import store_upload
from zsbank.base.files.models import StoredFile
from zsbank.base.journal import actions as journal
from zsbank.base.journal.models import Entry
from zsbank.base.journal.tests.tampering import run_deferred_triggers, tamper
from zsbank.base.letters.models import NumberSeries
from zsbank.base.permissions import Verb
from zsbank.site.operations import integrity, runner
from zsbank.site.operations.models import SweepRun

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

ADMITTED = dt.date(2020, 3, 2)
DETERMINED = dt.date(2020, 8, 31)
DUE = dt.date(2021, 3, 1)
"""2021-02-28 is a Sunday, so the order is due the next day."""

LEFT = dt.date(2021, 3, 10)


def found() -> list[str]:
    """Return the findings after the commit."""
    run_deferred_triggers()
    return list(integrity.findings())


@pytest.fixture
def lapsed(bank: Bank, clerk: User, people: "People", committed: Callable[..., object]) -> ExitCase:
    """An exit case: 示例银行甲 was admitted and put under rectification, and the order lapsed."""
    with committed():  # type: ignore[attr-defined]
        with clock.playing(ADMITTED):
            admitted(bank, clerk, people)
        with clock.playing(DETERMINED - HEARD):
            kind = DeterminationKind.SERIOUS_DEFAULT
            found = proposed(bank, by=people.inspector, kind=kind, facts="多处网点拒绝办理。", criteria=())
        with clock.playing(DETERMINED):
            make_determination(determination=found, by=people.decider)
        runner.run(on=DUE)
        assert not ExitCase.objects.exists()
        runner.run(on=DUE + dt.timedelta(days=1))
    return ExitCase.objects.get()


@pytest.fixture
def left(lapsed: ExitCase, people: "People", committed: Callable[..., object]) -> ExitCase:
    """A signed exit: prior notice, no statement, exit notice."""
    with committed():  # type: ignore[attr-defined]
        with clock.playing(DUE + dt.timedelta(days=1)):
            exits.propose_exit(case=lapsed, by=people.reviewer)
        with clock.playing(LEFT):
            return exits.sign_exit(case=lapsed, by=people.second_decider)


def _standing(bank: Bank) -> str:
    return Bank.objects.values_list("standing", flat=True).get(pk=bank.pk)


def test_whole_life_leaves_no_findings(left: ExitCase, bank: Bank) -> None:
    assert left.state == ExitState.SIGNED
    assert _standing(bank) == Standing.EXITED
    runner.run(on=LEFT)
    assert _standing(bank) == Standing.EXITED
    runner.run(on=LEFT + dt.timedelta(days=1))
    assert _standing(bank) == Standing.LOCKED_OUT
    runner.run(on=dt.date(2026, 3, 10))
    assert _standing(bank) == Standing.LOCKED_OUT
    runner.run(on=dt.date(2026, 3, 11))
    assert _standing(bank) == Standing.APPLICANT
    assert [run.failed for run in SweepRun.objects.exclude(failed=[])] == []
    assert found() == []


def test_second_sweep_changes_nothing(left: ExitCase) -> None:
    day = LEFT + dt.timedelta(days=1)
    runner.run(on=day)
    entries = Entry.objects.count()
    assert (runner.run(on=day).done, Entry.objects.count()) == ({}, entries)


def test_tampering_is_reported(left: ExitCase, bank: Bank) -> None:
    runner.run(on=LEFT + dt.timedelta(days=1))
    Bank.objects.filter(pk=bank.pk).update(standing=Standing.QUALIFIED)
    NumberSeries.objects.update(last=9)
    run_deferred_triggers()
    tamper(
        "DELETE FROM journal_link WHERE entry_id IN (SELECT id FROM journal_entry WHERE verb = 'sign_exit')",
        "DELETE FROM journal_entry WHERE verb = 'sign_exit'",
    )
    document, damaged = StoredFile.objects.order_by("pk")[:2]
    store.final_path(document.stored_name).unlink()
    store.final_path(damaged.stored_name).write_bytes(b"%PDF-another")
    said = "\n".join(found())
    for line in (
        f"banks.bank {bank.pk}: is qualified, the journal says locked_out",
        f"banks.bank {bank.pk}: is qualified, which its qualifications do not support",
        f"exit.exitcase {left.pk}: the journal has 0 entries sign_exit or take_over_exit, not one",
        f"exit.exitcase {left.pk}: is signed, the journal says proposed",
        f"files.storedfile {document.pk}: cannot be read (FileNotFoundError)",
        f"files.storedfile {damaged.pk}: is not what was stored, its hash differs",
        "the last number is 9",
        ": removed",
    ):
        assert line in said


def test_file_without_row_is_reported(left: ExitCase) -> None:
    stray = store.final_path("ab" + "0" * 30)
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"stray")
    assert f"file ab/{stray.name}: lies there without a row" in found()


def test_missed_sweep_is_reported(left: ExitCase, bank: Bank) -> None:
    assert f"lock_out {bank.pk}: was due by" in "\n".join(found())


def test_command_exits_1_with_findings(left: ExitCase) -> None:
    runner.run()
    NumberSeries.objects.filter(year=2021).update(last=9)
    out = StringIO()
    run_deferred_triggers()
    with pytest.raises(CommandError) as refused:
        call_command("check_integrity", stdout=out)
    assert refused.value.returncode == 1
    assert out.getvalue() == "letters 中人社函〔2021〕: 2 letters, the last number is 9\n"


def test_command_reports_no_findings() -> None:
    out = StringIO()
    call_command("check_integrity", stdout=out)
    assert out.getvalue() == "nothing wrong found\n"


def test_determination_made_without_entry_is_found(
    bank: Bank, people: "People", committed: Callable[..., object]
) -> None:
    with committed():  # type: ignore[attr-defined]
        proposal(qualified(bank, people.decider), by=people.inspector)
    assert found() == []
    with committed():  # type: ignore[attr-defined]
        made = {"state": "made", "determination_date": clock.today(), "made_at": clock.now()}
        Determination.objects.update(**made, decided_by=people.decider)
    row = f"inspections.determination {Determination.objects.get().pk}"
    verbs = "make_determination or confirm_determination or take_over_determination or record_determination"
    assert found() == [
        f"{row}: is made, the journal says proposed",
        f"{row}: the journal has 0 entries {verbs}, not one",
    ]


def test_determination_recorded_by_an_earlier_version_is_no_finding(
    bank: Bank, people: "People", committed: Callable[..., object]
) -> None:
    with committed():  # type: ignore[attr-defined]
        held = qualified(bank, people.decider)
        row = Determination.objects.create(
            bank=bank,
            qualification=held,
            kind=DeterminationKind.SERIOUS_BREACH,
            state=DeterminationState.MADE,
            facts="系统停摆三日。",
            document=store_upload(content=pdf_file(), name="认定书.pdf", by=people.inspector),
            proposed_at=clock.now(),
            proposed_by=people.inspector,
            determination_date=clock.today(),
            decided_by=people.decider,
            made_at=clock.now(),
        )
        journal.record(verb=Verb.RECORD_DETERMINATION, by=people.inspector, subject=row, uscc=bank.uscc)
    assert found() == []
