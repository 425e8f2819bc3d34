"""The day of a determination and the due date of its order: six months, and which days are possible."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from admission.editions.models import PolicyEdition
from admission.tests.factories import admitted, make_edition
from banks.register.models import Bank
from inspections.assessments.actions.orders import set_rectification_deadline
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.factories import (
    ADMITTED,
    DAY,
    DETERMINED,
    DUE,
    determined,
    ordered,
)
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.refusals import Refused, WrongState

if TYPE_CHECKING:
    from conftest import People
from inspections.determinations.tests.test_determinations import _nothing_was_written

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("edition"),
    pytest.mark.usefixtures("qualification"),
]


@pytest.mark.parametrize(
    ("day", "corresponding", "due"),
    [
        pytest.param("2025-03-03", "2025-09-03", "2025-09-03", id="the same number"),
        pytest.param("2025-02-28", "2025-08-28", "2025-08-28", id="no month end from a month end"),
        pytest.param("2025-03-31", "2025-09-30", "2025-09-30", id="a month of 30 days"),
        pytest.param("2025-08-31", "2026-02-28", "2026-02-28", id="February, a Saturday worked"),
        pytest.param("2023-08-31", "2024-02-29", "2024-02-29", id="February of a leap year"),
        pytest.param("2025-07-02", "2026-01-02", "2026-01-04", id="off the New Year holiday"),
    ],
)
def test_due_date_is_six_months_after_determination(
    bank: Bank, people: "People", day: str, corresponding: str, due: str
) -> None:
    order = ordered(bank, people, on=dt.date.fromisoformat(day))

    assert (str(order.start_date), str(order.raw_due_date), str(order.due_date)) == (day, corresponding, due)
    assert order.limit_day == order.raw_due_date
    assert order.explained is not None
    assert (order.explained.last_day, order.explained.n) == (order.due_date, 6)
    assert not order.provisional


def test_due_date_in_unpublished_year_is_provisional(bank: Bank, people: "People") -> None:
    order = ordered(bank, people, on=dt.date(2098, 4, 1))

    assert (order.raw_due_date, order.provisional) == (dt.date(2098, 10, 1), True)


def test_late_entry_of_a_paper_does_not_move_the_due_date(bank: Bank, people: "People") -> None:
    late = dt.date(2025, 6, 20)
    determined(bank, by=people.inspector, decided_by=people.decider, recorded_on=late)

    order = RectificationOrder.objects.get()
    assert (order.start_date, order.due_date) == (DETERMINED, DUE)


def test_due_date_of_determination_cannot_be_set(bank: Bank, people: "People") -> None:
    order = ordered(bank, people)

    for person in (people.inspector, people.assessor):
        with clock.playing(DETERMINED), pytest.raises(WrongState):
            set_rectification_deadline(order=order, by=person, due=DUE + DAY)

    order.refresh_from_db()
    assert order.due_date == DUE


def test_database_refuses_due_date_after_six_months(bank: Bank, people: "People") -> None:
    order = ordered(bank, people)

    with pytest.raises(IntegrityError, match="order_within_limit"), transaction.atomic():
        RectificationOrder.objects.update(raw_due_date=F("limit_day") + DAY)

    order.refresh_from_db()
    assert order.raw_due_date == DUE


def test_terms_of_the_admission_edition_apply(other_bank: Bank, stranger: User, people: "People") -> None:
    with clock.playing(ADMITTED):
        admitted(other_bank, stranger, people)
    other_bank.refresh_from_db()
    make_edition("newer", dt.date(2024, 1, 1))
    PolicyEdition.objects.filter(slug="newer").update(rectification_months=3)

    order = ordered(other_bank, people)

    assert order.due_date == DUE


@pytest.mark.parametrize(
    ("day", "recorded_on", "code"),
    [
        pytest.param(DETERMINED + DAY, DETERMINED, "future", id="tomorrow"),
        pytest.param(ADMITTED - DAY, ADMITTED, "before", id="before the qualification"),
        pytest.param(DETERMINED, DUE + DAY, "past", id="time to rectify is over"),
    ],
)
def test_impossible_determination_date_is_refused(
    bank: Bank, people: "People", day: dt.date, recorded_on: dt.date, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        determined(bank, by=people.inspector, decided_by=people.decider, on=day, recorded_on=recorded_on)
    assert refused.value.code == code
    assert _nothing_was_written(bank)


@pytest.mark.parametrize(
    ("day", "recorded_on"),
    [
        pytest.param(ADMITTED, ADMITTED + DAY, id="the first day of the qualification"),
        pytest.param(DETERMINED, DUE, id="the due date itself"),
    ],
)
def test_earliest_and_latest_determination_dates_are_accepted(
    bank: Bank, people: "People", day: dt.date, recorded_on: dt.date
) -> None:
    determined(bank, by=people.inspector, decided_by=people.decider, on=day, recorded_on=recorded_on)

    assert RectificationOrder.objects.get().start_date == day


def test_old_serious_breach_is_accepted(bank: Bank, people: "People") -> None:
    found = determined(
        bank,
        by=people.inspector,
        decided_by=people.decider,
        recorded_on=DUE + DAY,
        kind=DeterminationKind.SERIOUS_BREACH,
    )
    assert found.determination_date == DETERMINED
