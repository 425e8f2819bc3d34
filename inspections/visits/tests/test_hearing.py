"""Who inspected has no part in answering what the bank states on the determination, or on the exit that follows."""

from typing import TYPE_CHECKING

import pytest

from banks.hearings.actions import answer_statement, state_case
from banks.hearings.models import PriorNotice
from banks.hearings.queries import to_be_answered_by
from banks.hearings.rules import notice_on, people_with_part
from banks.register.models import Bank
from conftest import make_officer
from exit.cases.actions.grounds import open_exit_case
from inspections.determinations.models import Determination
from inspections.determinations.terms import BreachEffect, DeterminationKind
from inspections.rectification.actions.determinations import make_determination
from inspections.rectification.tests.factories import qualified
from inspections.visits.actions import following
from inspections.visits.tests.factories import FACTS, answered, photograph
from zsbank.base.accounts.models import User
from zsbank.base.refusals import NotAllowed
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture
def breach(bank: Bank, people: "People", clerk: User) -> Determination:
    """A serious breach, proposed by a colleague on what an inspector and an assessor found."""
    qualified(bank, people.decider)
    visit = answered(bank, people, clerk)
    document, name = photograph("检查笔录.pdf")
    following.propose_after_inspection(
        visit=visit,
        by=make_officer("inspector2", Role.INSPECTOR),
        kind=DeterminationKind.SERIOUS_BREACH,
        facts=FACTS,
        criteria=[],
        document=document,
        document_name=name,
        reason="后果严重。",
        effects=[BreachEffect.SOCIAL_EFFECT],
    )
    return Determination.objects.get()


@pytest.fixture
def statement(breach: Determination, clerk: User) -> PriorNotice:
    """What the bank states on it."""
    notice = notice_on(breach)
    assert notice is not None
    return state_case(notice=notice, text="已增配人员。", by=clerk)


def test_inspecting_officers_do_not_answer(statement: PriorNotice, people: "People") -> None:
    people.assessor.groups.add(*people.reviewer.groups.all())
    for person in (people.inspector, User.objects.get(pk=people.assessor.pk)):
        assert to_be_answered_by(person) == []
        with pytest.raises(NotAllowed) as refused:
            answer_statement(notice=statement, text="经复核属实。", by=person)
        assert refused.value.code == "four_eyes"
    assert to_be_answered_by(people.reviewer) == [statement]


def test_nor_on_the_exit_that_rests_on_it(
    breach: Determination, statement: PriorNotice, people: "People"
) -> None:
    answer_statement(notice=statement, text="经复核属实。", by=people.reviewer)
    make_determination(determination=breach, by=people.decider)
    case = open_exit_case(determination=Determination.objects.get(), by=people.inspector)
    behind = people_with_part("exit.exitcase", [case.pk])[case.pk]
    for person in (people.inspector, people.assessor, breach.proposed_by, people.decider):
        assert person.pk in behind, person
