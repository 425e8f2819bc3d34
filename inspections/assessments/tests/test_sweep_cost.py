"""The sweep reads what is due, not all that there is, and finds the same as looking at every qualification."""

import datetime as dt
from collections.abc import Callable
from itertools import count
from random import Random

import pytest

from banks.register.identifiers import with_check_characters
from banks.register.models import Bank, Qualification
from banks.tests.factories import make_bank
from inspections.assessments import due
from inspections.assessments.queries import (
    orders_to_rename,
    orders_to_withdraw,
    qualifications_needing_order,
    to_be_opened_by_a_person,
)
from inspections.assessments.rules import failing_years, plan, runs, runs_due
from inspections.assessments.sweep import STEPS
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import SETTLED, OrderState
from inspections.rectification.terms import OrderGround
from inspections.rectification.tests.factories import failing_results
from tests.walk.work import watched

pytestmark = pytest.mark.django_db
ADMITTED, TODAY = dt.date(2014, 1, 6), dt.date(2026, 9, 22)
YEARS = range(2018, 2026)
NUMBERS = count(1)


def held() -> Qualification:
    """A qualification of a bank of its own, as a row."""
    number = next(NUMBERS)
    bank: Bank = make_bank(f"示例银行{number}", with_check_characters(f"91442000MATE{number:04d}"))
    return Qualification.objects.create(bank=bank, effective_from=ADMITTED, takeover_note="示例")


def order(of: Qualification, years: range, state: OrderState, closed: dt.date | None = None) -> None:
    """An order about failing years as a row."""
    RectificationOrder.objects.create(
        bank=of.bank,
        qualification=of,
        ground=OrderGround.ASSESSMENT,
        first_year=years[0],
        assessed_year=years[-1],
        state=state,
        start_date=dt.date(years[-1] + 1, 3, 3),
        due_date=None if state == OrderState.AWAITING_DEADLINE else dt.date(years[-1] + 1, 9, 3),
        closed_on=closed,
    )


def _of_each_kind() -> list[Callable[[], Qualification]]:
    """Return ways of making a qualification of which nothing is due."""

    def fails(
        *years: int, orders: tuple[tuple[range, OrderState, dt.date | None], ...] = ()
    ) -> Qualification:
        of = held()
        failing_results(of, years)
        for one in orders:
            order(of, *one)
        return of

    two = range(2023, 2025)
    return [
        held,
        lambda: fails(2024),
        lambda: fails(2022, 2024),
        lambda: fails(*two, orders=((two, OrderState.AWAITING_DEADLINE, None),)),
        lambda: fails(*two, orders=((two, OrderState.OPEN, None),)),
        lambda: fails(*two, orders=((two, OrderState.REPORTED, None),)),
        lambda: fails(*two, orders=((two, OrderState.LAPSED, dt.date(2025, 9, 4)),)),
        lambda: fails(*two, orders=((two, OrderState.ACCEPTED, dt.date(2025, 8, 4)),)),
        lambda: fails(*two, orders=((two, OrderState.SET_ASIDE, dt.date(2025, 9, 4)),)),
    ]


def _sweep() -> list[int]:
    return [pk for step in STEPS for pk in step.due(TODAY)]


def test_hour_in_which_nothing_is_due_costs_the_same_with_three_and_with_sixty_qualifications() -> None:
    kinds = _of_each_kind()
    seen = []
    for number in (3, 60):
        while Qualification.objects.count() < number:
            kinds[Qualification.objects.count() % len(kinds)]()
        with watched() as work:
            assert _sweep() == []
        seen.append(work)

    assert seen[0] == seen[1]
    assert len(seen[0]) == len(STEPS)
    assert all(statement.startswith("SELECT") for statement in seen[0])


def test_rows_that_are_read_are_those_of_what_is_due() -> None:
    kinds = _of_each_kind()
    while Qualification.objects.count() < 20:
        kinds[Qualification.objects.count() % len(kinds)]()
    late = held()
    failing_results(late, (2023, 2024))

    with watched() as work:
        assert _sweep() == [late.pk]

    rows = [one for one in work if not one.startswith("SELECT")]
    assert sorted(rows) == ["Assessment", "Assessment", "Qualification"]


def test_pages_are_read_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "PAGE", 2)
    late = [held() for _number in range(5)]
    for one in late:
        failing_results(one, (2023, 2024))

    assert qualifications_needing_order() == [one.pk for one in late]


def _any_order(chance: Random, of: Qualification) -> None:
    """Add an order about any years, in any state that the database allows."""
    first = chance.choice(YEARS[:-1])
    years = range(first, min(first + chance.choice((2, 2, 2, 3, 4)), YEARS.stop))
    if of.rectification_orders.filter(assessed_year=years[-1]).exists():
        return
    state = chance.choice([one for one in OrderState if one != OrderState.WITHDRAWN])
    is_closed = state in SETTLED or state == OrderState.LAPSED
    day = dt.date(years[-1] + chance.choice((0, 1, 1, 2, 3)), 9, 4)
    order(of, years, state, day if is_closed else None)


@pytest.mark.parametrize("seed", range(4))
def test_same_is_found_as_by_looking_at_every_qualification(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 examples
    for _number in range(150):
        of = held()
        failing_results(of, [year for year in YEARS if chance.random() < 0.55])
        for _order in range(chance.choice((0, 0, 1, 1, 2, 3))):
            _any_order(chance, of)
    everything = list(due.in_pages(Qualification.objects.all()))
    plans = [plan(one) for one in everything]

    assert qualifications_needing_order() == [one.pk for one in everything if runs_due(None, one)]
    assert orders_to_withdraw() == [pk for found in plans for pk in found.withdraw]
    assert orders_to_rename() == [pk for found in plans for pk in found.rename]
    assert any(found.withdraw for found in plans)
    assert any(found.rename for found in plans)
    assert any(found.open for found in plans)


def test_order_about_a_run_that_another_order_settled_is_found() -> None:
    of = held()
    failing_results(of, (2021, 2022, 2024))
    order(of, range(2021, 2023), OrderState.ACCEPTED, dt.date(2023, 9, 4))
    order(of, range(2021, 2025), OrderState.OPEN)

    assert orders_to_withdraw() == [of.rectification_orders.get(state=OrderState.OPEN).pk]


def test_ended_qualifications_are_left_out() -> None:
    of = held()
    failing_results(of, (2023, 2024))
    Qualification.objects.filter(pk=of.pk).update(cancelled_on=TODAY)

    assert _sweep() == []
    assert to_be_opened_by_a_person() == []


def test_little_is_looked_at_in_vain() -> None:
    """Of many banks with any past, few are read of which nothing is due."""
    chance = Random(7)  # noqa: S311 examples
    for _number in range(200):
        of = held()
        failing_results(of, [year for year in YEARS if chance.random() < 0.55])
        for years in runs(failing_years(of)):
            state = chance.choice((OrderState.ACCEPTED, OrderState.OPEN))
            day = dt.date(years[-1] + 1, 9, 4) if state == OrderState.ACCEPTED else None
            order(of, range(years[0], years[-1] + 1), state, day)

    looked_at = due.with_runs_to_look_at().count()
    needed = len(qualifications_needing_order())

    assert looked_at - needed <= 2
