"""Actions on rectification orders: open, lapse, withdraw, set aside, end."""

import datetime as dt

from banks.register import actions as banks
from banks.register.models import Qualification
from inspections.rectification.actions.messages import (
    notify_of_lapse,
    notify_of_order,
    notify_of_setting_aside,
    notify_of_withdrawal,
)
from inspections.rectification.letters import order_letter
from inspections.rectification.models import RectificationOrder
from inspections.rectification.queries import binding
from inspections.rectification.rules import may_lapse
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate
from zsbank.base.calendar.periods import Unit
from zsbank.base.journal.facts import ask_journal
from zsbank.base.letters import actions as letters
from zsbank.base.notices.terms import Words
from zsbank.base.permissions import Verb
from zsbank.base.refusals import WrongState


@action(Verb.OPEN_ORDER, on="order", moves=RectificationOrder.set_deadline, inner=True)
def open_order(*, order: RectificationOrder, by: User) -> RectificationOrder:
    """Put the order of a determination into effect: letter, standing of the bank, message (exit （二）2).

    Raises:
        WrongState: the order is in effect already.
    """
    banks.put_under_rectification(bank=order.bank, by=by, reason=str(order))
    return put_into_effect(order, by)


def put_into_effect(order: RectificationOrder, by: User) -> RectificationOrder:
    """Sign and record the letter of an order with a due date, and notify the bank, inside the calling action."""
    order.set_deadline()
    order.letter = letters.sign(data=order_letter(order), case=order, by=by)
    order.save(update_fields=["state", "raw_due_date", "due_date", "period", "provisional", "letter"])
    record(data={"due_date": order.due_date, "letter": str(order.letter)})
    notify_of_order(order)
    return order


@action(Verb.LAPSE, on="order", moves=RectificationOrder.lapse, rule=may_lapse, by_clock=True)
def lapse(*, order: RectificationOrder, by: User | None = None) -> RectificationOrder:
    """Record that an order lapsed, effective from the day after its due date, however late the sweep runs.

    The sweep does it; where the due date is provisional, an inspector.

    Raises:
        NotAllowed: the role.
        WrongState: a report is pending, the due date has not passed, or the sweep does it by itself.
        Refused: the journal contradicts the order or what it rests on (code "contradicted").
    """
    ask_journal(order, order.determination, order.qualification, order.bank)
    if order.due_date is None:
        raise WrongState.moved_on()
    order.lapse()
    day_after = calculate(order.due_date, 1, Unit.DAY, roll=False).last_day
    order.closed_on = day_after
    order.save(update_fields=["state", "closed_on"])
    record(effective_on=day_after, data={"due_date": order.due_date})
    notify_of_lapse(order)
    return order


def withdraw_orders(*, qualification: Qualification, by: User, reason: str) -> None:
    """Withdraw the open orders of a qualification and end the lapsed ones, inside the action that ends it."""
    for order in binding(qualification).order_by("pk"):
        close = end_order if order.has_lapsed else withdraw_order
        close(order=order, by=by, reason=reason)


@action(Verb.WITHDRAW_ORDER, on="order", moves=RectificationOrder.withdraw, inner=True)
def withdraw_order(
    *, order: RectificationOrder, by: User, reason: str, why: Words = ""
) -> RectificationOrder:
    """Withdraw an order because its qualification ends, or its determination is set aside.

    Args:
        why: how the bank is told the reason, if not in its own words.

    Raises:
        WrongState: it is withdrawn, set aside or ended already.
    """
    return close_as_withdrawn(order, reason, why=why)


@action(Verb.END_ORDER, on="order", moves=RectificationOrder.end, inner=True)
def end_order(
    *, order: RectificationOrder, by: User, reason: str, on: dt.date | None = None
) -> RectificationOrder:
    """End a lapsed order with the exit that is signed.

    Args:
        on: the day of the exit (local date), if not today.

    Raises:
        WrongState: it has not lapsed, or is withdrawn or set aside already.
    """
    order.end()
    order.save(update_fields=["state"])
    record(reason=reason, effective_on=on)
    return order


def close_as_withdrawn(
    order: RectificationOrder, reason: str, *, why: Words = "", on: dt.date | None = None
) -> RectificationOrder:
    """Withdraw the order, record the reason and tell the bank, inside the calling action.

    Args:
        why: how the bank is told the reason, if not in its own words.
        on: the day it takes effect (local date), if not today.
    """
    order.withdraw()
    order.closed_on = on or clock.today()
    order.save(update_fields=["state", "closed_on"])
    record(reason=reason, effective_on=on)
    notify_of_withdrawal(order, why or reason)
    return order


@action(Verb.SET_ASIDE_ORDER, on="order", moves=RectificationOrder.set_aside, inner=True)
def set_aside(*, order: RectificationOrder, by: User, reason: str) -> RectificationOrder:
    """Set aside a lapsed order when its exit case is closed; it no longer binds the bank.

    Raises:
        WrongState: it has not lapsed, or is set aside already.
    """
    order.set_aside()
    order.save(update_fields=["state"])
    record(reason=reason)
    settle_standing(order, by)
    notify_of_setting_aside(order, reason)
    return order


def settle_standing(order: RectificationOrder, by: User | None, *, on: dt.date | None = None) -> None:
    """Make the bank qualified again if no order binds it; `on` is the day (local date), if not today."""
    if not binding(order.qualification).exists():
        banks.end_rectification(bank=order.bank, by=by, reason=str(order), on=on)
