"""Facts that the journal holds: every change of a row past the program is found, and stops what cannot be undone."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import connection

from admission.decisions import triggers as decision_triggers
from admission.tests.factories import admitted
from banks.register.actions import lock_out, register_bank, release
from banks.register.models import Bank
from banks.register.states import Standing
from banks.register.terms import BankCategory
from exit.cases.actions import cases as exits
from exit.cases.models import ExitCase
from exit.cases.states import ExitState
from inspections.assessments.actions.results import finalise_assessment, record_assessment
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.actions.determinations import make_determination
from inspections.rectification.actions.orders import lapse
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import HEARD, proposed
from inspections.schemes.tests.factories import published
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal import facts
from zsbank.base.journal.facts import facts_match_journal
from zsbank.base.journal.models import Entry
from zsbank.base.journal.tests.tampering import run_deferred_triggers
from zsbank.base.letters import triggers as letter_triggers
from zsbank.base.pages.particulars import lines_of
from zsbank.base.refusals import Refused
from zsbank.site.operations import integrity, runner

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

ADMITTED, DETERMINED, DUE = dt.date(2020, 3, 2), dt.date(2020, 8, 31), dt.date(2021, 3, 1)
LEFT = dt.date(2021, 3, 10)


def open_order(bank: Bank, clerk: User, people: "People") -> RectificationOrder:
    """The order of 示例银行甲, which was admitted by an application and assessed once."""
    with clock.playing(ADMITTED):
        admitted(bank, clerk, people)
    with clock.playing(DETERMINED - HEARD):
        kind = DeterminationKind.SERIOUS_DEFAULT
        found = proposed(bank, by=people.inspector, kind=kind, facts="多处网点拒绝办理。", criteria=())
    with clock.playing(DETERMINED):
        make_determination(determination=found, by=people.decider)
    with clock.playing(DUE - dt.timedelta(days=30)):
        published(2020, [{"grade": "合格", "from": "0"}])
        result = record_assessment(bank=bank, year=2020, score=Decimal(70), reason="", by=people.assessor)
        finalise_assessment(assessment=result, by=people.second_assessor)
    return RectificationOrder.objects.get()


@pytest.fixture
def order(bank: Bank, clerk: User, people: "People") -> RectificationOrder:
    return open_order(bank, clerk, people)


def lapsed_case(order: RectificationOrder, people: "People") -> ExitCase:
    runner.run(on=DUE + dt.timedelta(days=1))
    case = ExitCase.objects.get()
    with clock.playing(DUE + dt.timedelta(days=1)):
        exits.propose_exit(case=case, by=people.reviewer)
    return case


@pytest.fixture
def left(order: RectificationOrder, people: "People") -> ExitCase:
    """The signed exit of 示例银行甲."""
    case = lapsed_case(order, people)
    with clock.playing(LEFT):
        return exits.sign_exit(case=case, by=people.second_decider)


@pytest.fixture
def without_triggers() -> Iterator[None]:
    """The tables as their owner can change them."""
    run_deferred_triggers()
    for triggers in (letter_triggers, decision_triggers):
        triggers.remove(connection)
    yield
    run_deferred_triggers()
    for triggers in (letter_triggers, decision_triggers):
        triggers.install(connection)


CHANGES: dict[str, tuple[str, dict[str, Any]]] = {
    "end of the bar": ("banks.bank", {"may_apply_from": "2022-01-01"}),
    "last day of the bar": ("banks.bank", {"bar_last_day": "2022-01-01"}),
    "start of the qualification": ("banks.qualification", {"effective_from": "2019-01-01"}),
    "end of the qualification": ("banks.qualification", {"cancelled_on": "2021-03-11"}),
    "day of issuing": ("banks.qualification", {"issuing_from": "2020-03-01"}),
    "title of a letter": ("letters.letter", {"title": "假"}),
    "addressee of a letter": ("letters.letter", {"addressee": "假"}),
    "code on a letter": ("letters.letter", {"uscc": "假"}),
    "date of a letter": ("letters.letter", {"issue_date": "2019-01-01"}),
    "data of a letter": ("letters.letter", {"data": {}}),
    "outcome of a decision": ("admission.decision", {"outcome": "refuse", "qualification_id": None}),
    "reason of a decision": ("admission.decision", {"reason": "假"}),
    "moment of a decision": ("admission.decision", {"at": "2019-01-01T00:00:00Z"}),
    "outcome of a recommendation": ("admission.recommendation", {"outcome": "假"}),
    "basis of a recommendation": ("admission.recommendation", {"basis": {}}),
    "answer of a decided case": ("admission.answer", {"text": "假"}),
    "facts of a decided case": ("admission.answer", {"facts": {"假": "假"}}),
    "finding of a decided case": ("admission.finding", {"reason": "假"}),
    "day of an agreement": ("admission.agreement", {"bank_signed_on": "2019-01-01"}),
    "acceptance due date": ("admission.application", {"accept_by": "2030-01-01"}),
    "decision due date": ("admission.application", {"decide_by": "2030-01-01"}),
    "facts of a determination": ("inspections.determination", {"facts": "假"}),
    "day of a determination": ("inspections.determination", {"determination_date": "2019-01-01"}),
    "due date of an order": ("inspections.rectificationorder", {"due_date": "2030-01-01"}),
    "ground of an order": (
        "inspections.rectificationorder",
        {"ground": "assessment", "determination_id": None, "first_year": 2019, "assessed_year": 2020},
    ),
    "closing of an order": ("inspections.rectificationorder", {"closed_on": "2019-01-01"}),
    "score": ("inspections.assessment", {"score": "10.00"}),
    "grade": ("inspections.assessment", {"grade": "假"}),
    "ground of an exit": ("exit.ground", {"statement": "另一事由"}),
    "facts of an exit": ("exit.ground", {"statement": "假"}),
    "moment of an exit": ("exit.exitcase", {"signed_at": "2019-01-01T00:00:00Z"}),
    "due date of a statement": ("banks.priornotice", {"due_date": "2030-01-01"}),
}


def change(label: str, values: dict[str, Any]) -> int:
    """Change a row as the owner of the table could; return its key."""
    rows = apps.get_model(label)._base_manager
    pk: int = rows.order_by("pk").values_list("pk", flat=True)[0]
    rows.filter(pk=pk).update(**values)
    return pk


@pytest.mark.usefixtures("without_triggers")
def test_every_changed_fact_is_found(left: ExitCase) -> None:
    """Each change is tried alone, and undone."""
    assert list(facts_match_journal()) == []
    missed = []
    for what, (label, values) in CHANGES.items():
        rows = apps.get_model(label)._base_manager.order_by("pk")
        before = rows.values(*values)[0]
        pk = change(label, values)
        if not any(
            line.startswith(f"{label} {pk}: {next(iter(values))} is ") for line in facts_match_journal()
        ):
            missed.append(what)
        rows.filter(pk=pk).update(**before)
    assert missed == []
    assert list(facts_match_journal()) == []


@pytest.mark.parametrize("name", ["name", "uscc", "category", "license_institution_code", "address"])
def test_changed_data_of_a_bank_are_found(people: "People", name: str) -> None:
    bank = register_bank(
        name="示例银行丁",
        uscc="91442000MADEM0038X",
        category=BankCategory.CITY,
        license_institution_code="B0001S244200001",
        address="示例路1号",
        by=people.intake,
    )
    assert list(facts_match_journal()) == []
    Bank.objects.update(**{name: "假"})
    [line] = facts_match_journal()
    assert line.startswith(f"banks.bank {bank.pk}: {name} is 假, the journal says ")


def test_deleted_row_is_found(left: ExitCase) -> None:
    agreements = apps.get_model("admission.agreement")._base_manager
    keys = list(agreements.order_by("pk").values_list("pk", flat=True))
    assert keys
    agreements.all().delete()
    assert list(facts_match_journal()) == [
        f"admission.agreement {pk}: is gone, the journal holds it" for pk in keys
    ]


@pytest.fixture
def nothing_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries hold no facts."""
    monkeypatch.setattr(facts, "_sources", [])


