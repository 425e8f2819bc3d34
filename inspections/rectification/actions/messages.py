"""Messages to a bank about its rectification orders, including reminders."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from banks.members.actions.messages import confirm_submission, notify_members
from banks.members.actions.reminders import Reminder
from inspections.rectification.models import RectificationOrder, RectificationReport
from inspections.rectification.states import OrderState
from inspections.rectification.terms import REMINDER_DAYS, ReportKind
from zsbank.base.accounts.queries import people_with
from zsbank.base.calendar.wording import later_by_day
from zsbank.base.cases.urls import case_page
from zsbank.base.letters.models import Letter
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind, Words
from zsbank.base.permissions import Verb

TWO_YEARS = 2
SUBMITTED: dict[ReportKind, Words] = {
    ReportKind.PLAN: gettext_lazy("the rectification plan"),
    ReportKind.INTERIM: gettext_lazy("the interim report on the rectification"),
    ReportKind.FINAL: gettext_lazy("the rectification report"),
}


def notify_bank(
    order: RectificationOrder,
    event: str,
    title: Words,
    body: Words,
    *,
    to_do: bool = False,
    letter: Letter | None = None,
) -> int:
    """Post a message to each member of the bank, once per event.

    Args:
        event: what happened, such as `opened`.
        title, body: lazy texts.
        to_do: whether the bank has to act by the order's due date.
        letter: the letter that the message announces.

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
        letter=letter,
    )


def confirm_report(report: RectificationReport) -> None:
    """Confirm what was submitted on an order to each member of the bank."""
    order = report.order
    confirm_submission(
        bank=order.bank,
        by=report.submitted_by,
        key=f"rectification:{order.pk}:report:{report.pk}",
        what=SUBMITTED[ReportKind(report.kind)],
        then=gettext_lazy("The bureau will check the rectification and tell you the result here.")
        if report.is_final
        else gettext_lazy("The order runs on; report once the rectification is completed."),
        link=reverse("inspections:order", args=[order.pk]),
        number=str(order.letter or ""),
    )


def tell_of_progress(report: RectificationReport) -> None:
    """Tell the officers who verify rectifications of a plan or an interim report."""
    order = report.order
    words = gettext_lazy("{bank} submitted it on the rectification order. Nothing has to be decided on it.")
    notices.post(
        to=people_with(Verb.VERIFY_RECTIFICATION),
        key=f"rectification:{order.pk}:progress:{report.pk}",
        title=format_lazy(gettext_lazy("{what} has arrived"), what=ReportKind(report.kind).label),
        body=format_lazy(words, bank=order.bank),
        link=case_page(order),
        about=f"{order.bank} {order.letter or ''}".strip(),
        kind=MessageKind.NEWS,
    )


def notify_of_order(order: RectificationOrder) -> None:
    """Notify the bank of an order in effect and its due date."""
    body = format_lazy(
        gettext_lazy("Rectify and submit the rectification report {by_day}. Letter number: {letter}."),
        by_day=later_by_day(order.due_date) if order.due_date else "",
        letter=order.letter,
    )
    title = gettext_lazy("Rectify and submit the rectification report")
    notify_bank(order, "opened", title, body, to_do=True, letter=order.letter)


def notify_of_lapse(order: RectificationOrder) -> None:
    """Notify the bank that the due date has passed."""
    body = format_lazy(
        gettext_lazy("The rectification was due {by_day}, which has passed. It is not completed."),
        by_day=later_by_day(order.due_date) if order.due_date else "",
    )
    notify_bank(order, "lapsed", gettext_lazy("The due date of the rectification has passed"), body)


def notify_of_failing_years(order: RectificationOrder) -> None:
    """Notify the bank of an order after two or more failing years in a row, whose due date a person sets."""
    count = len(order.years)
    words = (
        gettext_lazy(
            "The annual assessment was 不合格 {count} years in a row, from {first} to {second}. The bureau sets the "
            "due date and sends the letter."
        )
        if count > TWO_YEARS
        else gettext_lazy(
            "The annual assessment was 不合格 in {first} and {second}, two years in a row. The bureau sets the due "
            "date and sends the letter."
        )
    )
    body = format_lazy(words, count=count, first=order.first_year, second=order.assessed_year)
    notify_bank(order, "failing-years", gettext_lazy("A rectification order is opened"), body)


def notify_of_withdrawal(order: RectificationOrder, reason: Words) -> None:
    """Notify the bank that an order is withdrawn and asks for nothing more."""
    body = format_lazy(
        gettext_lazy("You have to do nothing more about this order. Reason: {reason}"), reason=reason
    )
    notify_bank(order, "withdrawn", gettext_lazy("The rectification order is withdrawn"), body)


def notify_of_setting_aside(order: RectificationOrder, reason: str) -> None:
    """Notify the bank that a lapsed order no longer binds it."""
    body = format_lazy(gettext_lazy("The order no longer binds your bank. Reason: {reason}"), reason=reason)
    notify_bank(order, "set-aside", gettext_lazy("The lapsed rectification order is set aside"), body)


def _remind(order: RectificationOrder, nearest: int, left: int) -> int:
    if order.due_date is None:
        return 0
    body = format_lazy(
        gettext_lazy("Complete the rectification {by_day}. Days left: {left}."),
        by_day=later_by_day(order.due_date),
        left=left,
    )
    title = gettext_lazy("Reminder of the due date of the rectification")
    return notify_bank(order, f"reminder:{nearest}", title, body, to_do=True)


REMINDER = Reminder(
    "remind", RectificationOrder, "due_date", frozenset({OrderState.OPEN}), REMINDER_DAYS, _remind
)
