"""A bank's admission step by step, and a comparison with the factories."""

from typing import TYPE_CHECKING, Any

import pytest

from admission.applications.actions.applications import start_application, submit_application
from admission.applications.models import Answer, Application, Evidence
from admission.applications.states import ApplicationState, Outcome
from admission.decisions.actions.decisions import decide, recommend
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.actions.findings import record_finding
from admission.review.models import Finding
from admission.review.states import FindingResult
from admission.tests.factories import agreed, answer_all, recommended
from banks.register.models import Bank
from banks.register.states import Standing
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
STATES = (
    ApplicationState.DRAFT,
    ApplicationState.SUBMITTED,
    ApplicationState.UNDER_REVIEW,
    ApplicationState.RECOMMENDED,
    ApplicationState.APPROVED,
)


def walked_to_recommendation(bank: Bank, clerk: User, people: "People") -> Application:
    """Every answer, document and finding, by its action."""
    application = start_application(bank=bank, by=clerk)
    answer_all(application, clerk)
    application = submit_application(application=application, by=clerk)
    application = accept_application(application=application, by=people.intake)
    for criterion in application.edition.criteria.all():
        record_finding(
            application=application,
            criterion=criterion,
            by=people.reviewer,
            result=FindingResult.MET,
            reason="已人工核实。",
        )
    recommend(application=application, by=people.reviewer, outcome=Outcome.APPROVE, reason="材料齐全。")
    application.refresh_from_db()
    return application


def rows_of(application: Application) -> dict[str, list[Any]]:
    """All rows of an application, without keys and times."""
    answers = Answer.objects.filter(application=application)
    evidence = Evidence.objects.filter(answer__application=application)
    findings = Finding.objects.filter(application=application)
    said = ("criterion__number", "text", "facts", "signatory", "signed_on", "version")
    shown = ("answer__criterion__number", "file__name", "file__sha256", "file__kind", "file__scan")
    found = Entry.objects.filter(verb="record_finding", uscc=application.bank.uscc)
    return {
        "answers": list(answers.order_by("criterion__number").values_list(*said)),
        "evidence": list(evidence.order_by("answer__criterion__number").values_list(*shown)),
        "findings": list(findings.values_list("criterion__number", "result", "reason", "by")),
        "entries": list(found.order_by("pk").values_list("data", "reason", "actor")),
        "basis": list(application.recommendations.values_list("basis__finding", "basis__answer")),
    }


def test_bank_is_admitted_step_by_step(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = walked_to_recommendation(bank, clerk, people)
    decide(application=application, by=people.decider)
    qualification = agreed(application, people)
    bank.refresh_from_db()
    assert (bank.standing, qualification.may_issue) == (Standing.QUALIFIED, True)
    moves = Entry.objects.filter(subject_type="admission.application", subject_id=application.pk)
    assert tuple(moves.exclude(to_state="").order_by("pk").values_list("to_state", flat=True)) == STATES
    saved = moves.filter(verb__in=("save_answer", "record_finding")).values_list("verb", flat=True)
    assert sorted(saved) == ["record_finding"] * 24 + ["save_answer"] * 24


def test_factories_match_the_actions(
    bank: Bank, other_bank: Bank, clerk: User, stranger: User, edition: PolicyEdition, people: "People"
) -> None:
    walked = walked_to_recommendation(bank, clerk, people)
    made = recommended(other_bank, stranger, people)
    assert rows_of(made) == rows_of(walked)
    same = ("state", "accept_by", "accept_period", "accepted_on", "decide_by", "decide_period")
    assert [getattr(made, name) for name in same] == [getattr(walked, name) for name in same]
