"""A prior notice that reached nobody: no decision, and the days for the statement run from its service."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from banks.hearings.actions import count_from_service, state_case
from banks.hearings.models import PriorNotice
from banks.hearings.queries import in_hand, open_on, to_be_counted_again
from banks.hearings.rules import may_state, was_heard
from banks.hearings.sweep import STEPS
from banks.hearings.tests.factories import given_notice
from banks.members.actions.members import add_member
from banks.members.tests.unreached import nobody_acts_for
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile
from zsbank.base.letters.actions import record_service
from zsbank.base.letters.terms import Manner
from zsbank.base.letters.tests.examples import proof
from zsbank.base.notices.models import Message
from zsbank.base.refusals import WrongState
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
GIVEN = dt.date(2026, 3, 2)
LATER = dt.date(2026, 3, 23)


@pytest.fixture
def notice(bank: Bank, people: "People") -> PriorNotice:
    """A notice of 2026-03-02, with five working days, that reached nobody."""
    with clock.playing(GIVEN), nobody_acts_for(bank):
        return given_notice(bank, people.reviewer)


def heard(notice: PriorNotice) -> list[str]:
    """Return the codes of the reasons against a decision."""
    notice.refresh_from_db()
    return [reason.code for reason in was_heard(StoredFile(pk=notice.case_id)).reasons]


def swept() -> int:
    """Run the sweep's step; return how many notices were counted again."""
    return sum(STEPS[0].do(pk) for pk in STEPS[0].due(clock.today()))


def test_nothing_is_decided_on_a_notice_that_reached_nobody(notice: PriorNotice) -> None:
    with clock.playing(LATER):
        assert heard(notice) == ["not_served"]
        assert may_state(None, notice)
        assert notice in open_on(StoredFile)
        assert notice in in_hand(notice.bank)
        assert swept() == 0


def test_days_run_from_the_service(notice: PriorNotice, people: "People", clerk: User) -> None:
    assert notice.letter
    assert notice.due_date == dt.date(2026, 3, 9)
    with clock.playing(LATER):
        record_service(letter=notice.letter, by=people.intake, **proof(Manner.POST, dt.date(2026, 3, 20)))
        assert heard(notice) == ["not_counted"]
        assert swept() == 1
        assert heard(notice) == ["not_over"]
        assert notice.due_date == dt.date(2026, 3, 27)
        assert swept() == 0
        assert Message.objects.get(recipient=clerk).due == notice.due_date
    with clock.playing(dt.date(2026, 3, 28)):
        assert heard(notice) == []


def test_days_run_from_the_day_on_which_a_member_came(notice: PriorNotice, people: "People") -> None:
    new = User.objects.create(username="new", name="新人", email="new@bank.example")
    with clock.playing(LATER):
        add_member(bank=notice.bank, user=new, role=Role.BANK_CLERK, by=people.intake)
        assert to_be_counted_again(LATER) == [notice.pk]
        assert swept() == 1
        assert heard(notice) == ["not_over"]
        assert notice.due_date == dt.date(2026, 3, 30)
        state_case(notice=notice, text="示例", by=new)


def test_notice_that_reached_the_bank_is_not_counted_again(bank: Bank, people: "People", clerk: User) -> None:
    with clock.playing(GIVEN):
        notice = given_notice(bank, people.reviewer)
    assert notice.letter
    with clock.playing(LATER):
        record_service(letter=notice.letter, by=people.intake, **proof())
        assert heard(notice) == []
        assert to_be_counted_again(LATER) == []
        with pytest.raises(WrongState):
            count_from_service(notice=notice, by=None)


def test_by_public_notice_the_days_run_after_thirty_days(notice: PriorNotice, people: "People") -> None:
    assert notice.letter
    with clock.playing(LATER):
        record_service(letter=notice.letter, by=people.intake, **proof(Manner.PUBLIC_NOTICE, LATER))
        assert swept() == 1
        notice.refresh_from_db()
        assert notice.due_period["start"] == "2026-04-22"
