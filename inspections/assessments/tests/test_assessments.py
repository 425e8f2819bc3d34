"""Annual assessments: recording, finalising, revising, and the due date after failing years."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from banks.register.models import Bank
from banks.register.states import Standing
from inspections.assessments.actions.orders import set_rectification_deadline
from inspections.assessments.actions.results import finalise_assessment, revise_assessment
from inspections.assessments.models import Assessment
from inspections.assessments.states import AssessmentState
from inspections.assessments.tests.factories import (
    FAILING,
    OPENED,
    PASSING,
    YEAR,
    failed_twice,
    orders_swept,
    scored,
)
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.terms import OrderGround
from inspections.rectification.tests.factories import DAY, at, reported
from inspections.schemes.terms import FAILING_GRADE
from inspections.verification.tests.factories import accepted
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.journal.queries import history_of
from zsbank.base.journal.tests.reading import without_facts
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.refusals import EditConflict, Incomplete, NotAllowed, Refused, WrongState
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("edition"),
    pytest.mark.usefixtures("qualification"),
]
REASON = "投诉件重复计分。"
SET_TO = dt.date(2025, 6, 30)


@pytest.fixture
def final(draft: Assessment, people: "People") -> Assessment:
    """The result, finalised by the second assessor."""
    with clock.playing(OPENED):
        return finalise_assessment(assessment=draft, by=people.second_assessor)


@pytest.fixture
def waiting(bank: Bank, people: "People") -> RectificationOrder:
    """The order of 示例银行甲 after the failing years 2023 and 2024, without due date."""
    return failed_twice(bank, people)


def _set(order: RectificationOrder, by: User, due: dt.date = SET_TO) -> RectificationOrder:
    with clock.playing(OPENED):
        return set_rectification_deadline(order=order, by=by, due=due)


def _revise(assessment: Assessment, by: User, score: Decimal = PASSING) -> Assessment:
    with clock.playing(OPENED):
        return revise_assessment(
            assessment=assessment, score=score, seen=assessment.score, reason=REASON, by=by
        )


def test_year_is_recorded_once(draft: Assessment, people: "People") -> None:
    with pytest.raises(Refused) as refused:
        scored(draft.bank, YEAR, PASSING, people.second_assessor)
    assert refused.value.code == "taken"
    assert Assessment.objects.get().score == FAILING


def test_result_is_finalised_by_another_assessor(draft: Assessment, people: "People") -> None:
    with clock.playing(OPENED):
        final = finalise_assessment(assessment=draft, by=people.second_assessor)

    entry = history_of(final).latest("pk")
    assert (final.state, final.final_on) == (AssessmentState.FINAL, OPENED)
    assert (final.recorded_by, final.finalised_by) == (people.assessor, people.second_assessor)
    assert (entry.verb, entry.actor) == ("finalise_assessment", people.second_assessor)
    assert (entry.from_state, entry.to_state) == (AssessmentState.DRAFT, AssessmentState.FINAL)


def test_recorder_does_not_finalise(draft: Assessment, people: "People") -> None:
    with pytest.raises(NotAllowed) as refused:
        finalise_assessment(assessment=draft, by=people.assessor)
    assert refused.value.code == "four_eyes"
    assert Assessment.objects.get().state == AssessmentState.DRAFT


def test_database_refuses_recorder_as_finaliser(final: Assessment) -> None:
    with pytest.raises(IntegrityError, match="assessment_final_by_another_person"), transaction.atomic():
        Assessment.objects.update(finalised_by=F("recorded_by"))
    assert Assessment.objects.get().finalised_by == final.finalised_by


def test_finalising_needs_the_role_of_assessor(
    draft: Assessment, people: "People", clerk: User, administrator: User
) -> None:
    for person in (people.inspector, people.decider, people.auditor, clerk, administrator):
        with pytest.raises(NotAllowed):
            finalise_assessment(assessment=draft, by=person)
    assert Assessment.objects.get().state == AssessmentState.DRAFT


def test_finalising_by_other_bank_is_refused(draft: Assessment, stranger: User) -> None:
    with pytest.raises(NotAllowed):
        finalise_assessment(assessment=draft, by=stranger)
    assert Assessment.objects.get().state == AssessmentState.DRAFT


def test_final_result_is_not_finalised_again(final: Assessment, people: "People") -> None:
    with pytest.raises(WrongState):
        finalise_assessment(assessment=final, by=people.second_assessor)


def test_stale_result_is_not_finalised_twice(draft: Assessment, people: "People") -> None:
    stale = Assessment.objects.get(pk=draft.pk)
    finalise_assessment(assessment=draft, by=people.second_assessor)

    with pytest.raises(WrongState):
        finalise_assessment(assessment=stale, by=people.second_assessor)

    assert stale.state == AssessmentState.DRAFT
    assert Entry.objects.filter(verb="finalise_assessment").count() == 1


def test_revision_is_journalled_with_the_old_score(final: Assessment, people: "People") -> None:
    revised = _revise(final, people.decider)

    entry = history_of(revised).latest("pk")
    assert (revised.state, revised.score, revised.grade) == (AssessmentState.FINAL, PASSING, "中")
    assert (entry.verb, entry.actor, entry.reason) == ("revise_assessment", people.decider, REASON)
    now = {"year": YEAR, "score": "60.00", "grade": "中"}
    assert without_facts(entry) == now | {"score_before": "59.99", "grade_before": FAILING_GRADE}


def test_revising_needs_the_role_of_decider(
    final: Assessment, people: "People", clerk: User, administrator: User
) -> None:
    for person in (people.inspector, people.assessor, people.auditor, clerk, administrator):
        with pytest.raises(NotAllowed):
            _revise(final, person)
    assert Assessment.objects.get().score == FAILING


def test_revising_by_other_bank_is_refused(final: Assessment, stranger: User) -> None:
    with pytest.raises(NotAllowed):
        _revise(final, stranger)
    assert Assessment.objects.get().score == FAILING


def test_draft_is_not_revised(draft: Assessment, people: "People") -> None:
    with pytest.raises(WrongState):
        _revise(draft, people.decider)
    assert Assessment.objects.get().score == FAILING


def test_stale_revision_gets_edit_conflict(final: Assessment, people: "People") -> None:
    stale = Assessment.objects.get(pk=final.pk)
    _revise(final, people.decider)

    with pytest.raises(EditConflict):
        _revise(stale, people.second_decider, Decimal(75))

    assert Assessment.objects.get().score == PASSING
    assert Entry.objects.filter(verb="revise_assessment").count() == 1


@pytest.mark.parametrize("own", ["recorded_by", "finalised_by"])
def test_recorder_and_finaliser_do_not_revise(final: Assessment, people: "People", own: str) -> None:
    person = getattr(final, own)
    person.groups.add(Group.objects.get(name=Role.DECIDER.value))

    with pytest.raises(NotAllowed):
        _revise(final, type(person).objects.get(pk=person.pk))

    assert Assessment.objects.get().score == FAILING


def test_score_with_three_decimals_is_refused(final: Assessment, people: "People") -> None:
    with pytest.raises(Refused):
        _revise(final, people.decider, Decimal("59.995"))
    assert Assessment.objects.get().score == FAILING


def test_revision_needs_reason_and_valid_score(final: Assessment, people: "People") -> None:
    with pytest.raises(Incomplete):
        revise_assessment(assessment=final, score=PASSING, seen=FAILING, reason=" ", by=people.decider)
    with pytest.raises(Refused):
        _revise(final, people.decider, Decimal("100.01"))
    assert Assessment.objects.get().score == FAILING


@pytest.mark.parametrize("role", ["inspector", "assessor"])
def test_bureau_sets_due_date_after_two_failing_years(
    waiting: RectificationOrder, people: "People", role: str
) -> None:
    officer = getattr(people, role)

    order = _set(waiting, officer)

    entry = history_of(order).latest("pk")
    assert (order.state, order.due_date, order.raw_due_date) == (OrderState.OPEN, SET_TO, SET_TO)
    assert (entry.verb, entry.actor) == ("set_rectification_deadline", officer)
    assert (entry.from_state, entry.to_state) == (OrderState.AWAITING_DEADLINE, OrderState.OPEN)
    assert without_facts(entry) == {"due_date": SET_TO.isoformat(), "letter": str(order.letter)}


def test_setting_the_due_date_signs_the_letter(
    waiting: RectificationOrder, people: "People", clerk: User
) -> None:
    order = _set(waiting, people.assessor)

    letter, posted = Letter.objects.get(), Message.objects.get(recipient=clerk)
    assert (order.letter, letter.kind) == (letter, "rectification_order")
    assert letter.signed_by == people.assessor
    assert "2023年度、2024年度" in str(letter.data)
    assert "2025年6月30日（含当日）前" in str(letter.data)
    assert posted.link == reverse("inspections:order", args=[order.pk])


def test_setting_due_date_needs_the_role(
    waiting: RectificationOrder, people: "People", administrator: User
) -> None:
    for person in (people.decider, people.reviewer, people.auditor, administrator):
        with pytest.raises(NotAllowed):
            _set(waiting, person)
    assert RectificationOrder.objects.get().state == OrderState.AWAITING_DEADLINE


def test_setting_due_date_by_other_bank_is_refused(waiting: RectificationOrder, stranger: User) -> None:
    with pytest.raises(NotAllowed):
        _set(waiting, stranger)
    assert RectificationOrder.objects.get().state == OrderState.AWAITING_DEADLINE


def test_due_date_is_set_once(waiting: RectificationOrder, people: "People") -> None:
    order = _set(waiting, people.assessor)

    with pytest.raises(WrongState):
        _set(order, people.inspector, SET_TO + DAY)

    order.refresh_from_db()
    assert order.due_date == SET_TO


def test_stale_order_gets_no_second_due_date(waiting: RectificationOrder, people: "People") -> None:
    stale = RectificationOrder.objects.get(pk=waiting.pk)
    _set(waiting, people.assessor)

    with pytest.raises(WrongState):
        _set(stale, people.inspector, SET_TO + DAY)

    assert stale.state == OrderState.AWAITING_DEADLINE
    assert RectificationOrder.objects.get().due_date == SET_TO
    assert Letter.objects.count() == 1


def test_due_date_must_be_after_today(waiting: RectificationOrder, people: "People") -> None:
    for day in (OPENED - DAY, OPENED):
        with pytest.raises(Refused):
            _set(waiting, people.assessor, day)
    assert _set(waiting, people.assessor, OPENED + DAY).due_date == OPENED + DAY


def test_rectification_after_failing_years_makes_bank_qualified(
    bank: Bank, waiting: RectificationOrder, clerk: User, people: "People"
) -> None:
    order = _set(waiting, people.assessor)
    reported(order, clerk, at(SET_TO, 23, 59))

    with clock.playing(SET_TO + DAY):
        closed = accepted(order, people)

    bank.refresh_from_db()
    assert (closed.ground, closed.state) == (OrderGround.ASSESSMENT, OrderState.ACCEPTED)
    assert bank.standing == Standing.QUALIFIED
    assert orders_swept(SET_TO + DAY) == 0
