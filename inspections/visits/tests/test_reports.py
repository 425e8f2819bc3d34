"""Inspections after the visit: confirming, reporting, answering, what follows, and officers who leave."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from banks.hearings.rules import notice_on
from banks.register.models import Bank
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from inspections.visits.actions import fieldwork, following, reports
from inspections.visits.models import InspectionVisit, VisitAnswer
from inspections.visits.queries import to_be_confirmed_by, to_be_held_by, to_be_reported_by
from inspections.visits.states import VisitState
from inspections.visits.terms import Outcome
from inspections.visits.tests.factories import (
    DAY,
    FACTS,
    HELD,
    PLANNED,
    answered,
    confirmed,
    correcting,
    criteria_of,
    half_confirmed,
    photograph,
    planned,
    reported,
    signed,
    stated,
    to_record,
    told,
)
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.refusals import (
    Incomplete,
    NotAllowed,
    NotYet,
    Refused,
    WrongState,
)

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture(autouse=True)
def _on_a_monday() -> Any:
    with clock.playing(PLANNED):
        yield


def test_both_officers_confirm_each_for_themselves(bank: Bank, people: "People") -> None:
    visit = half_confirmed(bank, people)
    assert visit.state == VisitState.SIGNED
    with pytest.raises(WrongState):
        fieldwork.confirm_inspection(visit=visit, by=people.inspector)
    with pytest.raises(NotAllowed):
        fieldwork.confirm_inspection(visit=visit, by=people.reviewer)
    visit = fieldwork.confirm_inspection(visit=visit, by=people.assessor)
    assert visit.state == VisitState.CONFIRMED


def test_officer_who_inspected_does_not_sign_the_report(bank: Bank, people: "People") -> None:
    visit = confirmed(bank, people, others=[people.decider])
    for person in (people.inspector, people.decider):
        with pytest.raises(NotAllowed):
            reports.report_inspection(visit=visit, by=person)


def test_report_names_findings_and_the_time_for_the_answer(bank: Bank, people: "People") -> None:
    visit = reported(bank, people)
    assert visit.letter is not None
    text = "".join(one["text"] for one in visit.letter.data["paragraphs"])
    assert FACTS in text
    assert (visit.answer_due, visit.reported_by) == (dt.date(2025, 3, 17), people.decider)
    assert "2025年3月17日（含当日）前" in text


def test_report_without_findings_asks_for_nothing(bank: Bank, people: "People", clerk: User) -> None:
    visit = reported(bank, people, finds=False)
    assert (visit.state, visit.answer_due, visit.answer_period) == (VisitState.CLEAR, None, None)
    with pytest.raises(WrongState):
        reports.answer_inspection(visit=visit, by=clerk, text="无异议。")
    with pytest.raises(WrongState):
        following.demand_correction(
            visit=visit, by=people.decider, correct_by=PLANNED + 9 * DAY, reason="请改正。"
        )
    done = following.close_inspection(visit=visit, by=people.inspector, reason="未发现问题。")
    assert (done.state, done.outcome) == (VisitState.CLOSED, Outcome.NOTHING)


def test_bank_answers_once(bank: Bank, people: "People", clerk: User) -> None:
    visit = answered(bank, people, clerk)
    with pytest.raises(WrongState):
        reports.answer_inspection(visit=visit, by=clerk, text="补充。")
    assert VisitAnswer.objects.get().corrects is False


def test_nothing_is_decided_while_the_bank_may_answer(bank: Bank, people: "People") -> None:
    visit = reported(bank, people)
    assert visit.answer_due is not None
    with clock.playing(visit.answer_due), pytest.raises(NotYet):
        following.close_inspection(visit=visit, by=people.decider, reason="不再处理。")
    with clock.playing(visit.answer_due + DAY):
        done = following.close_inspection(visit=visit, by=people.decider, reason="不再处理。")
    assert done.decided_by == people.decider


def test_late_answer_is_taken_until_it_is_decided(bank: Bank, people: "People", clerk: User) -> None:
    visit = reported(bank, people)
    with clock.playing(PLANNED + 40 * DAY):
        answer = reports.answer_inspection(visit=visit, by=clerk, text="迟复说明。")
    assert answer.visit.state == VisitState.ANSWERED


def test_other_bank_answers_nothing(bank: Bank, people: "People", stranger: User) -> None:
    visit = reported(bank, people)
    with pytest.raises(NotAllowed):
        reports.answer_inspection(visit=visit, by=stranger, text="无异议。")


@pytest.mark.parametrize("day", [PLANNED, dt.date(2025, 9, 4)])
def test_correction_is_due_after_today_and_within_six_months(
    day: dt.date, bank: Bank, people: "People", clerk: User
) -> None:
    visit = answered(bank, people, clerk)
    with pytest.raises(Refused) as refused:
        following.demand_correction(visit=visit, by=people.decider, correct_by=day, reason="请改正。")
    assert refused.value.code == "correct_by"


def test_correction_due_on_a_rest_day_moves_to_the_next_working_day(
    bank: Bank, people: "People", clerk: User
) -> None:
    visit = answered(bank, people, clerk)
    saturday = dt.date(2025, 3, 22)
    visit = following.demand_correction(
        visit=visit, by=people.decider, correct_by=saturday, reason="请改正。"
    )
    assert visit.correct_by == dt.date(2025, 3, 24)
    assert visit.correct_period is not None
    later = following.demand_correction(
        visit=visit, by=people.decider, correct_by=dt.date(2025, 9, 3), reason="再延一次。"
    )
    assert (later.correct_by, later.outcome_reason) == (dt.date(2025, 9, 3), "再延一次。")


def test_correction_is_stated_and_confirmed(bank: Bank, people: "People", clerk: User) -> None:
    visit = correcting(bank, people, clerk)
    with pytest.raises(Incomplete):
        reports.state_correction(visit=visit, by=clerk, text="已改正。", files=[])
    stated(visit, clerk)
    with clock.playing(HELD):
        done = following.confirm_correction(visit=visit, by=people.inspector, remark="复查属实。")
    assert (done.state, done.outcome, done.closed_on) == (VisitState.CLOSED, Outcome.CORRECTION, HELD)
    assert "corrected" in told(bank)


def test_determination_is_proposed_on_the_findings(bank: Bank, people: "People", clerk: User) -> None:
    visit = correcting(bank, people, clerk)
    before = told(bank)
    document, name = photograph("检查笔录.pdf")
    done = following.propose_after_inspection(
        visit=visit,
        by=people.inspector,
        kind=DeterminationKind.CRITERIA_NOT_MET,
        facts=FACTS,
        criteria=criteria_of(visit)[:1],
        document=document,
        document_name=name,
        reason="逾期未改正。",
    )
    determination = Determination.objects.get()
    assert (done.state, done.determination) == (VisitState.CLOSED, determination)
    assert (determination.facts, determination.proposed_by) == (FACTS, people.inspector)
    notice = notice_on(determination)
    assert notice is not None
    assert told(bank) == [*before, str(notice.pk)]


def leave(person: User) -> None:
    """Lose the account."""
    person.is_active = False
    person.save(update_fields=["is_active"])


def test_colleague_takes_the_place_of_an_officer_who_has_left(bank: Bank, people: "People") -> None:
    visit = planned(bank, people)
    with pytest.raises(NotAllowed):
        fieldwork.record_inspection(**to_record(visit, people.reviewer))
    leave(people.assessor)
    visit = InspectionVisit.objects.get(pk=visit.pk)
    assert visit in to_be_held_by(people.reviewer)
    fieldwork.record_inspection(**to_record(visit, people.reviewer))
    visit.refresh_from_db()
    assert (visit.led_by, visit.accompanied_by) == (people.inspector, people.reviewer)
    assert visit not in to_be_held_by(people.intake)


def test_colleague_confirms_for_an_officer_who_has_left(bank: Bank, people: "People") -> None:
    visit = signed(bank, people)
    assert visit not in to_be_confirmed_by(people.decider)
    leave(people.inspector)
    leave(people.assessor)
    visit = InspectionVisit.objects.get(pk=visit.pk)
    assert visit in to_be_confirmed_by(people.decider)
    visit = fieldwork.confirm_inspection(visit=visit, by=people.decider)
    with pytest.raises(WrongState):
        fieldwork.confirm_inspection(visit=visit, by=people.decider)
    assert visit not in to_be_confirmed_by(people.decider)
    visit = fieldwork.confirm_inspection(visit=visit, by=people.reviewer)
    assert (visit.led_confirmed_by, visit.accompanied_confirmed_by) == (people.decider, people.reviewer)
    assert (visit.led_by, visit.state) == (people.inspector, VisitState.CONFIRMED)
    with pytest.raises(NotAllowed):
        reports.report_inspection(visit=visit, by=people.decider)
    assert visit not in to_be_reported_by(people.decider)
    assert visit in to_be_reported_by(people.second_decider)
