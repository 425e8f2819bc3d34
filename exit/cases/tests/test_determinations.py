"""Exit cases and proposed determinations: only what is made leads to exit, and an exit closes proposals."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from banks.hearings.actions import answer_statement, state_case
from banks.hearings.rules import notice_on, people_with_part
from banks.register.models import Bank, Qualification
from exit.cases.actions.cases import propose_exit, sign_exit
from exit.cases.actions.grounds import open_exit_case
from exit.cases.models import ExitCase
from exit.cases.queries import breaches_without_case, took_part
from exit.cases.states import ExitState
from exit.cases.tests.factories import case_in, filed, heard_until
from inspections.determinations.models import Determination
from inspections.determinations.states import DeterminationState
from inspections.determinations.terms import DeterminationKind
from inspections.determinations.tests.factories import proposal
from inspections.rectification.actions.determinations import confirm_determination, make_determination
from inspections.rectification.tests.factories import qualified
from inspections.visits.tests.factories import found_in_breach
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import case_page
from zsbank.base.journal.tests.reading import last_transition
from zsbank.base.notices.models import Message
from zsbank.base.refusals import NotAllowed, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
SIGNED_IN_BY = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def qualification(bank: Bank, people: "People") -> Qualification:
    """示例银行甲 is admitted and issues cards."""
    return qualified(bank, people.decider)


@pytest.fixture
def breach(qualification: Qualification, people: "People") -> Determination:
    """A serious breach that an inspector proposed."""
    return proposal(qualification, by=people.inspector, kind=DeterminationKind.SERIOUS_BREACH)


def test_proposed_breach_opens_no_exit_case(breach: Determination, people: "People") -> None:
    assert list(breaches_without_case()) == []
    with pytest.raises(WrongState):
        open_exit_case(determination=breach, by=people.inspector)
    assert not ExitCase.objects.exists()
    make_determination(determination=breach, by=people.decider)
    assert list(breaches_without_case()) == [breach]
    case = open_exit_case(determination=breach, by=people.inspector)
    assert case.grounds.get().determination == breach


def test_nobody_behind_a_confirmed_paper_signs_the_exit(
    qualification: Qualification, people: "People"
) -> None:
    found = proposal(
        qualification,
        by=people.inspector,
        kind=DeterminationKind.SERIOUS_BREACH,
        paper_date=clock.today() - dt.timedelta(days=3),
        paper_signed_by=people.second_decider,
    )
    confirm_determination(determination=found, by=people.decider)
    case = propose_exit(case=open_exit_case(determination=found, by=people.inspector), by=people.reviewer)
    behind = {people.inspector.pk, people.decider.pk, people.second_decider.pk}
    assert took_part([case.pk])[case.pk] == behind | {people.reviewer.pk}
    for person in (people.decider, people.second_decider):
        with clock.playing(heard_until(case)), pytest.raises(NotAllowed) as refused:
            sign_exit(case=case, by=person)
        assert refused.value.code == "four_eyes"


def test_exit_closes_open_proposals(breach: Determination, administrator: User, people: "People") -> None:
    case = propose_exit(case=filed(breach.qualification, administrator), by=people.reviewer)
    sign_exit(case=case, by=people.decider)
    with pytest.raises(WrongState):
        make_determination(determination=breach, by=people.second_decider)
    closed = Determination.objects.get()
    entry = last_transition(closed)
    assert closed.state == DeterminationState.WITHDRAWN
    assert case.case_number in closed.closed_reason
    assert entry is not None
    assert (entry.verb, entry.actor) == ("void_determination", people.decider)
    told = Message.objects.get(recipient=people.inspector, title="认定建议已终止")
    assert told.link == case_page(closed)


def test_bank_sees_nothing_of_a_proposal(breach: Determination, clerk: User) -> None:
    client = Client()
    client.force_login(clerk, backend=SIGNED_IN_BY)
    pages = ("/", "/rectification/", "/bank/letters/", "/exit/", "/messages/", "/applications/")
    for path in (*pages, "/api/v1/banks/", "/api/v1/applications/", "/api/v1/letters/"):
        answer = client.get(path)
        assert answer.status_code in {200, 403}, path
        assert breach.facts[:6] not in answer.content.decode(), path
        assert breach.document.name not in answer.content.decode(), path
    assert client.get(case_page(breach)).status_code != 200
    case = case_in(ExitState.OPENED, breach.qualification)
    assert breach.facts[:6] not in client.get(reverse("exit:case", args=[case.pk])).content.decode()
    assert not Message.objects.filter(recipient=clerk).exists()


def test_nobody_who_inspected_answers_on_the_exit(bank: Bank, people: "People", clerk: User) -> None:
    breach = found_in_breach(bank, people, clerk)
    notice = notice_on(breach)
    assert notice is not None
    state_case(notice=notice, text="已增配人员。", by=clerk)
    answer_statement(notice=notice, text="经复核属实。", by=people.reviewer)
    make_determination(determination=breach, by=people.decider)
    case = open_exit_case(determination=Determination.objects.get(), by=people.inspector)
    behind = people_with_part("exit.exitcase", [case.pk])[case.pk]
    for person in (people.inspector, people.assessor, breach.proposed_by, people.decider):
        assert person.pk in behind, person
