"""Actions on rectification orders: opened, given their due date, lapsed, withdrawn, set aside."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from admission.editions.models import Criterion
from banks.register import actions as banks
from banks.register.models import Bank, Qualification
from banks.register.rules import require
from inspections.determinations.actions import enter_determination
from inspections.determinations.models import Determination
from inspections.determinations.rules import rectification_period
from inspections.determinations.terms import RECTIFIABLE, DeterminationKind
from inspections.rectification.letters import order_letter
from inspections.rectification.models import RectificationOrder
from inspections.rectification.queries import binding
from inspections.rectification.states import STANDING_OPEN, OrderState
from inspections.rectification.terms import REMINDER_DAYS, OrderGround
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, reckon
from zsbank.base.journal import actions as journal
from zsbank.base.letters import actions as letters
from zsbank.base.notices import actions as notices
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused, WrongState


def lock(order: RectificationOrder) -> RectificationOrder:
    """The order as it stands now. The bank's row is locked first, as in every verb that may move its standing."""
    banks.lock(order.bank_id)
    return (
        RectificationOrder.objects.select_for_update(no_key=True, of=("self",))
        .select_related("bank", "qualification")
        .get(pk=order.pk)
    )


def note(
    order: RectificationOrder, verb: Verb, by: User | None, before: str, reason: str = "", **more: Any
) -> None:
    """Record a transition of an order."""
    journal.record(
        verb=verb,
        by=by,
        subject=order,
        uscc=order.bank.uscc,
        from_state=before,
        to_state=order.state,
        reason=reason,
        **more,
    )


