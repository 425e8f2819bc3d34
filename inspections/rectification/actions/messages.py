"""Messages to a bank about its rectification orders, including reminders."""

from django.db import transaction
from django.urls import reverse

from banks.members.actions.messages import confirm_submission, notify_members
from inspections.rectification.models import RectificationOrder
from inspections.rectification.terms import REMINDER_DAYS
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import until
from zsbank.base.notices.terms import MessageKind


def notify_bank(order: RectificationOrder, event: str, title: str, body: str, *, to_do: bool = False) -> int:
    """Post a message to each member of the bank, once per event.

    Args:
        event: what happened, such as `opened`.
        title, body: Chinese.
        to_do: whether the bank has to act by the order's due date.

    Returns:
        Number of messages posted.
    """
    return notify_members(
        bank=order.bank,
        key=f"rectification:{order.pk}:{event}",
        title=title,
        body=body,
        link=reverse("inspections:order", args=[order.pk]),
        number=str(order.letter or ""),
        due=order.due_date if to_do else None,
        kind=MessageKind.TASK if to_do else MessageKind.RESULT,
    )


def confirm_report(order: RectificationOrder, report_id: int, by: User) -> None:
    """Confirm a rectification report to each member of the bank."""
    confirm_submission(
        bank=order.bank,
        by=by,
        key=f"rectification:{order.pk}:report:{report_id}",
        what="整改报告",
        then="我局将验收整改情况，并在系统中告知结果。",
        link=reverse("inspections:order", args=[order.pk]),
        number=str(order.letter or ""),
    )


def notify_of_order(order: RectificationOrder) -> None:
    """Notify the bank of an order in effect and its due date."""
    by_day = until(order.due_date) if order.due_date else ""
    body = f"请于{by_day}完成整改并提交整改报告。文号：{order.letter}。"
    notify_bank(order, "opened", "请完成整改并提交整改报告", body, to_do=True)


def notify_of_lapse(order: RectificationOrder) -> None:
    """Notify the bank that the due date has passed."""
    by_day = until(order.due_date) if order.due_date else ""
    body = f"应于{by_day}完成整改，期限已过，未完成整改。"
    notify_bank(order, "lapsed", "整改期限届满", body)


def remind(order_id: int) -> bool:
    """Remind the bank of an approaching due date, once at each of `REMINDER_DAYS` (calendar days before it).

    A late sweep posts only the nearest reminder. The order does not change.

    Returns:
        Whether a message was posted.
    """
    with transaction.atomic(durable=True):
        rows = RectificationOrder.objects.select_for_update(no_key=True, of=("self",))
        order = rows.select_related("bank").get(pk=order_id)
        if not order.awaits_report or order.due_date is None:
            return False
        left = (order.due_date - clock.today()).days
        nearest = min((days for days in REMINDER_DAYS if 0 <= left <= days), default=None)
        if nearest is None:
            return False
        body = f"请于{until(order.due_date)}完成整改，还剩{left}天。"
        return notify_bank(order, f"reminder:{nearest}", "整改期限提醒", body, to_do=True) > 0
