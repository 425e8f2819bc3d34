"""Actions on rectification orders: open, set the due date, lapse, withdraw, set aside."""

import datetime as dt
from collections.abc import Sequence

from django.core.files import File
from django.utils.translation import gettext as _

from admission.editions.models import Criterion
from banks.register import actions as banks
from banks.register.models import Bank, Qualification
from banks.register.rules import qualification_in_force
from inspections.determinations.actions import enter_determination
from inspections.determinations.models import Determination
from inspections.determinations.rules import may_determine, rectification_period
from inspections.determinations.terms import RECTIFIABLE, DeterminationKind
from inspections.rectification.actions.messages import notify_of_lapse, notify_of_order
from inspections.rectification.letters import order_letter
from inspections.rectification.models import RectificationOrder
from inspections.rectification.queries import binding
from inspections.rectification.rules import may_lapse
from inspections.rectification.states import NOT_CLOSED
from inspections.rectification.terms import OrderGround
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.letters import actions as letters
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused, WrongState


@action(Verb.RECORD_DETERMINATION, on="bank", rule=may_determine, makes=True)
def record_determination(
    *,
    bank: Bank,
    by: User,
    decided_by: User,
    kind: DeterminationKind,
    determination_date: dt.date,
    facts: str,
    criteria: Sequence[Criterion],
    document: File,  # type: ignore[type-arg]
    document_name: str,
) -> Determination:
    """Record a determination; unless it is a serious breach, the order opens with it (exit （二）1, 2).

    Args:
        decided_by: a decider, another person than `by`.
        determination_date: date of the determination (认定之日, local date); the six months start from it.
        document: the document that proves it.
        document_name: its file name as given by the person.

    Raises:
        NotAllowed: the role, one person for both, or `decided_by` is not a decider.
        WrongState: the bank holds no qualification.
        Incomplete: the facts are empty, or no criterion is given where criteria are no longer met.
        Refused: the date is impossible, or a criterion belongs to another edition.
        FileRefused: the document's content is not accepted.
    """
    qualification = qualification_in_force(bank)
    if qualification is None:
        raise WrongState.moved_on()
    determination = enter_determination(
        bank=bank,
        qualification=qualification,
        by=by,
        decided_by=decided_by,
        kind=kind,
        determination_date=determination_date,
        facts=facts,
        criteria=criteria,
        document=document,
        document_name=document_name,
    )
    if kind in RECTIFIABLE:
        open_order(order=_order_after(determination), by=by)
    return determination


def _order_after(determination: Determination) -> RectificationOrder:
    """Create the order of a determination; its due date is counted from the determination."""
    period = rectification_period(determination.qualification, determination.determination_date)
    order: RectificationOrder = RectificationOrder.objects.create(
        bank=determination.bank,
        qualification=determination.qualification,
        ground=OrderGround.DETERMINATION,
        determination=determination,
        start_date=determination.determination_date,
        raw_due_date=period.raw_last_day,
        due_date=period.last_day,
        limit_day=period.raw_last_day,
        period=period.to_json(),
        provisional=period.provisional,
    )
    return order


@action(Verb.OPEN_ORDER, on="order", moves=RectificationOrder.set_deadline, inner=True)
def open_order(*, order: RectificationOrder, by: User) -> RectificationOrder:
    """Put the order of a determination into effect: letter, standing of the bank, message (exit （二）2).

    Raises:
        WrongState: the order is in effect already.
    """
    banks.put_under_rectification(bank=order.bank, by=by, reason=str(order))
    return _put_into_effect(order, by)


@action(Verb.SET_RECTIFICATION_DEADLINE, on="order", moves=RectificationOrder.set_deadline)
def set_rectification_deadline(*, order: RectificationOrder, by: User, due: dt.date) -> RectificationOrder:
    """Set the due date of an order after two failing years, and put it into effect (exit （二）3).

    Args:
        due: last day to rectify (local date, until 24:00); it never changes afterwards.

    Raises:
        NotAllowed: the role.
        WrongState: the due date is set already.
        Refused: the day is not after today.
    """
    if due <= clock.today():
        raise Refused(_("The due date must be after today."))
    order.raw_due_date = order.due_date = due
    return _put_into_effect(order, by)


def _put_into_effect(order: RectificationOrder, by: User) -> RectificationOrder:
    """Sign and record the letter of an order with a due date, and notify the bank."""
    order.set_deadline()
    order.letter = letters.sign(data=order_letter(order), case=order, by=by)
    order.save()
    record(data={"due_date": order.due_date, "letter": str(order.letter)})
    notify_of_order(order)
    return order


@action(Verb.LAPSE, on="order", moves=RectificationOrder.lapse, rule=may_lapse, by_clock=True)
def lapse(*, order: RectificationOrder, by: User | None = None) -> RectificationOrder:
    """Record that an order lapsed, effective from the day after its due date, however late the sweep runs.

    Raises:
        WrongState: a report is pending, or the due date has not passed.
    """
    if order.due_date is None:
        raise WrongState.moved_on()
    order.lapse()
    order.closed_on = clock.today()
    order.save(update_fields=["state", "closed_on"])
    day_after = calculate(order.due_date, 1, Unit.DAY, roll=False).last_day
    record(effective_on=day_after, data={"due_date": order.due_date})
    notify_of_lapse(order)
    return order


def withdraw_orders(*, qualification: Qualification, by: User, reason: str) -> None:
    """Withdraw all orders of a qualification, inside the action that ends it."""
    rows = RectificationOrder.objects.filter(qualification=qualification, state__in=NOT_CLOSED)
    for order in rows.order_by("pk"):
        withdraw_order(order=order, by=by, reason=reason)


@action(Verb.WITHDRAW_ORDER, on="order", moves=RectificationOrder.withdraw, inner=True)
def withdraw_order(*, order: RectificationOrder, by: User, reason: str) -> RectificationOrder:
    """Withdraw an order because its qualification ends.

    Raises:
        WrongState: it is accepted, lapsed, withdrawn or set aside already.
    """
    return close_as_withdrawn(order, reason)


def close_as_withdrawn(order: RectificationOrder, reason: str) -> RectificationOrder:
    """Withdraw the order and record the reason, inside the calling action."""
    order.withdraw()
    order.closed_on = clock.today()
    order.save(update_fields=["state", "closed_on"])
    record(reason=reason)
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
    return order


def settle_standing(order: RectificationOrder, by: User | None) -> None:
    """Make the bank qualified again if no order binds it."""
    if not binding(order.qualification).exists():
        banks.end_rectification(bank=order.bank, by=by, reason=str(order))
