"""One order for one run of failing years: whatever the order in which results come, the end is the same."""

import datetime as dt
from collections.abc import Iterator
from itertools import count, permutations
from typing import TYPE_CHECKING

import pytest

from banks.register.identifiers import with_check_characters
from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from banks.tests.factories import make_bank
from inspections.assessments.actions.orders import set_rectification_deadline
from inspections.assessments.actions.results import finalise_assessment, record_assessment, revise_assessment
from inspections.assessments.models import Assessment
from inspections.assessments.rules import failing_years, plan, runs, still_failing
from inspections.assessments.tests.factories import FAILING, PASSING, rated, scheme
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import BINDING, OrderState
from inspections.rectification.tests.factories import failing_results, order_in, qualified, reported, swept
from inspections.verification.tests.factories import accepted
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.refusals import NotYet

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
ENTRY = dt.date(2026, 3, 2)
DUE = dt.date(2026, 9, 3)
YEARS = (2022, 2023, 2024)
Event = tuple[str, int]


def orders_of_events(reviewed: int) -> Iterator[tuple[Event, ...]]:
    """Yield every order of the entries of three years and of one review after its entry."""
    review = ("review", reviewed)
    for events in permutations([*(("enter", year) for year in YEARS), review]):
        if events.index(("enter", reviewed)) < events.index(review):
            yield events


def bring_orders_to_the_results() -> None:
    """Run the steps of the sweep, as every hour."""
    for step in ("withdraw_order", "rename_order", "open_order"):
        swept(step, clock.today())


def live(bank: Bank, people: "People", events: tuple[Event, ...], failing: set[int], *, due: bool) -> None:
    """Let results of a bank come in this order, with a sweep after each.

    Args:
        failing: the years that fail when they are entered; the review turns the result over.
        due: whether an officer sets the due date of every order at once.
    """
    for what, year in events:
        if what == "enter":
            score = FAILING if year in failing else PASSING
            row = record_assessment(bank=bank, year=year, score=score, reason="", by=people.assessor)
            finalise_assessment(assessment=row, by=people.second_assessor)
        else:
            row = Assessment.objects.get(bank=bank, year=year)
            score = PASSING if row.is_fail else FAILING
            revise_assessment(assessment=row, score=score, seen=row.score, reason="复核。", by=people.decider)
        bring_orders_to_the_results()
        if due:
            for order in RectificationOrder.objects.filter(bank=bank, state=OrderState.AWAITING_DEADLINE):
                set_rectification_deadline(order=order, by=people.assessor, due=DUE)


def end(bank: Bank) -> tuple[str, list[tuple[str, range]]]:
    """Return what matters at the end: standing, and of each order that binds its state and the run it is about."""
    bank.refresh_from_db()
    held = Qualification.objects.get(bank=bank)
    all_runs = runs(failing_years(held))
    orders = RectificationOrder.objects.filter(bank=bank, state__in=BINDING).order_by("pk")
    return bank.standing, sorted(
        ((order.state, next(run for run in all_runs if still_failing(order)[0] in run)) for order in orders),
        key=str,
    )


@pytest.fixture
def banks(people: "People") -> Iterator[Bank]:
    """Any number of banks, each admitted in 2019."""

    def made() -> Iterator[Bank]:
        for number in count(1):
            bank = make_bank(f"示例银行{number}", with_check_characters(f"91442000MATE{number:04d}"))
            qualified(bank, people.decider)
            yield bank

    for year in YEARS:
        scheme(year)
    return made()


