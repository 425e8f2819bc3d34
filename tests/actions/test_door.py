"""The `@action` decorator, tested with actions on an exit case."""

from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from admission.applications.models import Application
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import declare_conflict
from admission.tests.factories import submitted
from banks.register.models import Bank
from exit.cases.models import ExitCase
from exit.cases.states import OPEN, ExitState
from exit.cases.tests.factories import filed
from inspections.rectification.tests.factories import qualified
from zsbank.base.accounts.models import User
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.actions.tests.inside import inside
from zsbank.base.journal.models import Entry
from zsbank.base.journal.tests.reading import without_facts
from zsbank.base.permissions import Verb
from zsbank.base.refusals import ALLOWED, NotAllowed, Verdict, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def not_filed_by(by: User | None, case: ExitCase) -> Verdict:
    """Four eyes: refuse the person who opened the case."""
    if by is not None and by == case.opened_by:
        return Verdict.no("four_eyes", "你提交了该申请。", NotAllowed)
    return ALLOWED


@action(Verb.PROPOSE_EXIT, on="case", moves=ExitCase.propose, rule=not_filed_by)
def propose(*, case: ExitCase, by: User) -> ExitCase:
    """Change the state only."""
    case.propose()
    case.proposed_by = by
    case.save(update_fields=["state", "proposed_by"])
    return case


@action(Verb.CLOSE_EXIT_CASE, on="case", moves=ExitCase.close, by_clock=True)
def close(*, case: ExitCase, by: User | None, reason: str = "") -> ExitCase:
    """Record an entry with data before returning."""
    case.close()
    case.save(update_fields=["state"])
    record(reason=reason, data={"ground": case.grounds.get().kind})
    return case


@action(Verb.CLOSE_EXIT_CASE, on="cases", states=frozenset(OPEN))
def close_all(*, cases: list[ExitCase], by: User) -> list[ExitCase]:
    """Close several cases in one transaction, with the action that closes one."""
    return [close(case=case, by=by) for case in cases]


@pytest.fixture
def case(bank: Bank, people: "People", administrator: User) -> ExitCase:
    """An exit case opened by the bank."""
    return filed(qualified(bank, people.decider), administrator)


def entries(verb: str) -> list[Entry]:
    """The entries of a verb, oldest first."""
    return [*Entry.objects.filter(verb=verb).order_by("pk")]


def test_action_is_recorded_automatically(case: ExitCase, people: "People") -> None:
    propose(case=case, by=people.inspector)
    [entry] = entries("propose_exit")
    assert (entry.actor, entry.subject_type, entry.subject_id) == (people.inspector, "exit.exitcase", case.pk)
    assert (entry.from_state, entry.to_state, entry.uscc) == ("opened", "proposed", case.bank.uscc)


def test_action_with_own_entry_is_recorded_once(case: ExitCase, people: "People") -> None:
    close(case=case, by=people.decider, reason="示例")
    [entry] = entries("close_exit_case")
    assert (entry.reason, without_facts(entry), entry.to_state) == ("示例", {"ground": "voluntary"}, "closed")


def test_action_gets_the_current_row(case: ExitCase, people: "People") -> None:
    stale = ExitCase.objects.get(pk=case.pk)
    close(case=case, by=people.decider)
    assert stale.state == ExitState.OPENED
    with pytest.raises(WrongState):
        propose(case=stale, by=people.inspector)


def test_missing_role_is_refused_and_recorded(case: ExitCase, people: "People") -> None:
    with pytest.raises(NotAllowed) as refusal:
        propose(case=case, by=people.auditor)
    assert refusal.value.code == "role"
    [entry] = entries("refuse")
    assert (entry.subject_type, entry.subject_id, entry.uscc) == ("exit.exitcase", case.pk, case.bank.uscc)
    assert entry.data == {"verb": "propose_exit", "code": "role"}
    assert ExitCase.objects.get(pk=case.pk).state == ExitState.OPENED


