"""Actions on decisions: signed by another person, numbered once, final."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from admission.applications.actions.applications import (
    start_application,
    submit_application,
    withdraw_application,
)
from admission.applications.models import Application
from admission.applications.states import ApplicationState, Outcome
from admission.decisions.actions.decisions import decide, recommend, send_back
from admission.decisions.models import Decision
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.actions.findings import record_finding
from admission.review.states import FindingResult
from admission.tests.factories import (
    admitted,
    answer_all,
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
from zsbank.base.journal.tests.reading import last_transition
from zsbank.base.letters.models import Letter
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


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
                application=application,
                criterion=criterion,
                by=by,
                result=FindingResult.MET,
                reason="已人工核实。",
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
