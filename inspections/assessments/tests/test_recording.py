"""Results are recorded as drafts: by whom, for which years, with which scores."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from inspections.assessments.actions.results import record_assessment
from inspections.assessments.models import Assessment
from inspections.assessments.states import AssessmentState
from inspections.assessments.tests.factories import (
    FAILING,
    OPENED,
    PASSING,
    YEAR,
    scheme,
    scored,
)
from inspections.rectification.tests.factories import ADMITTED, at, left
from inspections.schemes.terms import FAILING_GRADE
from inspections.schemes.tests.factories import published
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.queries import history_of
from zsbank.base.journal.tests.reading import without_facts
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("edition"),
    pytest.mark.usefixtures("qualification"),
]


def _record(bank: Bank, by: User, on: dt.date | dt.datetime, year: int = YEAR) -> Assessment:
    with clock.playing(on):
        return record_assessment(bank=bank, year=year, score=FAILING, reason="", by=by)


def test_recorded_assessment_is_a_graded_draft(
    draft: Assessment, qualification: Qualification, people: "People"
) -> None:
    entry = history_of(draft).get()
    assert (draft.state, draft.grade) == (AssessmentState.DRAFT, FAILING_GRADE)
    assert (draft.qualification, draft.recorded_by, draft.final_on) == (qualification, people.assessor, None)
    assert (entry.verb, entry.actor, entry.to_state) == ("record_assessment", people.assessor, "draft")
    assert without_facts(entry) == {"year": YEAR, "score": "59.99", "grade": FAILING_GRADE}


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.99", "良"),
        ("60", "中"),
        ("59.99", FAILING_GRADE),
        ("0", FAILING_GRADE),
    ],
)
def test_grade_bounds_are_inclusive_and_exact(bank: Bank, people: "People", score: str, grade: str) -> None:
    assert scored(bank, YEAR, Decimal(score), people.assessor).grade == grade


def test_recording_needs_the_role_of_assessor(
    bank: Bank, people: "People", clerk: User, administrator: User
) -> None:
    for person in (people.inspector, people.decider, people.auditor, clerk, administrator):
        with pytest.raises(NotAllowed):
            scored(bank, YEAR, PASSING, person)
    assert not Assessment.objects.exists()


def test_recording_by_other_bank_is_refused(bank: Bank, stranger: User) -> None:
    with pytest.raises(NotAllowed):
        scored(bank, YEAR, PASSING, stranger)
    assert not Assessment.objects.exists()


def test_applicant_is_not_assessed(other_bank: Bank, people: "People") -> None:
    with pytest.raises(WrongState):
        scored(other_bank, YEAR, PASSING, people.assessor)


def test_exited_bank_is_not_assessed(bank: Bank, qualification: Qualification, people: "People") -> None:
    stale = Bank.objects.get(pk=bank.pk)
    left(qualification, people.decider, dt.date(2025, 1, 6))

    with pytest.raises(WrongState):
        scored(stale, YEAR, PASSING, people.assessor)

    assert stale.standing == Standing.QUALIFIED
    assert not Assessment.objects.exists()


def test_year_before_the_qualification_is_refused(bank: Bank, people: "People") -> None:
    scored(bank, ADMITTED.year, PASSING, people.assessor)
    scheme(ADMITTED.year - 1)

    with pytest.raises(Refused):
        _record(bank, people.assessor, OPENED, ADMITTED.year - 1)

    assert Assessment.objects.get().year == ADMITTED.year


def test_year_is_assessed_once_it_is_over(bank: Bank, people: "People") -> None:
    scheme(YEAR)

    with pytest.raises(Refused):
        _record(bank, people.assessor, at(dt.date(YEAR, 12, 31), 23, 59))
    assessment = _record(bank, people.assessor, at(dt.date(YEAR + 1, 1, 1), 0, 0))

    assert assessment.year == YEAR


@pytest.mark.parametrize("score", ["-0.01", "100.01"])
def test_score_out_of_range_is_refused(bank: Bank, people: "People", score: str) -> None:
    with pytest.raises(Refused):
        scored(bank, YEAR, Decimal(score), people.assessor)
    assert not Assessment.objects.exists()


def test_score_without_scheme_or_grade_is_refused(bank: Bank, people: "People") -> None:
    with pytest.raises(Refused):
        _record(bank, people.assessor, OPENED)
    published(YEAR, [{"grade": "合格", "from": "60"}])
    with pytest.raises(Incomplete):
        _record(bank, people.assessor, OPENED)

    assert not Assessment.objects.exists()
