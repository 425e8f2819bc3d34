"""Sweep of rectification orders: lapses and reminders, each once."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from inspections.assessments.tests.factories import OPENED, failed_twice
from inspections.rectification.actions.messages import REMINDER
from inspections.rectification.actions.orders import lapse
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import (
    DAY,
    DETERMINED,
    DUE,
    at,
    left,
    ordered,
    qualified,
    reported,
    swept,
)
from inspections.verification.tests.factories import rejected
from zsbank.base.accounts.models import User
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.notices.models import Message

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture(autouse=True)
def qualification(bank: Bank, people: "People") -> Qualification:
    """示例银行甲 is admitted and issues cards."""
    return qualified(bank, people.decider)


@pytest.fixture
def order(qualification: Qualification, clerk: User, people: "People") -> RectificationOrder:
    """An order of a determination, due on 2025-09-03."""
    return ordered(qualification.bank, people)


# Lapse ----------------------------------------------------------------------------------------------------


def test_order_does_not_lapse_on_the_due_date(order: RectificationOrder) -> None:
    with clock.playing(at(DUE, 23, 59)):
        assert not by_clock(lapse, RectificationOrder)(order.pk)
    assert swept("lapse", DUE) == 0
    assert RectificationOrder.objects.get().state == OrderState.OPEN


def test_order_lapses_the_day_after_the_due_date(order: RectificationOrder, clerk: User) -> None:
    assert swept("lapse", DUE + DAY) == 1

    lapsed, entry = RectificationOrder.objects.get(), Entry.objects.get(verb="lapse")
    assert (lapsed.state, lapsed.due_date, lapsed.closed_on) == (OrderState.LAPSED, DUE, DUE + DAY)
    assert (entry.actor, entry.from_state, entry.to_state) == (None, OrderState.OPEN, OrderState.LAPSED)
    assert entry.effective_on == DUE + DAY
    assert Bank.objects.get(pk=lapsed.bank_id).standing == Standing.UNDER_RECTIFICATION
    assert Message.objects.filter(recipient=clerk, key=f"rectification:{lapsed.pk}:lapsed").count() == 1


def test_late_sweep_backdates_the_lapse(order: RectificationOrder) -> None:
    found = DUE + 40 * DAY

    assert swept("lapse", found) == 1

    entry = Entry.objects.get(verb="lapse")
    assert (entry.effective_on, clock.local_day(entry.at)) == (DUE + DAY, found)


def test_due_date_moved_off_a_holiday_is_in_time(
    qualification: Qualification, clerk: User, people: "People"
) -> None:
    order = ordered(qualification.bank, people, on=dt.date(2025, 7, 2))

    reported(order, clerk, at(dt.date(2026, 1, 4), 23, 59))

    assert swept("lapse", dt.date(2026, 1, 5)) == 0


def test_order_lapses_the_day_after_a_moved_due_date(qualification: Qualification, people: "People") -> None:
    ordered(qualification.bank, people, on=dt.date(2025, 7, 2))

    assert [swept("lapse", dt.date(2026, 1, day)) for day in (3, 4, 5)] == [0, 0, 1]
    assert Entry.objects.get(verb="lapse").effective_on == dt.date(2026, 1, 5)


def test_order_lapses_once(order: RectificationOrder) -> None:
    days = [DUE + DAY, DUE + DAY, DUE + 2 * DAY, DUE + 40 * DAY]

    assert [swept("lapse", day) for day in days] == [1, 0, 0, 0]

    assert Entry.objects.filter(verb="lapse").count() == 1
    assert RectificationOrder.objects.get().closed_on == DUE + DAY


def test_concurrent_sweep_lapses_order_once(order: RectificationOrder) -> None:
    with clock.playing(DUE + DAY):
        assert [by_clock(lapse, RectificationOrder)(order.pk) for _worker in range(2)] == [True, False]
    assert Entry.objects.filter(verb="lapse").count() == 1
    assert Message.objects.filter(key__endswith=":lapsed").count() == 1


def test_order_without_due_date_does_not_lapse(qualification: Qualification, people: "People") -> None:
    failed_twice(qualification.bank, people)
    assert swept("lapse", OPENED + 1000 * DAY) == 0


def test_exit_withdraws_open_orders(qualification: Qualification, clerk: User, people: "People") -> None:
    first, second = (ordered(qualification.bank, people, on=day) for day in (DETERMINED, DETERMINED + DAY))
    failed_twice(qualification.bank, people)
    reported(second, clerk, DUE)

    left(qualification, people.decider, DUE)

    states = RectificationOrder.objects.values_list("state", "closed_on")
    assert list(states) == [(OrderState.WITHDRAWN, DUE)] * 3
    assert (swept("lapse", DUE + DAY), swept("remind", first.start_date)) == (0, 0)


# Remind ---------------------------------------------------------------------------------------------------


def _reminders(order: RectificationOrder, to: User) -> dict[str, int]:
    """The reminders of a person, each with the calendar days left."""
    start = f"rectification:{order.pk}:reminder:"
    assert order.due_date is not None
    return {
        message.key.removeprefix(start): (order.due_date - clock.local_day(message.at)).days
        for message in Message.objects.filter(recipient=to, key__startswith=start)
    }


def test_daily_sweep_reminds_at_90_30_7_and_1_days(order: RectificationOrder, clerk: User) -> None:
    days = [DETERMINED + offset * DAY for offset in range((DUE - DETERMINED).days + 2)]

    done = sum(swept("remind", day) for day in days)

    assert _reminders(order, clerk) == {"90": 90, "30": 30, "7": 7, "1": 1}
    assert done == 4


def test_no_reminder_91_days_before(order: RectificationOrder, clerk: User) -> None:
    assert swept("remind", DUE - 91 * DAY) == 0
    assert _reminders(order, clerk) == {}


@pytest.mark.parametrize(
    ("left_over", "nearest"),
    [(90, "90"), (31, "90"), (30, "30"), (20, "30"), (7, "7"), (2, "7"), (1, "1"), (0, "1")],
)
def test_late_sweep_posts_only_the_nearest_reminder(
    order: RectificationOrder, clerk: User, left_over: int, nearest: str
) -> None:
    day = DUE - left_over * DAY

    assert [swept("remind", day), swept("remind", day)] == [1, 0]

    assert _reminders(order, clerk) == {nearest: left_over}
    assert Message.objects.filter(recipient=clerk, body__contains=f"还剩{left_over}天").exists()


def test_later_reminders_follow_a_late_sweep(order: RectificationOrder, clerk: User) -> None:
    for day in (DUE - 20 * DAY, DUE - 10 * DAY, DUE - 7 * DAY, DUE):
        swept("remind", day)

    assert _reminders(order, clerk) == {"30": 20, "7": 7, "1": 0}


def test_reminder_goes_to_all_members(
    order: RectificationOrder, clerk: User, administrator: User, stranger: User
) -> None:
    assert swept("remind", DUE - DAY) == 1

    posted = [_reminders(order, person) for person in (clerk, administrator, stranger)]
    assert posted == [{"1": 1}, {"1": 1}, {}]


def test_no_reminder_while_a_report_is_pending(
    order: RectificationOrder, clerk: User, people: "People"
) -> None:
    reported(order, clerk, DUE - 8 * DAY)
    waiting = swept("remind", DUE - 7 * DAY)
    with clock.playing(DUE - 2 * DAY):
        rejected(order, people)

    assert (waiting, swept("remind", DUE - DAY)) == (0, 1)
    assert _reminders(order, clerk) == {"1": 1}


def test_no_reminder_after_the_due_date(order: RectificationOrder, clerk: User) -> None:
    assert swept("remind", DUE + DAY) == 0
    with clock.playing(DUE + DAY):
        assert not REMINDER.remind(order.pk)
    assert _reminders(order, clerk) == {}


def test_late_sweep_closes_on_the_day_after_the_due_date(order: RectificationOrder) -> None:
    assert swept("lapse", DUE + 40 * DAY) == 1
    order.refresh_from_db()
    assert (order.state, order.closed_on) == (OrderState.LAPSED, DUE + DAY)
    assert Entry.objects.get(verb="lapse").effective_on == DUE + DAY
