"""Messages to a bank about its rectification orders, including reminders."""

from django.db import transaction
from django.urls import reverse

from inspections.rectification.models import RectificationOrder
from inspections.rectification.terms import REMINDER_DAYS
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import until
from zsbank.base.notices import actions as notices


def notify_bank(order: RectificationOrder, event: str, title: str, body: str) -> int:
    """Post a message to each member of the bank, once per event.

    Returns:
        Number of messages posted.
    """
    members = order.bank.members.filter(left_on=None).select_related("user")
    return notices.post(
        to=[member.user for member in members],
        key=f"rectification:{order.pk}:{event}",
        title=title,
        body=body,
        link=reverse("inspections:order", args=[order.pk]),
        uscc=order.bank.uscc,
    )


def notify_of_order(order: RectificationOrder) -> None:
    """Notify the bank of an order in effect and its due date."""
    by_day = until(order.due_date) if order.due_date else ""
    body = f"请于{by_day}完成整改并提交整改报告。文号：{order.letter}。"
    notify_bank(order, "opened", "收到整改通知", body)


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
        return notify_bank(order, f"reminder:{nearest}", "整改期限提醒", body) > 0
