"""Fee notices of the demonstration: paid in time, paid late, stated, overdue, and to be paid."""

import datetime as dt
from decimal import Decimal

from banks.register.models import Bank
from inspections.fees.actions import notices, payments
from inspections.fees.models import FeeNotice
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.site.operations.demonstration.documents import paper
from zsbank.site.operations.demonstration.people import Officers

TO_PAY = dt.timedelta(days=30)
"""Between issue and due date."""


def enter(
    bank: Bank, officers: Officers, serial: int, amount: str, *, due_in: int, covers: str = ""
) -> FeeNotice:
    """Enter a notice on the day of its issue.

    Args:
        serial: the end of its number.
        amount: yuan.
        due_in: calendar days from today to the due date on it; negative if that has passed.
    """
    due = clock.today() + dt.timedelta(days=due_in)
    issued_on = due - TO_PAY
    with clock.playing(issued_on):
        return notices.enter_fee_notice(
            bank=bank,
            by=officers.inspector,
            number=f"4420{issued_on.year}{serial:06}",
            year=issued_on.year,
            covers=covers,
            amount=Decimal(amount),
            issued_on=issued_on,
            due=due,
            document=paper("非税收入缴款通知书", f"社会保障卡工本费 {amount} 元"),
            document_name="非税收入缴款通知书.pdf",
        )


def state(notice: FeeNotice, by: User, *, paid_ago: int) -> FeeNotice:
    """Let the bank state a payment of that many calendar days ago, on that day."""
    paid_on = clock.today() - dt.timedelta(days=paid_ago)
    with clock.playing(paid_on):
        return payments.state_fee_payment(
            notice=notice,
            by=by,
            paid_on=paid_on,
            proof=paper("缴款回单", f"缴款通知书 {notice}"),
            proof_name="缴款回单.pdf",
            remark="已全额缴纳。",
        ).notice


def settle(notice: FeeNotice, by: User, officers: Officers, *, paid_ago: int) -> FeeNotice:
    """Let the bank state a payment and an inspector confirm it on the next day."""
    stated = state(notice, by, paid_ago=paid_ago)
    day = stated.paid_on or clock.today()
    with clock.playing(day + dt.timedelta(days=1)):
        return payments.confirm_fee_payment(notice=stated, by=officers.inspector, paid_on=day)
