"""Messages about fee notices: to the bank, and to the officers who follow them up."""

import datetime as dt

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from banks.members.actions.messages import confirm_submission, notify_members
from banks.members.actions.reminders import Reminder
from inspections.fees.models import FeeNotice, FeePayment
from inspections.fees.states import FeeState
from inspections.fees.terms import REMINDER_DAYS
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with, still_with
from zsbank.base.calendar.wording import later_by_day, later_in_words
from zsbank.base.cases.urls import case_page
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind, Words
from zsbank.base.permissions import Verb


def tell_of_notice(notice: FeeNotice) -> None:
    """Tell the bank what it has to pay, by when and how."""
    said = gettext_lazy(
        "Pay {amount} yuan {by_day} as printed on the notice; then state here when you paid, with the proof."
    )
    body = format_lazy(said, amount=notice.yuan, by_day=later_by_day(notice.due_date))
    _notify(notice, "entered", gettext_lazy("A fee notice is to be paid"), body, to_do=True)


def tell_of_withdrawal(notice: FeeNotice) -> None:
    """Tell the bank that nothing is to be paid on the notice, and who entered it."""
    title = gettext_lazy("The fee notice is withdrawn")
    said = gettext_lazy("Nothing is to be paid on this entry. Reason: {reason}")
    body = format_lazy(said, reason=notice.withdrawal)
    _notify(notice, "withdrawn", title, body)
    notices.post(
        to=still_with(notice.entered_by, Verb.ENTER_FEE_NOTICE),
        key=f"fees:{notice.pk}:withdrawn",
        title=title,
        body=format_lazy(
            gettext_lazy("{person} withdrew it. Reason: {reason}"),
            person=notice.withdrawn_by,
            reason=notice.withdrawal,
        ),
        link=case_page(notice),
        about=f"{notice.bank.name} {notice}",
        kind=MessageKind.NEWS,
    )


def tell_of_overdue(notice: FeeNotice) -> None:
    """Tell the bank and the inspectors, once, that the due date has passed without a payment."""
    words = gettext_lazy(
        "{amount} yuan were due {by_day}, and the bureau knows of no payment. Pay now, and state here when you paid."
    )
    known = {"amount": notice.yuan, "by_day": later_by_day(notice.due_date)}
    _notify(
        notice,
        "overdue",
        gettext_lazy("A fee notice is overdue"),
        format_lazy(words, **known),
        to_do=True,
    )
    said = gettext_lazy("{amount} yuan were due {by_day}; the bank has stated no payment.")
    notices.post(
        to=people_with(Verb.CONFIRM_FEE_PAYMENT),
        key=f"fees:{notice.pk}:overdue",
        title=gettext_lazy("A bank has not paid a fee notice in time"),
        body=format_lazy(said, **known),
        link=case_page(notice),
        about=f"{notice.bank.name} {notice}",
        due=notice.due_date,
        kind=MessageKind.NEWS,
    )


def tell_of_payment(notice: FeeNotice) -> None:
    """Tell the bank that the money arrived, on which day, and whether that was late."""
    late = gettext_lazy(
        "The money arrived on {day}. It was due {by_day}: the payment is late, by calendar days: {late}."
    )
    in_time = gettext_lazy("The money arrived on {day}, in time.")
    body = format_lazy(
        late if notice.days_late else in_time,
        day=later_in_words(notice.paid_on) if notice.paid_on else "",
        by_day=later_by_day(notice.due_date),
        late=notice.days_late,
    )
    _notify(notice, "paid", gettext_lazy("The payment of the fee notice is confirmed"), body)


def tell_of_sending_back(notice: FeeNotice, payment: FeePayment) -> None:
    """Tell the bank why its statement was sent back; the due date is unchanged."""
    body = format_lazy(
        gettext_lazy("The notice is due {by_day}; that does not change. Reason: {reason}"),
        reason=payment.reply,
        by_day=later_by_day(notice.due_date),
    )
    title = gettext_lazy("The payment of the fee notice is not confirmed; state it again")
    _notify(notice, f"sent-back:{payment.pk}", title, body, to_do=True)


def confirm_statement(notice: FeeNotice, payment: FeePayment, paid_on: dt.date, by: User) -> None:
    """Confirm to all members of the bank that the statement was received."""
    confirm_submission(
        bank=notice.bank,
        by=by,
        key=f"fees:{notice.pk}:payment:{payment.pk}",
        what=format_lazy(gettext_lazy("the statement of the payment on {day}"), day=later_in_words(paid_on)),
        then=gettext_lazy("The bureau will check that the money arrived and tell you the result here."),
        link=reverse("inspections:fee", args=[notice.pk]),
        number=notice.number,
    )


def _remind(notice: FeeNotice, nearest: int, left: int) -> int:
    said = gettext_lazy("Pay {amount} yuan {by_day}, and state the payment here. Days left: {left}.")
    body = format_lazy(said, amount=notice.yuan, by_day=later_by_day(notice.due_date), left=left)
    title = gettext_lazy("Reminder of the due date of the fee notice")
    return _notify(notice, f"reminder:{nearest}", title, body, to_do=True)


REMINDER = Reminder(
    "remind_of_fees", FeeNotice, "due_date", frozenset({FeeState.OPEN}), REMINDER_DAYS, _remind
)


def _notify(notice: FeeNotice, event: str, title: Words, body: Words, *, to_do: bool = False) -> int:
    """Post a message to each member of the bank, once per event; what reaches nobody becomes a work item."""
    return notify_members(
        bank=notice.bank,
        key=f"fees:{notice.pk}:{event}",
        title=title,
        body=body,
        link=reverse("inspections:fee", args=[notice.pk]),
        number=notice.number,
        due=notice.due_date if to_do else None,
        kind=MessageKind.TASK if to_do else MessageKind.RESULT,
    )