@pytest.mark.usefixtures("nothing_held")
def test_control_without_facts_in_entries_nothing_is_found(
    bank: Bank, clerk: User, people: "People", monkeypatch: pytest.MonkeyPatch
) -> None:
    open_order(bank, clerk, people)
    monkeypatch.undo()
    change("inspections.rectificationorder", {"due_date": "2030-01-01"})
    change("inspections.assessment", {"score": "10.00"})
    assert list(facts_match_journal()) == []


def test_released_early_is_refused(left: ExitCase, bank: Bank) -> None:
    """The bar of five years moved by the tables' owner: the sweep leaves the bank for a person."""
    runner.run(on=LEFT + dt.timedelta(days=1))
    Bank.objects.update(may_apply_from=dt.date(2022, 1, 1), bar_last_day=dt.date(2021, 12, 31))
    run = runner.run(on=dt.date(2022, 1, 1))
    assert Bank.objects.get(pk=bank.pk).standing == Standing.LOCKED_OUT
    assert [(failure["step"], failure["error"]) for failure in run.failed] == [
        ("release", "Refused (contradicted)")
    ]


def test_locked_out_early_is_refused(left: ExitCase, bank: Bank) -> None:
    bank.qualifications.update(cancelled_on=LEFT - dt.timedelta(days=1))
    with clock.playing(LEFT), pytest.raises(Refused) as refused:
        lock_out(bank=bank, by=None)
    assert refused.value.code == "contradicted"
    assert Bank.objects.get(pk=bank.pk).standing == Standing.EXITED


