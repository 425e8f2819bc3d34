"""Findings and remarks are saved while they are typed, and recorded once when the person has finished."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from admission.applications.models import Application
from admission.applications.states import Outcome
from admission.decisions.actions.decisions import recommend
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.actions.findings import keep_finding, record_finding
from admission.review.actions.supplements import request_supplement
from admission.review.models import Finding, Remark
from admission.review.states import FindingResult
from admission.review.sweep import STEPS
from admission.tests.factories import submitted
from banks.register.models import Bank
from conftest import make_officer
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
TYPED_AT = timezone.make_aware(dt.datetime(2026, 9, 22, 1, 30))  # noqa: DTZ001
"""After midnight; the day before in UTC."""


@pytest.fixture
def handed_in(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    """An application before acceptance."""
    return submitted(bank, clerk)


@pytest.fixture
def application(handed_in: Application, people: "People") -> Application:
    """An application under review."""
    return accept_application(application=handed_in, by=people.intake)


@pytest.fixture
def send(client: Client) -> Send:
    """Send what the page of criterion 1 sends."""

    def sending(application: Application, by: User, **given: str) -> Any:
        client.force_login(by)
        path = reverse("admin:admission_application_review", args=[application.pk, 1])
        return client.post(path, given, headers={"Accept": "application/json"})

    return sending


def recorded(verb: Verb) -> list[tuple[str, str]]:
    """Return the entries of a verb: sign-in name and reason."""
    rows = Entry.objects.filter(verb=verb).select_related("actor").order_by("pk")
    return [(row.actor.username if row.actor else "", row.reason) for row in rows]


def type_and_leave(send: Send, application: Application, by: User, **given: str) -> None:
    """Send three pauses in typing, then the leaving of the field."""
    name = "text" if "result" not in given else "reason"
    for typed in ("缺", "缺少", "缺少执照"):
        assert send(application, by, **given, **{name: typed}, typing="1").status_code == 200
    assert send(application, by, **given, **{name: "缺少执照"}).status_code == 200


def test_finding_is_recorded_once_when_field_is_left(
    send: Send, application: Application, people: "People"
) -> None:
    type_and_leave(send, application, people.reviewer, result=FindingResult.NOT_MET)
    assert Finding.objects.get().reason == "缺少执照"
    assert recorded(Verb.RECORD_FINDING) == [(people.reviewer.username, "缺少执照")]


def test_entries_hold_criterion_result_and_local_time_of_typing(
    send: Send, handed_in: Application, people: "People"
) -> None:
    with clock.playing(TYPED_AT):
        send(handed_in, people.intake, text="缺少执照", typing="1")
        application = accept_application(application=handed_in, by=people.intake)
        send(application, people.reviewer, result=FindingResult.NOT_MET, reason="缺少执照", typing="1")
    with time_machine.travel(clock.now() + dt.timedelta(hours=2)):
        for step in STEPS:
            for pk in step.due(clock.today()):
                step.do(pk)
    at = {"criterion": 1, "saved_at": "2026-09-22T01:30:00+08:00"}
    assert Entry.objects.get(verb=Verb.RECORD_REMARK).data == at
    assert Entry.objects.get(verb=Verb.RECORD_FINDING).data == at | {"result": "not_met"}


def test_remark_is_recorded_once_when_field_is_left(
    send: Send, handed_in: Application, people: "People"
) -> None:
    type_and_leave(send, handed_in, people.intake)
    assert Remark.objects.get().text == "缺少执照"
    assert recorded(Verb.RECORD_REMARK) == [(people.intake.username, "缺少执照")]


def test_recorded_finding_sent_again_is_not_recorded_again(
    send: Send, application: Application, people: "People"
) -> None:
    for _time in range(2):
        send(application, people.reviewer, result=FindingResult.NOT_MET, reason="缺少执照")
    assert len(recorded(Verb.RECORD_FINDING)) == 1


def test_typed_finding_is_recorded_before_another_person_writes(
    application: Application, people: "People"
) -> None:
    second_reviewer = make_officer("second", Role.REVIEWER)
    first = application.edition.criteria.get(number=1)
    finding: dict[str, Any] = {
        "application": application,
        "criterion": first,
        "result": FindingResult.NOT_MET,
    }
    keep_finding(**finding, by=people.reviewer, reason="第一人")
    record_finding(**finding, by=second_reviewer, reason="第二人")
    assert recorded(Verb.RECORD_FINDING) == [
        (people.reviewer.username, "第一人"),
        (second_reviewer.username, "第二人"),
    ]


def test_typed_findings_are_recorded_before_they_are_used(
    send: Send, application: Application, people: "People"
) -> None:
    send(application, people.reviewer, result=FindingResult.SUPPLEMENT, reason="缺少执照", typing="1")
    assert recorded(Verb.RECORD_FINDING) == []
    request_supplement(application=application, by=people.reviewer)
    assert recorded(Verb.RECORD_FINDING) == [(people.reviewer.username, "缺少执照")]


def test_typed_finding_is_recorded_before_recommendation(application: Application, people: "People") -> None:
    for criterion in application.edition.criteria.all():
        keep_finding(
            application=application,
            criterion=criterion,
            by=people.reviewer,
            result=FindingResult.MET,
            reason="已人工核实。",
        )
    recommend(application=application, by=people.reviewer, outcome=Outcome.APPROVE, reason="符合条件。")
    assert len(recorded(Verb.RECORD_FINDING)) == application.edition.criteria.count()


@pytest.mark.parametrize(
    ("minutes", "entries"), [(59, []), (61, [("", "缺少执照")])], ids=["within an hour", "after an hour"]
)
def test_sweep_records_what_was_typed_and_left(
    send: Send,
    application: Application,
    people: "People",
    minutes: int,
    entries: list[tuple[str, str]],
) -> None:
    send(application, people.reviewer, result=FindingResult.NOT_MET, reason="缺少执照", typing="1")
    step = next(step for step in STEPS if step.name == "record_typed_finding")
    with time_machine.travel(clock.now() + dt.timedelta(minutes=minutes)):
        done = [step.do(pk) for pk in step.due(clock.today())]
        assert [*step.due(clock.today())] == []
    assert done == [True] * len(entries)
    expected = [(people.reviewer.username, reason) for _who, reason in entries]
    assert recorded(Verb.RECORD_FINDING) == expected