def test_rule_determines_the_kind_of_refusal(case: ExitCase, people: "People") -> None:
    ExitCase.objects.filter(pk=case.pk).update(opened_by=people.inspector)
    with pytest.raises(NotAllowed):
        propose(case=case, by=people.inspector)
    [entry] = entries("refuse")
    assert entry.data == {"verb": "propose_exit", "code": "four_eyes"}


def test_wrong_state_is_refused_and_not_recorded(case: ExitCase, people: "People") -> None:
    propose(case=case, by=people.inspector)
    with pytest.raises(WrongState):
        propose(case=case, by=people.inspector)
    assert entries("refuse") == []


def test_refusal_of_other_bank_does_not_name_the_case(case: ExitCase, stranger: User) -> None:
    with pytest.raises(NotAllowed):
        propose(case=case, by=stranger)
    [entry] = entries("refuse")
    assert (entry.subject_type, entry.subject_id, entry.subject_label, entry.uscc) == ("", 0, "", "")


def test_nested_action_joins_the_transaction(case: ExitCase, people: "People") -> None:
    close_all(cases=[case], by=people.decider)
    assert [entry.to_state for entry in entries("close_exit_case")] == ["closed", ""]


def test_nested_action_is_rolled_back_with_the_outer_one(case: ExitCase, people: "People") -> None:
    @action(Verb.CLOSE_EXIT_CASE, on="case")
    def refused_at_the_end(*, case: ExitCase, by: User) -> None:
        close(case=case, by=by)
        raise WrongState.moved_on()

    with pytest.raises(WrongState):
        refused_at_the_end(case=case, by=people.decider)
    assert entries("close_exit_case") == []
    assert ExitCase.objects.get(pk=case.pk).state == ExitState.OPENED


def test_action_in_foreign_transaction_is_an_error(case: ExitCase, people: "People") -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        close(case=case, by=people.decider)


def test_verdict_agrees_with_the_action(case: ExitCase, people: "People") -> None:
    assert propose.verdict(people.inspector, case)
    assert propose.verdict(people.auditor, case).reasons[0].code == "role"
    case.opened_by = people.inspector
    assert propose.verdict(people.inspector, case).reasons[0].code == "four_eyes"
    propose(case=case, by=people.reviewer)
    case.refresh_from_db()
    assert propose.verdict(people.inspector, case).reasons[0].code == "wrong_state"
    assert not propose.is_due(case)


def test_clock_runs_a_due_action_once(case: ExitCase) -> None:
    step = by_clock(close, ExitCase)
    assert [step(case.pk), step(case.pk), step(case.pk + 1000)] == [True, False, False]
    [entry] = entries("close_exit_case")
    assert entry.actor is None


def test_clock_does_not_run_actions_of_people(case: ExitCase) -> None:
    with pytest.raises(TypeError):
        propose(case=case, by=None)  # type: ignore[arg-type]


def test_conflict_of_interest_is_refused(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    @action(Verb.ACCEPT_APPLICATION, on="application", moves=Application.accept)
    def accept(*, application: Application, by: User) -> Application:
        raise AssertionError

    application = submitted(bank, clerk)
    declare_conflict(application=application, by=people.intake, reason="示例")
    with pytest.raises(NotAllowed) as refusal:
        accept(application=application, by=people.intake)
    assert refusal.value.code == "conflict"
    assert entries("refuse")[0].subject_id == application.pk


def test_inner_action_needs_an_outer_one_and_no_role(case: ExitCase, people: "People") -> None:
    @action(Verb.CLOSE_EXIT_CASE, on="case", moves=ExitCase.close, inner=True)
    def closed_with_it(*, case: ExitCase, by: User) -> None:
        case.close()
        case.save(update_fields=["state"])

    with pytest.raises(RuntimeError, match="inside"):
        closed_with_it(case=case, by=people.auditor)
    with inside(Verb.SIGN_EXIT, people.auditor):
        closed_with_it(case=case, by=people.auditor)
    assert [entry.to_state for entry in entries("close_exit_case")] == ["closed"]
