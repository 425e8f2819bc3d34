"""Actions of admission: right role, wrong role, wrong state, edit conflict, another bank's user."""

from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile

from admission.applications.actions.answers import save_answer
from admission.applications.actions.applications import (
    start_application,
    submit_application,
)
from admission.applications.actions.evidence import attach_evidence, remove_evidence
from admission.applications.models import Application
from admission.applications.states import ApplicationState, Outcome
from admission.decisions.actions import agreements
from admission.decisions.actions.decisions import decide, recommend
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.actions.findings import record_finding
from admission.review.states import FindingResult
from admission.tests.factories import (
    agreed,
    answer_all,
    make_edition,
    pdf_file,
    submitted,
)
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.journal.models import Entry
from zsbank.base.journal.tests.reading import last_transition
from zsbank.base.refusals import EditConflict, Incomplete, NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    return start_application(bank=bank, by=clerk)


def test_application_starts_under_the_edition_in_force(draft: Application, edition: PolicyEdition) -> None:
    assert (draft.state, draft.edition) == (ApplicationState.DRAFT, edition)
    assert draft.case_number == f"ZR-{clock.today().year}-0001"
    entry = last_transition(draft)
    assert entry is not None
    assert (entry.verb, entry.to_state, entry.uscc) == ("start_application", "draft", draft.bank.uscc)


def test_new_edition_does_not_change_older_applications(draft: Application) -> None:
    make_edition("newer", clock.today())

    draft.refresh_from_db()
    assert draft.edition.slug == "test"


def test_second_open_application_is_refused(draft: Application, clerk: User) -> None:
    with pytest.raises(Refused) as refused:
        start_application(bank=draft.bank, by=clerk)
    assert refused.value.code == "open"
    assert Application.objects.count() == 1


def test_starting_application_by_non_member_is_refused(
    bank: Bank, edition: PolicyEdition, people: "People", stranger: User
) -> None:
    for person in (people.reviewer, stranger):
        with pytest.raises(NotAllowed):
            start_application(bank=bank, by=person)
    assert not Entry.objects.filter(verb="start_application").exists()


def test_second_editor_of_an_answer_gets_edit_conflict(
    draft: Application, clerk: User, administrator: User
) -> None:
    criterion = draft.edition.criteria.get(number=9)
    save_answer(application=draft, criterion=criterion, by=clerk, text="甲", facts={}, version=0)

    with pytest.raises(EditConflict):
        save_answer(application=draft, criterion=criterion, by=administrator, text="乙", facts={}, version=0)

    assert draft.answers.get(criterion=criterion).text == "甲"


def test_evidence_of_known_kind_is_stored_with_hash(draft: Application, clerk: User) -> None:
    criterion = draft.edition.criteria.get(number=2)
    with pytest.raises(Refused):
        attach_evidence(
            application=draft,
            criterion=criterion,
            by=clerk,
            content=ContentFile(b"<html>"),
            name="licence.pdf",
        )
    evidence = attach_evidence(
        application=draft, criterion=criterion, by=clerk, content=pdf_file(), name="../licence.pdf"
    )

    assert evidence.file.name == "licence.pdf"
    assert len(evidence.file.sha256) == 64
    remove_evidence(evidence=evidence, by=clerk)
    with pytest.raises(WrongState):
        remove_evidence(evidence=evidence, by=clerk)


def test_incomplete_application_is_not_submitted(draft: Application, clerk: User) -> None:
    with pytest.raises(Incomplete):
        submit_application(application=draft, by=clerk)
    draft.refresh_from_db()
    assert draft.state == ApplicationState.DRAFT


def test_submission_sets_acceptance_due_date(draft: Application, clerk: User) -> None:
    answer_all(draft, clerk)
    application = submit_application(application=draft, by=clerk)

    assert application.accept_by == calculate(clock.today(), 5, Unit.WORKDAY).last_day
    with pytest.raises(WrongState):
        submit_application(application=draft, by=clerk)


def test_acceptance_sets_review_due_date(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = submitted(bank, clerk)
    with pytest.raises(NotAllowed):
        accept_application(application=application, by=people.auditor)
    with pytest.raises(WrongState):
        accept_application(application=application, by=None)

    accepted = accept_application(application=application, by=people.intake)

    assert accepted.state == ApplicationState.UNDER_REVIEW
    assert accepted.decide_by == calculate(clock.today(), 20, Unit.WORKDAY).last_day


def test_every_finding_but_met_needs_a_reason(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = accept_application(application=submitted(bank, clerk), by=people.intake)
    criterion = edition.criteria.get(number=5)

    with pytest.raises(Incomplete):
        record_finding(
            application=application,
            criterion=criterion,
            by=people.reviewer,
            result=FindingResult.NOT_MET,
            reason=" ",
        )
    with pytest.raises(NotAllowed):
        record_finding(
            application=application,
            criterion=criterion,
            by=people.decider,
            result=FindingResult.MET,
            reason="已人工核实。",
        )
    with pytest.raises(Incomplete):
        recommend(application=application, by=people.reviewer, outcome=Outcome.APPROVE, reason="好")


def test_issuing_needs_the_central_banks_review(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = accept_application(application=submitted(bank, clerk), by=people.intake)
    for criterion in edition.criteria.all():
        late = criterion.number == 8
        record_finding(
            application=application,
            criterion=criterion,
            by=people.reviewer,
            result=FindingResult.SUPPLEMENT if late else FindingResult.MET,
            reason="审核文件未到。" if late else "已人工核实。",
        )
    recommend(application=application, by=people.reviewer, outcome=Outcome.APPROVE, reason="发卡前补齐。")
    decide(application=application, by=people.decider)
    qualification = agreed(application, people)
    assert not qualification.may_issue

    allowed = agreements.allow_issuing(
        qualification=qualification,
        by=people.reviewer,
        approval_number="示例银发1号",
        approval_date=clock.today(),
        document=pdf_file(),
        document_name="审核文件.pdf",
    )
    assert allowed.may_issue
    with pytest.raises(WrongState):
        agreements.allow_issuing(
            qualification=qualification,
            by=people.reviewer,
            approval_number="2号",
            approval_date=clock.today(),
            document=pdf_file(),
            document_name="审核文件.pdf",
        )
