"""Actions of admission: right role, wrong role, wrong state, edit conflict, another bank's user."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile

from admission.applications.actions.answers import save_answer
from admission.applications.actions.applications import (
    start_application,
    submit_application,
    withdraw_application,
)
from admission.applications.actions.evidence import attach_evidence, remove_evidence
from admission.applications.models import Application
from admission.applications.states import ApplicationState, Outcome
from admission.decisions.actions import agreements
from admission.decisions.actions.decisions import decide, recommend, send_back
from admission.decisions.models import Decision
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.actions.findings import record_finding
from admission.review.states import FindingResult
from admission.tests.factories import (
    admitted,
    agreed,
    answer_all,
    make_edition,
    pdf_file,
    recommended,
    submitted,
)
from banks.hearings.models import PriorNotice
from banks.register.models import Bank
from banks.register.states import Standing
from banks.tests.factories import leave
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.journal.models import Entry
from zsbank.base.journal.tests.reading import last_transition
from zsbank.base.letters.models import Letter
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
            reason="",
        )
    with pytest.raises(Incomplete):
        recommend(application=application, by=people.reviewer, outcome=Outcome.APPROVE, reason="好")


def test_approval_is_signed_by_another_person_with_numbered_letter(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = recommended(bank, clerk, people)
    decision = decide(application=application, by=people.decider)

    assert (decision.letter.kind, decision.letter.number) == ("admission_approval", 1)
    assert decision.by != decision.recommended_by
    entry = last_transition(application)
    assert entry is not None
    assert entry.to_state == ApplicationState.APPROVED


def test_refusal_names_criteria_and_bank_stays_applicant(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = recommended(bank, clerk, people, Outcome.REFUSE)
    with clock.playing(PriorNotice.objects.get().due_date + dt.timedelta(days=1)):
        decision = decide(application=application, by=people.decider)

    bank.refresh_from_db()
    assert bank.standing == Standing.APPLICANT
    words = " ".join(paragraph["text"] for paragraph in decision.letter.data["paragraphs"])
    assert "第5条" in words
    assert "三个网点没有受理窗口。" in words
    assert "第6条" not in words


def test_reviewer_does_not_decide(bank: Bank, clerk: User, edition: PolicyEdition, people: "People") -> None:
    application = recommended(bank, clerk, people)
    people.reviewer.groups.add(people.decider.groups.get())
    del people.reviewer._staff_roles

    with pytest.raises(NotAllowed):
        decide(application=application, by=people.reviewer)
    with pytest.raises(NotAllowed):
        decide(application=application, by=people.intake)
    with pytest.raises(NotAllowed):
        decide(application=application, by=clerk)
    assert not Decision.objects.exists()
    assert not Letter.objects.exists()


def test_earlier_reviewer_does_not_decide(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = accept_application(application=submitted(bank, clerk), by=people.intake)
    first, second = people.decider, people.reviewer
    first.groups.add(*second.groups.all())
    first = User.objects.get(pk=first.pk)
    for by in (first, second):
        for criterion in edition.criteria.all():
            record_finding(
                application=application, criterion=criterion, by=by, result=FindingResult.MET, reason=""
            )
    recommend(application=application, by=second, outcome=Outcome.APPROVE, reason="符合条件。")
    with pytest.raises(NotAllowed) as refused:
        decide(application=application, by=first)
    assert refused.value.code == "four_eyes"
    assert decide(application=application, by=people.second_decider).outcome == Outcome.APPROVE


def test_second_decision_is_refused(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = recommended(bank, clerk, people)
    stale = Application.objects.get(pk=application.pk)
    decide(application=application, by=people.decider)

    with pytest.raises(WrongState):
        decide(application=stale, by=people.second_decider)
    with pytest.raises(WrongState):
        withdraw_application(application=stale, by=clerk, reason="")
    assert Letter.objects.count() == 1


def test_sent_back_application_is_recommended_again(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = recommended(bank, clerk, people)
    with pytest.raises(Incomplete):
        send_back(application=application, by=people.decider, reason="")
    send_back(application=application, by=people.decider, reason="请复核第5条。")
    recommend(application=application, by=people.reviewer, outcome=Outcome.APPROVE, reason="已复核。")

    assert decide(application=application, by=people.decider).outcome == Outcome.APPROVE
    assert application.recommendations.count() == 2


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
            reason="审核文件未到。" if late else "",
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


def test_barred_bank_cannot_start_or_submit(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    with clock.playing(dt.date(2024, 2, 29)):
        qualification = admitted(bank, clerk, people)
        bar = calculate(clock.today(), 5, Unit.YEAR, roll=False)
        leave(qualification, people.decider, bar)

    with clock.playing(dt.date(2029, 2, 28)), pytest.raises(Refused, match="2029年3月1日"):
        start_application(bank=bank, by=clerk)
    with clock.playing(dt.date(2029, 3, 1)):
        application = start_application(bank=bank, by=clerk)
        answer_all(application, clerk)
    with clock.playing(dt.date(2029, 2, 28)), pytest.raises(Refused, match="2029年3月1日"):
        submit_application(application=application, by=clerk)
    with clock.playing(dt.date(2029, 3, 1)):
        assert submit_application(application=application, by=clerk).state == ApplicationState.SUBMITTED


def test_rolled_back_decision_releases_its_number(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People", monkeypatch: pytest.MonkeyPatch
) -> None:
    application = recommended(bank, clerk, people)

    def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr("admission.decisions.actions.decisions.take_effect", fail)
        with pytest.raises(RuntimeError):
            decide(application=application, by=people.decider)
    assert not Letter.objects.exists()
    assert decide(application=application, by=people.decider).letter.number == 1
