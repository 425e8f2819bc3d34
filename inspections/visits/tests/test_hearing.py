"""Who inspected has no part in answering what the bank states on the determination that follows."""

from typing import TYPE_CHECKING

import pytest

from banks.hearings.actions import answer_statement, state_case
from banks.hearings.models import PriorNotice
from banks.hearings.queries import to_be_answered_by
from banks.hearings.rules import notice_on
from banks.register.models import Bank
from inspections.determinations.models import Determination
from inspections.visits.tests.factories import found_in_breach
from zsbank.base.accounts.models import User
from zsbank.base.refusals import NotAllowed

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture
def breach(bank: Bank, people: "People", clerk: User) -> Determination:
    """A serious breach, proposed by a colleague on what an inspector and an assessor found."""
    return found_in_breach(bank, people, clerk)


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
