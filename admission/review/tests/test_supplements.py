"""Supplements: requested once and completely, only requested criteria can be edited, the time limit is suspended."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from admission.applications.actions.answers import save_answer
from admission.applications.actions.applications import withdraw_application
from admission.applications.actions.evidence import remove_evidence
from admission.applications.actions.supplements import submit_supplement
from admission.applications.models import Application, SupplementRequest
from admission.applications.states import ApplicationState, Outcome
from admission.decisions.rules import may_recommend
from admission.editions.models import Criterion, PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.actions.findings import record_finding
from admission.review.actions.supplements import record_remark, request_supplement
from admission.review.states import FindingResult
from admission.tests.factories import submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.registry import steps
from zsbank.base.journal.tests.reading import last_transition
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.refusals import Incomplete, NotAllowed, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 3, 2)
MISSING = "营业执照已过期，请补交有效的营业执照。"


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    """Submitted on Monday 2026-03-02."""
    with clock.playing(MONDAY):
        return submitted(bank, clerk)


def criterion(application: Application, number: int) -> Criterion:
    """A criterion of the application's edition."""
    return application.edition.criteria.get(number=number)


def asked(
    application: Application, people: "People", *numbers: int, on: dt.date = MONDAY
) -> SupplementRequest:
    """Ask for a supplement before acceptance."""
    with clock.playing(on):
        for number in numbers or (1,):
            record_remark(
                application=application,
                criterion=criterion(application, number),
                by=people.intake,
                text=MISSING,
            )
        return request_supplement(application=application, by=people.intake)


def in_review(application: Application, people: "People", *, on: dt.date = MONDAY) -> SupplementRequest:
    """Accept on Monday and ask in the review, with criterion 5 found *supplement*."""
    with clock.playing(MONDAY):
        accept_application(application=application, by=people.intake)
    with clock.playing(on):
        record_finding(
            application=application,
            criterion=criterion(application, 5),
            by=people.reviewer,
            result=FindingResult.SUPPLEMENT,
            reason="请说明两个网点何时恢复窗口。",
        )
        return request_supplement(application=application, by=people.reviewer)


def save(application: Application, number: int, by: User, version: int = 1) -> None:
    """Change the answer to a criterion."""
    save_answer(
        application=application,
        criterion=criterion(application, number),
        by=by,
        text="已补正。",
        facts={},
        version=version,
    )


def test_supplement_request_has_letter_and_due_date(
    application: Application, people: "People", clerk: User
) -> None:
    request = asked(application, people, 1, 3)
    application.refresh_from_db()
    assert application.state == ApplicationState.SUPPLEMENTING
    assert [item.criterion.number for item in request.items.all()] == [1, 3]
    assert request.due_date == dt.date(2026, 3, 16)
    letter = Letter.objects.get(kind="supplement_notice")
    assert request.letter == letter
    assert any(MISSING in paragraph["text"] for paragraph in letter.data["paragraphs"])
    assert Message.objects.filter(recipient=clerk, title="请补正申请材料").exists()
    moved = last_transition(application)
    assert moved
    assert (moved.verb, moved.to_state) == ("request_supplement", ApplicationState.SUPPLEMENTING)


def test_second_request_before_acceptance_is_refused(
    application: Application, people: "People", clerk: User
) -> None:
    asked(application, people)
    with clock.playing(MONDAY):
        submit_supplement(application=application, by=clerk)
        with pytest.raises(WrongState):
            request_supplement(application=application, by=people.intake)
        with pytest.raises(WrongState):
            record_remark(
                application=application, criterion=criterion(application, 2), by=people.intake, text=MISSING
            )


def test_request_without_remarks_is_refused(application: Application, people: "People") -> None:
    with pytest.raises(WrongState):
        request_supplement(application=application, by=people.intake)
    record_remark(application=application, criterion=criterion(application, 1), by=people.intake, text=" ")
    with pytest.raises(WrongState):
        request_supplement(application=application, by=people.intake)


def test_only_requested_criteria_can_be_edited(
    application: Application, people: "People", clerk: User
) -> None:
    asked(application, people, 1)
    with clock.playing(MONDAY):
        save(application, 1, clerk)
        with pytest.raises(WrongState):
            save(application, 2, clerk)


def test_nothing_can_be_edited_after_supplement_is_submitted(
    application: Application, people: "People", clerk: User
) -> None:
    asked(application, people, 1)
    with clock.playing(MONDAY):
        submit_supplement(application=application, by=clerk)
        with pytest.raises(WrongState):
            save(application, 1, clerk)


def test_acceptance_period_restarts_after_supplement(
    application: Application, people: "People", clerk: User
) -> None:
    asked(application, people)
    with clock.playing(dt.date(2026, 3, 10)):
        submit_supplement(application=application, by=clerk)
    application.refresh_from_db()
    assert (application.state, application.accept_by) == (ApplicationState.SUBMITTED, dt.date(2026, 3, 17))


