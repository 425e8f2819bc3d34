"""Fee notices by the actions."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from admission.tests.factories import PDF
from banks.register.models import Bank
from inspections.fees.actions.notices import enter_fee_notice
from inspections.fees.actions.payments import state_fee_payment
from inspections.fees.models import FeeNotice, FeePayment
from inspections.rectification.tests.factories import qualified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock

ISSUED, DUE = dt.date(2025, 3, 3), dt.date(2025, 3, 31)
"""Two Mondays."""


def printed(**other: Any) -> dict[str, Any]:
    """What is printed on a notice, with its scan."""
    return {
        "number": "44200025000017",
        "year": 2025,
        "covers": "第一季度",
        "amount": Decimal("12345.60"),
        "issued_on": ISSUED,
        "due": DUE,
        "document": ContentFile(PDF),
        "document_name": "缴款通知书.pdf",
    } | other


def entered(bank: Bank, by: User, *, on: dt.date = ISSUED, **other: Any) -> FeeNotice:
    """A notice entered on a day, for a bank that is qualified."""
    if not bank.qualifications.exists():
        qualified(bank, by)
    with clock.playing(on):
        return enter_fee_notice(bank=bank, by=by, **printed(**other))


def proved(paid_on: dt.date, **other: Any) -> dict[str, Any]:
    """A payment with its proof."""
    return {"paid_on": paid_on, "proof": ContentFile(PDF), "proof_name": "缴款回单.pdf"} | other


def stated(notice: FeeNotice, by: User, paid_on: dt.date, *, on: dt.date | None = None) -> FeePayment:
    """A payment stated on a day, by default on that of the payment."""
    with clock.playing(on or paid_on):
        return state_fee_payment(notice=notice, by=by, **proved(paid_on, remark="全额缴纳。"))
