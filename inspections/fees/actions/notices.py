"""Actions on fee notices: enter, withdraw, record that one is overdue, calculate the due date anew."""

import datetime as dt
from decimal import Decimal

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from banks.register.models import Bank
from inspections.fees.actions.messages import tell_of_notice, tell_of_overdue, tell_of_withdrawal
from inspections.fees.models import FeeNotice
from inspections.fees.rules import (
    are_possible_days,
    as_compared,
    is_free,
    is_newly_overdue,
    is_possible_amount,
    may_withdraw,
    was_qualified,
)
from inspections.fees.states import FeeState
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock, periods
from zsbank.base.calendar.current import again, current_calendar
from zsbank.base.cases.dates import store_anew
from zsbank.base.files.actions import store_upload
from zsbank.base.permissions import Verb
from zsbank.base.refusals import filled


@action(Verb.ENTER_FEE_NOTICE, on="bank", makes=True)
def enter_fee_notice(
    *,
    bank: Bank,
    by: User,
    number: str,
    year: int,
    amount: Decimal,
    issued_on: dt.date,
    due: dt.date,
    document: File,  # type: ignore[type-arg]
    document_name: str,
    covers: str = "",
) -> FeeNotice:
    """Enter a payment notice as it is on paper, and tell the bank.

    Args:
        number: the number of the paper; unique for the bureau, in whatever width it is typed.
        year: the year of the fees.
        amount: yuan.
        issued_on: the date of the paper (local date).
        due: the due date on the paper (local date); if it is a rest day, a payment on the next working day is in time.
        document: the scanned paper.
        document_name: its file name as given by the person.
        covers: which part of the year it is for, as on the paper.

    Raises:
        NotAllowed: the role.
        Incomplete: the number is empty.
        Refused: the number is taken, or amount, days or year cannot be right, or the bank was not qualified.
        FileRefused: the document's content is not accepted.
    """
    number = filled(as_compared(number), _("Enter the number of the notice."))
    is_possible_amount(amount).require()
    are_possible_days(issued_on, due, year).require()
    was_qualified(bank, year).require()
    is_free(number).require()
    period = periods.set_by_person(due, issued_on, calendar=current_calendar())
    notice = FeeNotice(
        bank=bank,
        number=number,
        year=year,
        covers=covers.strip(),
        amount=amount,
        issued_on=issued_on,
        stated_due_date=due,
        due_date=period.last_day,
        period=period.to_json(),
        document=store_upload(content=document, name=document_name, by=by),
        entered_at=clock.now(),
        entered_by=by,
    )
    _save_once(notice)
    record(subject=notice, data={"amount": amount, "due_date": notice.due_date})
    tell_of_notice(notice)
    return notice


def _save_once(notice: FeeNotice) -> None:
    """Save a new notice.

    Raises:
        Refused: somebody entered the number for another bank a moment before (code "number").
    """
    try:
        with transaction.atomic():
            notice.save()
    except IntegrityError:
        is_free(notice.number).require()
        raise


@action(Verb.WITHDRAW_FEE_NOTICE, on="notice", moves=FeeNotice.withdraw, rule=may_withdraw)
def withdraw_fee_notice(*, notice: FeeNotice, by: User, reason: str) -> FeeNotice:
    """Withdraw a notice that was entered wrongly; its number can be entered again, with what is on the paper.

    Args:
        reason: what was wrong; the bank reads it.

    Raises:
        NotAllowed: the role, or the person entered the notice (four eyes).
        WrongState: a payment is stated or confirmed, or the notice is withdrawn already.
        Incomplete: the reason is empty.
    """
    notice.withdraw()
    notice.withdrawal = filled(reason, _("Enter the reason for withdrawing."))
    notice.withdrawn_by, notice.closed_on = by, clock.today()
    notice.save(update_fields=["state", "withdrawal", "withdrawn_by", "closed_on"])
    record(reason=notice.withdrawal)
    tell_of_withdrawal(notice)
    return notice


@action(
    Verb.RECORD_FEE_OVERDUE,
    on="notice",
    states=frozenset({FeeState.OPEN}),
    rule=is_newly_overdue,
    by_clock=True,
)
def record_fee_overdue(*, notice: FeeNotice, by: None = None) -> FeeNotice:
    """Record that a notice is overdue, and tell bank and inspectors once; run by the sweep.

    Nothing else follows, so that it is done on a provisional date, too.

    Raises:
        WrongState: a payment is stated or confirmed, the due date has not passed, or it is recorded already.
    """
    notice.overdue_recorded_on = clock.today()
    notice.save(update_fields=["overdue_recorded_on"])
    record(data={"due_date": notice.due_date})
    tell_of_overdue(notice)
    return notice


@action(Verb.RECALCULATE_DUE, on="notice", states=frozenset({FeeState.OPEN}), inner=True)
def recalculate_fee_notice(*, notice: FeeNotice, by: User | None) -> FeeNotice:
    """Store the due date of a notice as the confirmed holidays give it.

    Raises:
        WrongState: a payment is stated or confirmed, the notice is withdrawn, or the date stays.
    """
    store_anew(notice, "due_date", "period", again(notice.period))
    notice.save(update_fields=["due_date", "period"])
    return notice