@pytest.mark.parametrize(
    ("failing", "reviewed", "expected"),
    [
        pytest.param({2022, 2023, 2024}, 2024, [range(2022, 2024)], id="the last year passes on review"),
        pytest.param({2022, 2023, 2024}, 2023, [], id="the year between passes on review"),
        pytest.param({2022, 2024}, 2023, [range(2022, 2025)], id="the year between fails on review"),
    ],
)
@pytest.mark.parametrize("due", [False, True], ids=["without due date", "with due date at once"])
def test_every_order_of_entry_has_the_same_end(
    banks: Iterator[Bank],
    people: "People",
    failing: set[int],
    reviewed: int,
    expected: list[range],
    due: bool,
) -> None:
    state = OrderState.OPEN if due else OrderState.AWAITING_DEADLINE
    standing = Standing.UNDER_RECTIFICATION if expected else Standing.QUALIFIED
    wanted = (standing, [(state, run) for run in expected])
    different: dict[tuple[Event, ...], object] = {}
    with clock.playing(ENTRY):
        for events in orders_of_events(reviewed):
            bank = next(banks)
            live(bank, people, events, failing, due=due)
            if end(bank) != wanted:
                different[events] = end(bank)
    assert not different


def test_orders_without_due_date_name_the_whole_run(bank: Bank, people: "People") -> None:
    qualified(bank, people.decider)
    for year in (2022, 2024, 2023):
        rated(bank, year, FAILING, people)
        with clock.playing(ENTRY):
            bring_orders_to_the_results()
    order = RectificationOrder.objects.get(state=OrderState.AWAITING_DEADLINE)
    assert order.years == range(2022, 2025)
    with clock.playing(ENTRY):
        order = set_rectification_deadline(order=order, by=people.assessor, due=DUE)
    assert "2022年度、2023年度、2024年度" in str(order.letter.data)  # type: ignore[union-attr]
    assert "连续三年评定为不合格" in str(order.letter.data)  # type: ignore[union-attr]


def test_year_that_joins_changes_no_letter_and_opens_no_order(bank: Bank, people: "People") -> None:
    held = qualified(bank, people.decider)
    order = order_in(OrderState.OPEN, held, assessed_year=2023)
    failing_results(held, [2024])
    bring_orders_to_the_results()
    assert RectificationOrder.objects.get().years == range(2022, 2024)
    assert RectificationOrder.objects.get() == order


def test_two_orders_whose_runs_become_one_are_joined_and_the_bank_is_told(
    bank: Bank, people: "People", clerk: User
) -> None:
    held = qualified(bank, people.decider)
    first = order_in(OrderState.OPEN, held, assessed_year=2021)
    second = order_in(OrderState.OPEN, held, assessed_year=2024)
    assert not plan(held).withdraw
    failing_results(held, [2022])
    bring_orders_to_the_results()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (OrderState.OPEN, OrderState.WITHDRAWN)
    assert "同一连续不合格年度" in Entry.objects.get(verb="withdraw_order").reason
    told = Message.objects.get(recipient=clerk, key=f"rectification:{second.pk}:withdrawn")
    assert "同一连续不合格年度" in told.body


@pytest.mark.parametrize(("later", "opened"), [(2024, []), (2025, [range(2024, 2026)])])
def test_accepted_rectification_settles_the_years_that_had_ended(
    bank: Bank, people: "People", clerk: User, later: int, opened: list[range]
) -> None:
    held = qualified(bank, people.decider)
    order = order_in(OrderState.OPEN, held, assessed_year=2023, starts=dt.date(2024, 3, 1), due=DUE)
    reported(order, clerk, dt.date(2025, 5, 6))
    with clock.playing(dt.date(2025, 6, 2)):
        accepted(RectificationOrder.objects.get(), people)
    failing_results(held, range(2024, later + 1))
    with clock.playing(ENTRY):
        bring_orders_to_the_results()
    later_orders = RectificationOrder.objects.exclude(pk=order.pk)
    assert [one.years for one in later_orders] == opened


def test_due_date_is_not_set_on_years_that_no_longer_fail(bank: Bank, people: "People") -> None:
    held = qualified(bank, people.decider)
    order = order_in(OrderState.AWAITING_DEADLINE, held, assessed_year=2024)
    row = Assessment.objects.get(year=2024)
    revise_assessment(assessment=row, score=PASSING, seen=row.score, reason="复核。", by=people.decider)
    with pytest.raises(NotYet) as refused:
        set_rectification_deadline(order=order, by=people.assessor, due=clock.today() + dt.timedelta(days=60))
    assert refused.value.code == "results_changed"
    assert not Letter.objects.exists()
