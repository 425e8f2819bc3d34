"""The sweep opens an order for each second failing year, and withdraws it after a review."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from inspections.assessments.actions.orders import open_orders_after_failing_years, set_rectification_deadline
from inspections.assessments.actions.results import finalise_assessment, record_assessment, revise_assessment
from inspections.assessments.models import Assessment
from inspections.assessments.tests.factories import (
    FAILING,
    OPENED,
    PASSING,
    failed_twice,
    orders_swept,
    rated,
    scheme,
    scored,
)
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import (
    DAY,
    DUE,
    admitted_again,
    left,
    ordered,
    qualified,
    reported,
    swept,
)
from zsbank.base.accounts.models import User
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit
from zsbank.base.journal.models import Entry
from zsbank.base.journal.tests.reading import without_facts
from zsbank.base.refusals import Refused

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture(autouse=True)
def qualification(bank: Bank, people: "People") -> Qualification:
    """示例银行甲 is admitted and issues cards."""
    return qualified(bank, people.decider)


def _standing(bank: Bank) -> str:
    return str(Bank.objects.get(pk=bank.pk).standing)


def _rated(bank: Bank, people: "People", results: dict[int, str]) -> None:
    for year, result in results.items():
        rated(bank, year, PASSING if result == "passes" else FAILING, people)


# Two failing years ----------------------------------------------------------------------------------------


def test_two_consecutive_failing_years_open_one_order(bank: Bank, people: "People") -> None:
    _rated(bank, people, {2023: "fails", 2024: "fails"})

    assert [orders_swept(OPENED), orders_swept(OPENED), orders_swept(OPENED + DAY)] == [1, 0, 0]

    order, entry = RectificationOrder.objects.get(), Entry.objects.get(verb="open_order")
    assert (order.assessed_year, order.state) == (2024, OrderState.AWAITING_DEADLINE)
    assert (order.start_date, order.due_date) == (dt.date(2025, 3, 3), None)
    assert (entry.actor, entry.to_state, without_facts(entry)) == (
        None,
        order.state,
        {"first_year": 2023, "assessed_year": 2024},
    )
    assert _standing(bank) == Standing.UNDER_RECTIFICATION


def test_concurrent_sweep_opens_one_order(bank: Bank, qualification: Qualification, people: "People") -> None:
    _rated(bank, people, {2023: "fails", 2024: "fails"})

    once = by_clock(open_orders_after_failing_years, Qualification)
    with clock.playing(OPENED):
        assert [once(qualification.pk), once(qualification.pk)] == [True, False]
    assert RectificationOrder.objects.count() == 1


@pytest.mark.parametrize(
    "results",
    [
        pytest.param({2024: "fails"}, id="one failing year"),
        pytest.param({2022: "fails", 2024: "fails"}, id="a gap year is no bridge"),
        pytest.param({2022: "fails", 2023: "passes", 2024: "fails"}, id="a passing year between"),
        pytest.param({2023: "fails", 2024: "passes"}, id="rectified in the second year"),
    ],
)
def test_other_results_open_no_order(bank: Bank, people: "People", results: dict[int, str]) -> None:
    _rated(bank, people, results)

    assert orders_swept(OPENED) == 0
    assert not RectificationOrder.objects.exists()
    assert _standing(bank) == Standing.QUALIFIED


def test_draft_result_counts_once_it_is_final(bank: Bank, people: "People") -> None:
    _rated(bank, people, {2023: "fails"})
    draft = scored(bank, 2024, FAILING, people.assessor)
    before = orders_swept(OPENED)

    finalise_assessment(assessment=draft, by=people.second_assessor)

    assert (before, orders_swept(OPENED)) == (0, 1)


def test_failing_gap_year_rated_later_opens_one_order(bank: Bank, people: "People") -> None:
    _rated(bank, people, {2022: "fails", 2024: "fails", 2023: "fails"})

    orders_swept(OPENED)

    assert list(RectificationOrder.objects.values_list("first_year", "assessed_year")) == [(2022, 2024)]


def test_failing_year_of_other_bank_does_not_count(bank: Bank, other_bank: Bank, people: "People") -> None:
    qualified(other_bank, people.decider)
    _rated(bank, people, {2023: "fails"})
    _rated(other_bank, people, {2024: "fails"})

    assert orders_swept(OPENED) == 0


# Changed on review ----------------------------------------------------------------------------------------


def _revise(year: int, result: str, by: User) -> None:
    score = PASSING if result == "passes" else FAILING
    assessment = Assessment.objects.get(year=year)
    revise_assessment(assessment=assessment, score=score, seen=assessment.score, reason="复核更正。", by=by)


@pytest.mark.parametrize("how_far", [OrderState.AWAITING_DEADLINE, OrderState.OPEN, OrderState.REPORTED])
@pytest.mark.parametrize("year", [2023, 2024])
def test_passing_on_review_withdraws_the_order(
    bank: Bank, clerk: User, people: "People", year: int, how_far: OrderState
) -> None:
    order = failed_twice(bank, people)
    if how_far != OrderState.AWAITING_DEADLINE:
        with clock.playing(OPENED):
            set_rectification_deadline(order=order, by=people.assessor, due=DUE)
    if how_far == OrderState.REPORTED:
        reported(order, clerk, OPENED)
    _revise(year, "passes", people.decider)

    assert [orders_swept(DUE), orders_swept(DUE)] == [1, 0]

    order.refresh_from_db()
    assert (order.state, order.closed_on) == (OrderState.WITHDRAWN, DUE)
    assert Entry.objects.get(verb="withdraw_order").from_state == how_far
    assert _standing(bank) == Standing.QUALIFIED


def test_bank_stays_under_its_other_order_after_withdrawal(bank: Bank, people: "People") -> None:
    failed_twice(bank, people)
    other = ordered(bank, people)
    _revise(2024, "passes", people.decider)

    orders_swept(OPENED)

    assert RectificationOrder.objects.get(state=OrderState.OPEN) == other
    assert _standing(bank) == Standing.UNDER_RECTIFICATION


def test_failing_on_review_opens_an_order(bank: Bank, people: "People") -> None:
    _rated(bank, people, {2023: "passes", 2024: "fails"})
    before = orders_swept(OPENED)

    _revise(2023, "fails", people.decider)

    assert (before, orders_swept(OPENED)) == (0, 1)
    assert RectificationOrder.objects.get().assessed_year == 2024


def test_failing_again_on_review_opens_a_new_order(bank: Bank, people: "People") -> None:
    failed_twice(bank, people)
    for result in ("passes", "fails"):
        _revise(2024, result, people.decider)
        orders_swept(OPENED)

    withdrawn, new = RectificationOrder.objects.order_by("pk")
    assert (withdrawn.state, withdrawn.assessed_year) == (OrderState.WITHDRAWN, 2024)
    assert (new.state, new.assessed_year) == (OrderState.AWAITING_DEADLINE, 2024)


# Years of an earlier qualification ------------------------------------------------------------------------


def test_years_before_an_exit_do_not_count(
    bank: Bank, qualification: Qualification, people: "People"
) -> None:
    _rated(bank, people, {2019: "fails", 2020: "fails"})
    left(qualification, people.decider, dt.date(2021, 3, 15))
    while_out = orders_swept(dt.date(2021, 3, 16))

    admitted_again(bank, people.decider)

    assert (while_out, orders_swept(dt.date(2026, 4, 1))) == (0, 0)
    assert not RectificationOrder.objects.exists()
    assert _standing(bank) == Standing.QUALIFIED


def test_failing_years_across_an_exit_are_no_pair(
    bank: Bank, qualification: Qualification, people: "People"
) -> None:
    _rated(bank, people, {2022: "fails"})
    left(qualification, people.decider, dt.date(2023, 4, 3), bar=1, unit=Unit.MONTH)
    admitted_again(bank, people.decider)
    _rated(bank, people, {2023: "fails"})
    between = orders_swept(dt.date(2024, 4, 1))

    _rated(bank, people, {2024: "fails"})

    assert (between, orders_swept(dt.date(2025, 4, 1))) == (0, 1)
    assert RectificationOrder.objects.get().assessed_year == 2024


def test_year_of_an_earlier_qualification_is_not_assessed(
    bank: Bank, qualification: Qualification, people: "People"
) -> None:
    left(qualification, people.decider, dt.date(2020, 3, 2))
    admitted_again(bank, people.decider)
    scheme(2019)

    with clock.playing(dt.date(2026, 3, 2)), pytest.raises(Refused):
        record_assessment(bank=bank, year=2019, score=FAILING, reason="", by=people.assessor)

    assert not Assessment.objects.exists()


def test_late_sweep_lapses_order_as_of_the_day_after_due_date(bank: Bank, people: "People") -> None:
    order = failed_twice(bank, people)
    with clock.playing(OPENED):
        set_rectification_deadline(order=order, by=people.assessor, due=DUE)

    assert swept("lapse", DUE + 40 * DAY) == 1

    assert Entry.objects.get(verb="lapse").effective_on == DUE + DAY