@transaction.atomic(durable=True)
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
    """Record a determination; for what can be rectified the order opens with it, its due date reckoned (exit （二）2).

    Args:
        decided_by: who determined it, a decider and another person than `by`.
        determination_date: the day of determination (认定之日), from which the six months run.
        document: the paper that shows it.

    Raises:
        NotAllowed: wrong role, or one person for both.
        Refused: the date cannot be.
    """
    determination = enter_determination(
        bank=bank,
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
        _open_from(determination, by)
    return determination


def _open_from(determination: Determination, by: User) -> None:
    """The order of a determination, open at once with the due date that the law gives."""
    period = rectification_period(determination.qualification, determination.determination_date)
    order = RectificationOrder.objects.create(
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
    banks.put_under_rectification(bank=order.bank, by=by, reason=str(order))
    _give_order(order, by, Verb.OPEN_ORDER)


def _give_order(order: RectificationOrder, by: User, verb: Verb) -> None:
    """The order takes effect: its letter is signed and the bank is told."""
    before = order.state
    order.set_deadline()
    order.letter = letters.sign(data=order_letter(order), case=order, by=by)
    order.save()
    note(order, verb, by, before, data={"due_date": order.due_date, "letter": str(order.letter)})
    tell_bank(
        order,
        "opened",
        "收到整改通知",
        f"请于{order.due_date}前完成整改并提交整改报告。文号：{order.letter}。",
    )


@transaction.atomic(durable=True)
def set_rectification_deadline(*, order: RectificationOrder, by: User, due: dt.date) -> RectificationOrder:
    """Set the day by which a bank that failed two years in a row must put it right (exit （二）3).

    Raises:
        WrongState: the date stands already; it is never moved.
        Refused: the day is not after today.
    """
    require(by, Verb.SET_RECTIFICATION_DEADLINE, bank=order.bank)
    order = lock(order)
    if order.state != OrderState.AWAITING_DEADLINE:
        raise WrongState.moved_on()
    if due <= clock.today():
        raise Refused(_("The due date lies after today."))
    order.raw_due_date = order.due_date = due
    _give_order(order, by, Verb.SET_RECTIFICATION_DEADLINE)
    return order


def lapse(order_id: int) -> bool:
    """The sweep: what was not put right by the due date lapses, in effect from the day after it."""
    with transaction.atomic(durable=True):
        order = lock(RectificationOrder.objects.get(pk=order_id))
        if order.state != OrderState.OPEN or order.due_date is None or clock.today() <= order.due_date:
            return False
        before = order.state
        order.lapse()
        order.closed_on = clock.today()
        order.save(update_fields=["state", "closed_on"])
        after = reckon(order.due_date, 1, Unit.DAY, roll=False).last_day
        note(order, Verb.LAPSE, None, before, effective_on=after, data={"due_date": order.due_date})
        tell_bank(order, "lapsed", "整改期限届满", f"整改期限{order.due_date}已届满，未完成整改。")
    return True


@transaction.atomic
def withdraw_orders(*, qualification: Qualification, by: User | None, reason: str) -> int:
    """Withdraw the open orders of a qualification that ends; called inside the exit's own transaction."""
    orders = RectificationOrder.objects.select_for_update(no_key=True, of=("self",)).select_related("bank")
    withdrawn = 0
    for order in orders.filter(qualification=qualification, state__in=STANDING_OPEN).order_by("pk"):
        withdraw_order(order, by, reason)
        withdrawn += 1
    return withdrawn


@transaction.atomic
def set_aside(*, order: RectificationOrder, by: User, reason: str) -> RectificationOrder:
    """Pursue a lapsed order no further; called inside the closing of its exit case. It binds the bank no longer."""
    order = lock(order)
    before = order.state
    order.set_aside()
    order.save(update_fields=["state"])
    note(order, Verb.SET_ASIDE_ORDER, by, before, reason)
    settle_standing(order, by)
    return order


def withdraw_order(order: RectificationOrder, by: User | None, reason: str) -> None:
    """Withdraw an order whose ground is gone."""
    before = order.state
    order.withdraw()
    order.closed_on = clock.today()
    order.save(update_fields=["state", "closed_on"])
    note(order, Verb.WITHDRAW_ORDER, by, before, reason)


def settle_standing(order: RectificationOrder, by: User | None) -> None:
    """The bank is qualified again when no order binds it."""
    if not binding(order.qualification).exists():
        banks.end_rectification(bank=order.bank, by=by, reason=str(order))


def open_for_year(bank: Bank, qualification: Qualification, year: int) -> None:
    """Open the order of a second failing year in a row; a person sets its due date."""
    order = RectificationOrder.objects.create(
        bank=bank,
        qualification=qualification,
        ground=OrderGround.ASSESSMENT,
        assessed_year=year,
        start_date=clock.today(),
    )
    journal.record(
        verb=Verb.OPEN_ORDER,
        by=None,
        subject=order,
        uscc=bank.uscc,
        to_state=order.state,
        data={"assessed_year": year},
    )
    banks.put_under_rectification(bank=bank, by=None, reason=str(order))


def remind(order_id: int) -> bool:
    """The sweep: remind the bank on the way to a due date, each of 90, 30, 7 and 1 days once, only the nearest."""
    with transaction.atomic(durable=True):
        order = (
            RectificationOrder.objects.select_for_update(no_key=True, of=("self",))
            .select_related("bank")
            .get(pk=order_id)
        )
        if order.state != OrderState.OPEN or order.due_date is None:
            return False
        left = (order.due_date - clock.today()).days
        step = min((days for days in REMINDER_DAYS if 0 <= left <= days), default=None)
        if step is None:
            return False
        return (
            tell_bank(
                order, f"reminder:{step}", "整改期限提醒", f"整改期限为{order.due_date}，还剩{left}天。"
            )
            > 0
        )


def tell_bank(order: RectificationOrder, event: str, title: str, body: str) -> int:
    """Write a message to the bank's people, once for each event; gives how many were written."""
    members = order.bank.members.filter(left_on=None).select_related("user")
    return notices.post(
        to=[member.user for member in members],
        key=f"rectification:{order.pk}:{event}",
        title=title,
        body=body,
        link=f"/rectification/{order.pk}/",
        uscc=order.bank.uscc,
    )
