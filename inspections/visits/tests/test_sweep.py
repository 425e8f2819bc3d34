"""The sweep tells once that a correction is overdue, and the integrity checks find what is not whole."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank
from inspections.visits.actions.following import demand_correction
from inspections.visits.actions.messages import REMINDERS
from inspections.visits.actions.reports import state_correction
from inspections.visits.checks import answers_agree, held_is_whole
from inspections.visits.models import InspectionVisit, PersonPresent, VisitAnswer
from inspections.visits.queries import corrections_to_confirm, to_be_decided
from inspections.visits.states import VisitState
from inspections.visits.sweep import STEPS
from inspections.visits.tests.factories import DAY, PLANNED, answered, correcting, reported, stated
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.notices.models import Message

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture
def visit(bank: Bank, people: "People", clerk: User) -> InspectionVisit:
    """An inspection whose findings are to be corrected by a working day."""
    with clock.playing(PLANNED):
        return correcting(bank, people, clerk)


def swept(on: dt.date) -> int:
    """Run the step on a day; return how many inspections it recorded."""
    step, *_reminders = STEPS
    with clock.playing(on):
        return sum(bool(step.do(pk)) for pk in list(step.due(on)))


def told() -> list[str]:
    """Return who was told that a correction is overdue."""
    rows = Message.objects.filter(key__contains=":overdue:").order_by("recipient__username")
    return list(rows.values_list("recipient__username", flat=True))


def test_nobody_is_told_on_the_due_date(visit: InspectionVisit) -> None:
    assert visit.correct_by is not None
    assert (swept(visit.correct_by), told()) == (0, [])


def test_bank_and_inspectors_are_told_once_however_late_the_sweep(visit: InspectionVisit) -> None:
    assert visit.correct_by is not None
    late = visit.correct_by + 40 * DAY
    assert (swept(late), swept(late + DAY)) == (1, 0)
    assert told() == ["clerk", "inspector"]
    visit.refresh_from_db()
    assert visit.overdue_recorded_on == late


def test_another_day_is_told_again_when_it_has_passed(visit: InspectionVisit, people: "People") -> None:
    assert visit.correct_by is not None
    swept(visit.correct_by + DAY)
    with clock.playing(visit.correct_by + 2 * DAY):
        again = demand_correction(
            visit=visit, by=people.decider, correct_by=clock.today() + 10 * DAY, reason="请尽快改正。"
        )
    assert again.overdue_recorded_on is None
    assert again.correct_by is not None
    swept(again.correct_by + DAY)
    assert told() == ["clerk", "clerk", "inspector", "inspector"]


def test_correction_waits_for_its_check_when_it_is_stated_or_overdue(
    visit: InspectionVisit, clerk: User
) -> None:
    assert visit.correct_by is not None
    with clock.playing(visit.correct_by):
        assert list(corrections_to_confirm()) == []
    with clock.playing(visit.correct_by + DAY):
        assert list(corrections_to_confirm()) == [visit]
    with clock.playing(visit.correct_by):
        stated(visit, clerk)
        assert list(corrections_to_confirm()) == [visit]


def test_stated_correction_is_the_bureaus_turn_and_neither_overdue_nor_asked_for(
    visit: InspectionVisit, clerk: User, people: "People"
) -> None:
    assert visit.correct_by is not None
    with clock.playing(visit.correct_by):
        found = stated(visit, clerk).visit
    assert (found.state, state_correction.is_due(found)) == (VisitState.CORRECTED, False)
    assert (swept(visit.correct_by + DAY), told()) == (0, [])
    with clock.playing(visit.correct_by + DAY):
        assert not [reminder for reminder in REMINDERS if reminder.remind(visit.pk)]
        again = demand_correction(
            visit=found, by=people.decider, correct_by=clock.today() + 10 * DAY, reason="仍有一个窗口未开。"
        )
    assert (again.state, state_correction.is_due(again)) == (VisitState.CORRECTING, True)


def test_decision_waits_until_the_time_for_the_answer_is_over(bank: Bank, people: "People") -> None:
    with clock.playing(PLANNED):
        visit = reported(bank, people)
    assert visit.answer_due is not None
    assert list(to_be_decided(visit.answer_due)) == []
    assert list(to_be_decided(visit.answer_due + DAY)) == [visit]


def test_inspection_without_findings_waits_for_its_decision_at_once(bank: Bank, people: "People") -> None:
    visit = reported(bank, people, finds=False)
    assert list(to_be_decided(clock.today())) == [visit]


def test_held_inspection_that_names_nobody_is_found(bank: Bank, people: "People", clerk: User) -> None:
    visit = answered(bank, people, clerk)
    assert (list(held_is_whole()), list(answers_agree())) == ([], [])
    PersonPresent.objects.all().delete()
    assert [line.partition(":")[0] for line in held_is_whole()] == [f"inspections.inspectionvisit {visit.pk}"]


def test_answered_inspection_without_answer_is_found(bank: Bank, people: "People", clerk: User) -> None:
    visit = answered(bank, people, clerk)
    VisitAnswer.objects.all().delete()
    assert list(answers_agree()) == [
        f"inspections.inspectionvisit {visit.pk}: is answered, its answers say otherwise"
    ]
