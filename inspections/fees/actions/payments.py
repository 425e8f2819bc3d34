"""Actions on the payment of fee notices: state, confirm, send back, record."""

import datetime as dt
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _

from inspections.fees.actions.messages import confirm_statement, tell_of_payment, tell_of_sending_back
from inspections.fees.models import FeeNotice, FeePayment
from inspections.fees.rules import is_possible_payment, may_check
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_upload
from zsbank.base.files.models import StoredFile
from zsbank.base.files.rules import has_room
from zsbank.base.journal.facts import held
from zsbank.base.permissions import Verb
from zsbank.base.refusals import FileRefused, WrongState, filled


@action(Verb.STATE_FEE_PAYMENT, on="notice", moves=FeeNotice.state_payment)
def state_fee_payment(
    *,
    notice: FeeNotice,
    by: User,
    paid_on: dt.date,
    proof: File,  # type: ignore[type-arg]
    proof_name: str,
    remark: str = "",
) -> FeePayment:
    """State for the bank that the whole amount is paid, before or after the due date.

    Args:
        paid_on: the day of payment (local date).
        proof: such as the receipt of the payment.
        proof_name: its file name as given by the person.
        remark: what else the bureau should know.

    Raises:
        NotAllowed: the role.
        WrongState: a payment is stated or confirmed already, or the notice is withdrawn.
        Refused: the day is ahead or before the notice (code "paid_on").
        FileRefused: the proof exceeds the quota of the case, or its content is not accepted.
    """
    is_possible_payment(notice, paid_on).require()
    payment = _payment(notice, by, paid_on, proof, proof_name, remark)
    notice.state_payment()
    notice.paid_on = paid_on
    notice.save(update_fields=["state", "paid_on"])
    record(reason=payment.remark, data={"paid_on": paid_on} | held(Verb.STATE_FEE_PAYMENT, payment))
    confirm_statement(notice, payment, paid_on, by)
    return payment


@action(Verb.CONFIRM_FEE_PAYMENT, on="notice", moves=FeeNotice.confirm, rule=may_check)
def confirm_fee_payment(*, notice: FeeNotice, by: User, paid_on: dt.date) -> FeeNotice:
    """Confirm that the whole amount arrived; whether that was in time follows from the day.

    Args:
        paid_on: the day on which the money arrived (local date); what the bank stated stays with its statement.

    Raises:
        NotAllowed: the role, or the person stated the payment for the bank (four eyes).
        WrongState: no payment is stated, or it is confirmed already.
        Refused: the day is ahead or before the notice (code "paid_on").
    """
    is_possible_payment(notice, paid_on).require()
    payment = _to_check(notice)
    payment.confirmed = True
    _checked(payment, by)
    notice.confirm()
    return _close_as_paid(notice, paid_on, held(Verb.CONFIRM_FEE_PAYMENT, payment))


@action(Verb.SEND_BACK_FEE_PAYMENT, on="notice", moves=FeeNotice.send_back, rule=may_check)
def send_back_fee_payment(*, notice: FeeNotice, by: User, reason: str) -> FeeNotice:
    """Send a statement back because the payment is not found; the due date is unchanged.

    Args:
        reason: what is missing or wrong; the bank reads it.

    Raises:
        NotAllowed: the role, or the person stated the payment for the bank (four eyes).
        WrongState: no payment is stated, or it is confirmed already.
        Incomplete: the reason is empty.
    """
    payment = _to_check(notice)
    payment.confirmed, payment.reply = False, filled(reason, _("Enter what the bank has to correct."))
    _checked(payment, by)
    notice.send_back()
    notice.paid_on = None
    notice.save(update_fields=["state", "paid_on"])
    record(reason=payment.reply, data=held(Verb.SEND_BACK_FEE_PAYMENT, payment))
    tell_of_sending_back(notice, payment)
    return notice


@action(Verb.RECORD_FEE_PAYMENT, on="notice", moves=FeeNotice.settle)
def record_fee_payment(
    *,
    notice: FeeNotice,
    by: User,
    paid_on: dt.date,
    proof: File,  # type: ignore[type-arg]
    proof_name: str,
    remark: str = "",
) -> FeeNotice:
    """Record that the whole amount arrived although the bank has not stated it; the bank is told.

    Args:
        paid_on: the day on which the money arrived (local date).
        proof: such as the statement of the account.
        proof_name: its file name as given by the person.
        remark: what else is to be known of it.

    Raises:
        NotAllowed: the role.
        WrongState: the bank has stated the payment, or it is confirmed, or the notice is withdrawn.
        Refused: the day is ahead or before the notice (code "paid_on").
        FileRefused: the proof exceeds the quota of the case, or its content is not accepted.
    """
    is_possible_payment(notice, paid_on).require()
    payment = _payment(notice, by, paid_on, proof, proof_name, remark, by_bureau=True)
    payment.confirmed = True
    _checked(payment, by)
    notice.settle()
    return _close_as_paid(notice, paid_on, held(Verb.RECORD_FEE_PAYMENT, payment), payment.remark)


def _payment(
    notice: FeeNotice,
    by: User,
    paid_on: dt.date,
    proof: File,  # type: ignore[type-arg]
    name: str,
    remark: str,
    *,
    by_bureau: bool = False,
) -> FeePayment:
    """Store a statement with its proof.

    Raises:
        FileRefused: the proof exceeds the quota of the case, or its content is not accepted.
    """
    held = StoredFile.objects.filter(fee_payment__notice=notice)
    has_room(held, proof.size or 0).require(FileRefused)
    payment: FeePayment = FeePayment.objects.create(
        notice=notice,
        paid_on=paid_on,
        remark=remark.strip(),
        proof=store_upload(content=proof, name=name, by=by),
        by_bureau=by_bureau,
        stated_at=clock.now(),
        stated_by=by,
    )
    return payment


def _to_check(notice: FeeNotice) -> FeePayment:
    """Return the statement that waits for its check.

    Raises:
        WrongState: there is none.
    """
    payment = notice.payment_to_check
    if payment is None:
        raise WrongState.moved_on()
    return payment


def _checked(payment: FeePayment, by: User) -> None:
    """Store who checked a statement, and the result."""
    payment.checked_by, payment.checked_at = by, clock.now()
    payment.save(update_fields=["confirmed", "reply", "checked_by", "checked_at"])


def _close_as_paid(notice: FeeNotice, paid_on: dt.date, facts: dict[str, Any], remark: str = "") -> FeeNotice:
    """Store the day on which the money arrived, record it and tell the bank, inside the calling action.

    Args:
        facts: what the entry holds of the payment.
        remark: of the officer who recorded it.
    """
    notice.paid_on, notice.closed_on = paid_on, clock.today()
    notice.save(update_fields=["state", "paid_on", "closed_on"])
    record(reason=remark, data={"paid_on": paid_on, "days_late": notice.days_late} | facts)
    tell_of_payment(notice)
    return notice