def test_decision_due_date_moves_by_suspended_working_days(
    application: Application, people: "People", clerk: User
) -> None:
    request = in_review(application, people, on=dt.date(2026, 3, 6))
    application.refresh_from_db()
    before = application.decide_by
    with clock.playing(dt.date(2026, 3, 12)):
        submit_supplement(application=application, by=clerk)
    application.refresh_from_db()
    request.refresh_from_db()
    assert (before, application.decide_by) == (dt.date(2026, 3, 30), dt.date(2026, 4, 3))
    assert (application.state, request.suspended_days) == (ApplicationState.UNDER_REVIEW, 4)


def test_incomplete_supplement_is_refused(application: Application, people: "People", clerk: User) -> None:
    asked(application, people, 1)
    evidence = application.answers.get(criterion__number=1).evidence.get()
    with clock.playing(MONDAY):
        remove_evidence(evidence=evidence, by=clerk)
        with pytest.raises(Incomplete):
            submit_supplement(application=application, by=clerk)
    application.refresh_from_db()
    assert application.state == ApplicationState.SUPPLEMENTING


def test_overdue_supplement_is_ended_once(application: Application, people: "People") -> None:
    request = asked(application, people)
    step = next(step for step in steps() if step.name == "end_supplement")
    for day, done in ((request.due_date, 0), (dt.date(2026, 3, 20), 1), (dt.date(2026, 3, 20), 0)):
        with clock.playing(day):
            assert sum(step.do(pk) for pk in list(step.due(day))) == done
    application.refresh_from_db()
    assert (application.state, application.accept_by) == (ApplicationState.SUBMITTED, dt.date(2026, 3, 23))


def test_application_is_withdrawn_during_a_supplement(
    application: Application, people: "People", clerk: User
) -> None:
    request = asked(application, people)
    withdraw_application(application=application, by=clerk, reason="")
    request.refresh_from_db()
    assert request.closed_on is not None


def test_finding_supplement_does_not_support_approval(
    application: Application, people: "People", clerk: User
) -> None:
    in_review(application, people)
    with clock.playing(MONDAY):
        submit_supplement(application=application, by=clerk)
    assert not may_recommend(application, Outcome.APPROVE)


def test_supplement_without_permission_is_refused(
    application: Application, people: "People", stranger: User
) -> None:
    for person in (people.decider, people.auditor, stranger):
        with pytest.raises(NotAllowed):
            request_supplement(application=application, by=person)
    with pytest.raises(NotAllowed):
        request_supplement(application=application, by=people.reviewer)
    asked(application, people)
    for person in (stranger, people.intake):
        with pytest.raises(NotAllowed):
            submit_supplement(application=application, by=person)


def test_supplement_is_submitted_once(application: Application, people: "People", clerk: User) -> None:
    asked(application, people)
    stale = Application.objects.get(pk=application.pk)
    with clock.playing(MONDAY):
        submit_supplement(application=application, by=clerk)
        with pytest.raises(WrongState):
            submit_supplement(application=stale, by=clerk)


def test_bank_submits_supplement_in_the_portal(
    client: Client, application: Application, people: "People", clerk: User
) -> None:
    asked(application, people, 1)
    client.force_login(clerk)
    with time_machine.travel(dt.datetime(2026, 3, 3, 4, tzinfo=dt.UTC), tick=False):
        page = client.get(reverse("admission:task_list", args=[application.pk])).content.decode()
        assert MISSING in page
        assert "2026-03-16" in page
        own, other = (reverse("admission:criterion", args=[application.pk, n]) for n in (1, 2))
        assert 'name="text"' in client.get(own).content.decode()
        assert 'name="text"' not in client.get(other).content.decode()
        client.post(reverse("admission:supplement", args=[application.pk]), {"unchanged": "on"})
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED


def test_other_banks_supplement_is_hidden(
    client: Client, application: Application, people: "People", stranger: User
) -> None:
    asked(application, people)
    client.force_login(stranger)
    path = reverse("admission:supplement", args=[application.pk])
    assert [client.get(path).status_code, client.post(path).status_code] == [404, 404]


def test_intake_requests_supplement_at_the_desk(
    client: Client, application: Application, people: "People"
) -> None:
    client.force_login(people.intake)
    desk = reverse("admin:admission_application_review", args=[application.pk, 1])
    client.post(desk, {"text": MISSING})
    assert application.remarks.get().text == MISSING
    sheet = reverse("admin:admission_application_action", args=[application.pk, "request_supplement"])
    assert MISSING in client.get(sheet).content.decode()
    assert client.post(sheet).status_code == 302
    application.refresh_from_db()
    assert application.state == ApplicationState.SUPPLEMENTING