def test_lapsed_early_is_refused(order: RectificationOrder) -> None:
    RectificationOrder.objects.update(due_date=DUE - dt.timedelta(days=100))
    with clock.playing(DUE - dt.timedelta(days=50)), pytest.raises(Refused) as refused:
        lapse(order=order, by=None)
    assert refused.value.code == "contradicted"
    assert RectificationOrder.objects.get().state == OrderState.OPEN


@pytest.mark.parametrize(
    ("label", "values"),
    [
        ("exit.ground", {"statement": "假"}),
        ("inspections.rectificationorder", {"due_date": "2021-01-04"}),
        ("banks.qualification", {"effective_from": "2019-01-01"}),
    ],
)
def test_exit_on_changed_grounds_is_not_signed(
    order: RectificationOrder, people: "People", label: str, values: dict[str, Any]
) -> None:
    case = lapsed_case(order, people)
    change(label, values)
    with clock.playing(LEFT), pytest.raises(Refused) as refused:
        exits.sign_exit(case=case, by=people.second_decider)
    assert refused.value.code == "contradicted"
    assert ExitCase.objects.get().state == ExitState.PROPOSED


@pytest.mark.usefixtures("nothing_held")
def test_control_without_facts_bank_is_released_early(
    order: RectificationOrder, people: "People", bank: Bank
) -> None:
    case = lapsed_case(order, people)
    with clock.playing(LEFT):
        exits.sign_exit(case=case, by=people.second_decider)
    runner.run(on=LEFT + dt.timedelta(days=1))
    Bank.objects.update(may_apply_from=dt.date(2022, 1, 1))
    with clock.playing(dt.date(2022, 1, 1)):
        release(bank=bank, by=None)
    assert Bank.objects.get(pk=bank.pk).standing == Standing.APPLICANT


def test_entry_shows_no_facts(left: ExitCase) -> None:
    """Readers see the particulars, not the values that are kept for the comparison."""
    entry = Entry.objects.get(verb="sign_exit")
    assert "facts" in entry.data
    assert "facts" not in dict(lines_of(entry))


def test_person_made_superuser_is_found(people: "People") -> None:
    assert list(integrity.findings()) == []
    User.objects.filter(pk=people.intake.pk).update(is_superuser=True)
    assert list(integrity.findings()) == [f"accounts.user {people.intake.pk}: was made a superuser"]
