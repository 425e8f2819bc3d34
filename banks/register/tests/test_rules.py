"""Rules that depend on a bank's standing, at the border of each day."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from banks.register.actions import lock_out, release
from banks.register.models import Bank, Qualification
from banks.register.rules import may_allow_issuing, may_apply, may_be_locked_out, may_be_released
from banks.register.states import Standing
from banks.register.terms import ELIGIBILITY
from banks.tests.factories import admit, leave
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import Verdict

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
LEFT = dt.date(2026, 3, 4)
BEGINS, LAST, AGAIN = dt.date(2026, 3, 5), dt.date(2031, 3, 4), dt.date(2031, 3, 5)
BY_CATEGORY = """
    state_owned eligible, postal_savings eligible, joint_stock eligible, city eligible, rural eligible,
    private needs_decision, village needs_decision, direct needs_decision,
    foreign_funded not_eligible, policy not_eligible, credit_cooperative not_eligible
"""
"""国有、邮储、股份制、城商、农商等中资商业银行 (criterion 1), written out by hand."""


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


@pytest.fixture
def held(bank: Bank, people: "People") -> Qualification:
    """A qualification since January 2026."""
    with clock.playing(dt.date(2026, 1, 5)):
        return admit(bank, people.decider)


@pytest.fixture
def left(held: Qualification, bank: Bank, people: "People") -> Bank:
    """A bank that left on 4 March 2026, barred for five years."""
    with clock.playing(LEFT):
        leave(held, people.decider, calculate(LEFT, 5, Unit.YEAR, roll=False))
    bank.refresh_from_db()
    return bank


def test_every_category_is_eligible_as_the_mechanism_says() -> None:
    agreed = dict(pair.split() for pair in BY_CATEGORY.split(","))
    assert {category.value: found.value for category, found in ELIGIBILITY.items()} == agreed


def test_qualified_bank_does_not_apply(held: Qualification, bank: Bank) -> None:
    bank.refresh_from_db()
    assert codes(may_apply(bank, on=clock.today())) == ["qualified"]


@pytest.mark.parametrize(
    ("day", "against"), [(LEFT, ["barred"]), (BEGINS, ["barred"]), (LAST, ["barred"]), (AGAIN, [])]
)
def test_bar_ends_with_its_last_day(left: Bank, day: dt.date, against: list[str]) -> None:
    assert (left.bar_last_day, left.may_apply_from) == (LAST, AGAIN)
    assert codes(may_apply(left, on=day)) == against


@pytest.mark.parametrize(("day", "is_due"), [(LEFT, False), (BEGINS, True)])
def test_bar_begins_on_the_day_after_the_exit(left: Bank, day: dt.date, *, is_due: bool) -> None:
    with clock.playing(day):
        assert bool(may_be_locked_out(None, left)) == is_due


@pytest.mark.parametrize(("day", "is_due"), [(LAST, False), (AGAIN, True)])
def test_bank_is_released_on_the_day_after_the_bar(left: Bank, day: dt.date, *, is_due: bool) -> None:
    with clock.playing(day):
        assert bool(may_be_released(None, left)) == is_due


def test_late_sweep_records_the_days_on_which_it_was_due(left: Bank) -> None:
    with clock.playing(dt.date(2026, 4, 20)):
        lock_out(bank=left, by=None)
    with clock.playing(dt.date(2031, 4, 20)):
        release(bank=left, by=None)
    days = Entry.objects.filter(verb__in=["lock_out", "release"]).values_list("verb", "effective_on")
    assert dict(days) == {"lock_out": BEGINS, "release": AGAIN}
    left.refresh_from_db()
    assert left.standing == Standing.APPLICANT


def test_issuing_is_allowed_once_and_while_the_qualification_is_in_force(
    held: Qualification, bank: Bank, people: "People"
) -> None:
    assert codes(may_allow_issuing(None, held)) == []
    held.issuing_from = clock.today()
    assert codes(may_allow_issuing(None, held)) == ["allowed"]
    held.issuing_from, held.cancelled_on = None, clock.today()
    assert codes(may_allow_issuing(None, held)) == ["cancelled"]
