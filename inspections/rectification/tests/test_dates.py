"""Due dates that a person sets on a rest day, and provisional ones, on which nothing lapses by itself."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank
from inspections.assessments.actions.orders import set_rectification_deadline
from inspections.rectification.actions.orders import lapse
from inspections.rectification.forms import DeadlineForm
from inspections.rectification.models import RectificationOrder
from inspections.rectification.queries import overdue, to_be_confirmed_as_lapsed
from inspections.rectification.rules import may_confirm_lapse
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import DAY, order_in, ordered, qualified, reported, swept
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import Incomplete, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
SET_ON, NATIONAL_DAY, AFTER_IT = dt.date(2026, 8, 6), dt.date(2026, 10, 3), dt.date(2026, 10, 8)
PROVISIONAL = dt.date(2027, 2, 9)


@pytest.fixture
def undated(bank: Bank, clerk: User, people: "People") -> RectificationOrder:
    """An order of which the due date is to be set."""
    held = qualified(bank, people.decider)
    order = order_in(OrderState.AWAITING_DEADLINE, held, starts=SET_ON, due=SET_ON + DAY)
    RectificationOrder.objects.filter(pk=order.pk).update(due_date=None, raw_due_date=None)
    order.refresh_from_db()
    return order


@pytest.fixture
def provisional(bank: Bank, clerk: User, people: "People") -> RectificationOrder:
    """An order with a provisional due date."""
    qualified(bank, people.decider)
    return ordered(bank, people, on=SET_ON)


# Set by a person ------------------------------------------------------------------------------------------


def test_rest_day_is_warned_of_with_the_working_day(undated: RectificationOrder, people: "People") -> None:
    with clock.playing(SET_ON), pytest.raises(Incomplete) as refusal:
        set_rectification_deadline(order=undated, by=people.inspector, due=NATIONAL_DAY)

    assert refusal.value.code == "rest_day"
    for words in ("2026年10月3日", "2026年10月8日", "休息日"):
        assert words in str(refusal.value)
    undated.refresh_from_db()
    assert (undated.state, undated.due_date) == (OrderState.AWAITING_DEADLINE, None)


def test_rest_day_moves_and_is_explained_in_the_letter(undated: RectificationOrder, people: "People") -> None:
    with clock.playing(SET_ON):
        set_rectification_deadline(order=undated, by=people.inspector, due=NATIONAL_DAY, move=True)

    order = RectificationOrder.objects.get(pk=undated.pk)
    assert (order.raw_due_date, order.due_date, order.provisional) == (NATIONAL_DAY, AFTER_IT, False)
    assert order.explained is not None
    said = "；".join(order.explained.explain("zh-hans"))
    assert said.startswith("市局确定的最后一日为 2026-10-03")
    assert "国庆节假期" in said
    assert order.letter is not None
    assert "2026年10月8日（含当日）前" in str(order.letter.data)
    assert "市局确定的最后一日为2026年10月3日" in str(order.letter.data)
    with clock.playing(AFTER_IT):
        assert not order.is_overdue


def test_working_day_stays_as_chosen(undated: RectificationOrder, people: "People") -> None:
    with clock.playing(SET_ON):
        order = set_rectification_deadline(order=undated, by=people.inspector, due=AFTER_IT)

    assert (order.raw_due_date, order.due_date) == (AFTER_IT, AFTER_IT)
    assert order.explained is not None


def test_form_asks_whether_it_moves() -> None:
    form = DeadlineForm({"due": "2026-10-03"})
    assert form.is_valid()
    assert form.cleaned_data == {"due": NATIONAL_DAY, "move": False}


# Provisional ----------------------------------------------------------------------------------------------


def test_nothing_lapses_on_a_provisional_day_without_a_person(
    provisional: RectificationOrder, people: "People"
) -> None:
    assert (provisional.due_date, provisional.provisional) == (PROVISIONAL, True)
    on = PROVISIONAL + 30 * DAY
    with clock.playing(on):
        assert not overdue(on).exists()
        assert swept("lapse", on) == 0
        with pytest.raises(WrongState):
            lapse(order=provisional, by=None)
        assert list(to_be_confirmed_as_lapsed()) == [provisional]
        assert may_confirm_lapse(provisional)
    with clock.playing(PROVISIONAL):
        assert not to_be_confirmed_as_lapsed().exists()
        assert not may_confirm_lapse(provisional)


def test_person_confirms_the_lapse_with_its_day(provisional: RectificationOrder, people: "People") -> None:
    with clock.playing(PROVISIONAL + 30 * DAY):
        lapsed = lapse(order=provisional, by=people.inspector)
        assert swept("open_exit_case", clock.today()) == 1

    assert (lapsed.state, lapsed.closed_on) == (OrderState.LAPSED, PROVISIONAL + DAY)
    entry = Entry.objects.get(verb="lapse")
    assert (entry.actor, entry.effective_on) == (people.inspector, PROVISIONAL + DAY)
    assert Entry.objects.get(verb="open_exit_case").effective_on == PROVISIONAL + DAY


def test_person_cannot_confirm_what_the_clock_does(bank: Bank, people: "People") -> None:
    qualified(bank, people.decider)
    order = ordered(bank, people, on=dt.date(2025, 3, 3))
    with clock.playing(dt.date(2025, 10, 9)):
        assert not may_confirm_lapse(order)
        with pytest.raises(WrongState):
            lapse(order=order, by=people.inspector)


def test_report_is_in_time_until_the_lapse_is_confirmed(
    provisional: RectificationOrder, clerk: User, people: "People"
) -> None:
    reported(provisional, clerk, PROVISIONAL + DAY)

    provisional.refresh_from_db()
    assert provisional.state == OrderState.REPORTED
