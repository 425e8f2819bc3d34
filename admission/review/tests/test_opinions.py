"""Opinions of the healthcare security bureau: asked once, given by its liaison, waited for."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.models import Application
from admission.applications.states import Outcome
from admission.decisions.actions.decisions import recommend
from admission.review.actions.findings import record_finding
from admission.review.actions.opinions import ask_opinion, give_opinion, withdraw_question
from admission.review.models import Opinion
from admission.review.queries import opinions_waiting
from admission.review.states import FindingResult, OpinionResult
from conftest import make_officer
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.refusals import Incomplete, NotAllowed, WrongState
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def liaison(db: None) -> User:
    """The liaison of the medical insurance side."""
    return make_officer("liaison", Role.HEALTHCARE_LIAISON)


def ask(application: Application, by: User, *numbers: int) -> list[Opinion]:
    """Ask about criteria."""
    criteria = list(application.edition.criteria.filter(number__in=numbers))
    return ask_opinion(application=application, by=by, criteria=criteria)


def give(opinion: Opinion, by: User, result: OpinionResult = OpinionResult.AGREES, text: str = "") -> Opinion:
    """Answer today."""
    return give_opinion(opinion=opinion, by=by, result=result, given_on=clock.today(), text=text)


def find_all(application: Application, by: User) -> None:
    """Find every criterion met."""
    for criterion in application.edition.criteria.all():
        record_finding(
            application=application,
            criterion=criterion,
            by=by,
            result=FindingResult.MET,
            reason="已人工核实。",
        )


def test_recommendation_waits_for_opinion(application: Application, people: "People", liaison: User) -> None:
    opinion = ask(application, people.reviewer, 6)[0]
    find_all(application, people.reviewer)
    with pytest.raises(Incomplete, match="6"):
        recommend(application=application, by=people.reviewer, outcome=Outcome.APPROVE, reason="齐全。")
    give(opinion, liaison)
    recommend(application=application, by=people.reviewer, outcome=Outcome.APPROVE, reason="齐全。")


def test_withdrawn_question_does_not_delay(application: Application, people: "People", liaison: User) -> None:
    opinion = ask(application, people.reviewer, 16)[0]
    with pytest.raises(Incomplete):
        withdraw_question(opinion=opinion, by=people.reviewer, reason="")
    withdraw_question(opinion=opinion, by=people.reviewer, reason="已有书面意见。")
    with pytest.raises(WrongState):
        give(opinion, liaison)
    assert ask(application, people.reviewer, 16)


def test_opinion_is_asked_once_on_consulted_criteria(application: Application, people: "People") -> None:
    with pytest.raises(WrongState):
        ask(application, people.reviewer, 5)
    ask(application, people.reviewer, 6, 16, 23)
    with pytest.raises(WrongState):
        ask(application, people.reviewer, 6)
    with pytest.raises(NotAllowed):
        ask(application, people.decider, 6)


def test_opinion_is_given_once_and_objection_needs_reason(
    application: Application, people: "People", liaison: User
) -> None:
    opinion = ask(application, people.reviewer, 23)[0]
    with pytest.raises(NotAllowed):
        give(opinion, people.reviewer)
    with pytest.raises(Incomplete):
        give(opinion, liaison, OpinionResult.OBJECTS)
    give(opinion, liaison, OpinionResult.OBJECTS, "未提供零星报销服务。")
    with pytest.raises(WrongState):
        give(opinion, liaison)


def test_asker_does_not_give_the_opinion(application: Application, people: "People", liaison: User) -> None:
    people.reviewer.groups.add(*liaison.groups.all())
    both = User.objects.get(pk=people.reviewer.pk)
    opinion = ask(application, both, 6)[0]
    with pytest.raises(NotAllowed) as refused:
        give(opinion, both)
    assert refused.value.code == "four_eyes"
    give(opinion, liaison)


def test_liaison_sees_the_question_only(
    client: Client, application: Application, people: "People", liaison: User
) -> None:
    opinion = ask(application, people.reviewer, 6)[0]
    assert list(opinions_waiting()) == [opinion]
    client.force_login(liaison)
    page = client.get(reverse("admin:admission_opinion_change", args=[opinion.pk]))
    assert "第6条条文。" in page.content.decode()
    for address in (
        reverse("admin:admission_application_change", args=[application.pk]),
        reverse("admin:admission_application_review", args=[application.pk, 6]),
        reverse("admin:banks_bank_changelist"),
    ):
        assert client.get(address).status_code == 403
    evidence = application.answers.get(criterion__number=1).evidence.get().file
    stolen = reverse("admin:admission_opinion_file", args=[opinion.pk, evidence.pk])
    assert client.get(stolen).status_code == 404
    sheet = reverse("admin:admission_opinion_action", args=[opinion.pk, "give_opinion"])
    client.post(sheet, {"result": "agrees", "given_on": clock.today().isoformat(), "text": ""})
    opinion.refresh_from_db()
    assert opinion.given_by == liaison
