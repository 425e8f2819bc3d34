"""The register ends the same, whatever the order in which results are entered and changed."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from banks.register.models import Bank
from conftest import People, make_officer
from inspections.assessments.models import Assessment
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import qualified
from inspections.schemes.tests.factories import published
from tests.lives.machine import ACTIONS, BANDS, CODES, ROLES, act, nothing_goes_out, outermost, registered
from zsbank.base.calendar import clock
from zsbank.site.operations import integrity, runner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
YEARS = (2020, 2021, 2022, 2023, 2024)
TODAY = dt.date(2025, 3, 10)
FAILS, PASSES = Decimal("59.99"), Decimal("60.00")
RUNS_ARE_KEPT = "rename_order" in ACTIONS
"""Whether an order follows its whole run of failing years; before, sweeps in between could leave another order."""

Event = tuple[int, Decimal]
"""A year and the score that it has from now on."""

events = st.lists(
    st.tuples(st.sampled_from(YEARS), st.sampled_from([FAILS, PASSES, Decimal(10)])), min_size=2, max_size=7
)


def carry_out(order: list[Event], sweeps: list[bool]) -> Any:
    """Enter results in this order, each of a known year as a change; return what holds in the end."""
    people = People(**{name: make_officer(f"o-{name}", role) for name, role in ROLES.items()})
    bank = registered("示例银行甲", CODES[0], people.intake)
    qualified(bank, people.decider)
    for year in YEARS:
        published(year, BANDS)
    with clock.playing(TODAY):
        for (year, score), swept in zip(order, sweeps, strict=True):
            enter(bank, year, score, people)
            if swept:
                runner.run()
        runner.run()
        assert list(integrity.findings()) == []
    bank.refresh_from_db()
    open_now = RectificationOrder.objects.exclude(state=OrderState.WITHDRAWN)
    return bank.standing, sorted(str(row.assessed_year) + row.state for row in open_now)


def enter(bank: Bank, year: int, score: Decimal, people: People) -> None:
    """Record and finalise a result, or change the one that there is."""
    row = Assessment.objects.filter(bank=bank, year=year).first()
    if row is None:
        row = act("record_assessment", bank=bank, year=year, score=score, reason="", by=people.assessor)
        act("finalise_assessment", assessment=row, by=people.second_assessor)
    elif row.score != score:
        given = {"score": score, "seen": row.score, "reason": "复核", "by": people.decider}
        act("revise_assessment", assessment=row, **given)


def end_of(order: list[Event], sweeps: list[bool]) -> Any:
    """Return what holds in the end, and undo it."""
    with outermost(), nothing_goes_out():
        found = carry_out(order, sweeps)
        raise Undone(found)


class Undone(Exception):
    """Carries the end out of the transaction that it undoes."""

    def __init__(self, found: Any) -> None:
        """`found` is the end."""
        super().__init__()
        self.found = found


def found_by(order: list[Event], sweeps: list[bool]) -> Any:
    with pytest.raises(Undone) as undone:
        end_of(order, sweeps)
    return undone.value.found


@settings(
    max_examples=30, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(order=events, data=st.data())
def test_end_is_the_same_whatever_the_order_of_entry(order: list[Event], data: st.DataObject) -> None:
    """The last score of each year counts; when, and in what order, it was entered does not."""
    last = dict(order)
    sweeps = data.draw(st.lists(st.booleans(), min_size=len(order), max_size=len(order)))
    if not RUNS_ARE_KEPT:
        sweeps = [False] * len(order)
    straight = data.draw(st.permutations(sorted(last.items())))
    assert found_by(order, sweeps) == found_by(list(straight), [False] * len(straight))


def test_control_other_results_end_otherwise() -> None:
    failed = [(2023, FAILS), (2024, FAILS)]
    assert found_by(failed, [False, True]) != found_by([*failed, (2024, PASSES)], [False, True, True])
