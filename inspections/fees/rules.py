"""Rules of fee notices: what can be on a notice, who checks a payment, who withdraws."""

import datetime as dt
import unicodedata
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from banks.register.models import Bank
from inspections.fees.models import FeeNotice
from inspections.fees.states import FeeState
from inspections.fees.terms import (
    CENT,
    LARGEST_AMOUNT,
    LONGEST_YEARS_TO_PAY,
    YEARS_BEFORE,
)
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import in_words
from zsbank.base.refusals import ALLOWED, NotAllowed, Verdict, WrongState


def as_compared(number: str) -> str:
    """Return a number as it is stored: of one width, in capitals, without blanks."""
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()


def is_free(number: str) -> Verdict:
    """Check that no notice of the bureau has this number; a withdrawn one frees it, to be entered again.

    The notice that has it is not named: it may be another bank's.
    """
    taken = FeeNotice.objects.filter(number=number).exclude(state=FeeState.WITHDRAWN)
    return number_is_taken(number) if taken.exists() else ALLOWED


def number_is_taken(number: str) -> Verdict:
    """Return the verdict on a number that a notice has."""
    words = _("A notice with the number %(number)s is entered already. Compare it with the paper.")
    return Verdict.no("number", words % {"number": number})


def is_possible_amount(amount: Decimal) -> Verdict:
    """Check that an amount in yuan is positive, has at most two places and is not absurd."""
    if not amount.is_finite() or amount <= 0:
        return Verdict.no("amount", _("The amount must be more than 0."))
    if amount > LARGEST_AMOUNT:
        words = _("The amount cannot be right: it is more than %(most)s yuan. Compare it with the notice.")
        return Verdict.no("amount", words % {"most": f"{LARGEST_AMOUNT:,.0f}"})
    if amount != amount.quantize(CENT):
        return Verdict.no("amount", _("The amount has at most two places after the point."))
    return ALLOWED


def are_possible_days(issued_on: dt.date, due: dt.date, year: int) -> Verdict:
    """Check the days of a notice (local dates) and its year against each other and against today."""
    if issued_on > clock.today():
        return Verdict.no("issued_on", _("The date of issue lies ahead."))
    if due <= issued_on:
        return Verdict.no("due", _("The due date must be after the date of issue."))
    if due > issued_on + relativedelta(years=LONGEST_YEARS_TO_PAY):
        words = _("The due date is more than a year after the date of issue. Compare both with the notice.")
        return Verdict.no("due", words)
    if not issued_on.year - YEARS_BEFORE <= year <= issued_on.year:
        words = _("A notice issued in %(issued)s is for that year or one of the %(n)s years before.")
        return Verdict.no("year", words % {"issued": issued_on.year, "n": YEARS_BEFORE})
    return ALLOWED


def was_qualified(bank: Bank, year: int) -> Verdict:
    """Check that the bank was qualified on some day of a year; the last notice may follow its exit."""
    held = bank.qualifications.filter(effective_from__year__lte=year)
    if held.exclude(cancelled_on__year__lt=year).exists():
        return ALLOWED
    words = _("%(bank)s was not qualified in %(year)s.")
    return Verdict.no("year", words % {"bank": bank, "year": year})


def is_possible_payment(notice: FeeNotice, day: dt.date) -> Verdict:
    """Check that a day of payment (local date) is neither ahead nor before the notice."""
    if day > clock.today():
        return Verdict.no("paid_on", _("The day of payment lies ahead."))
    if day < notice.issued_on:
        words = _("The day of payment is before the notice, which was issued on %(day)s.")
        return Verdict.no("paid_on", words % {"day": in_words(notice.issued_on)})
    return ALLOWED


def may_check(by: User | None, notice: FeeNotice) -> Verdict:
    """Check that another person stated the payment."""
    payment = notice.payment_to_check
    if by is not None and payment is not None and payment.stated_by_id == by.pk:
        words = _("You stated this payment for the bank; another person must check it.")
        return Verdict.no("four_eyes", words, NotAllowed)
    return ALLOWED


def may_withdraw(by: User | None, notice: FeeNotice) -> Verdict:
    """Check that another person entered the notice: nobody alone takes a claim to money out of the register."""
    if by is not None and by.pk == notice.entered_by_id:
        words = _("You entered this notice; another inspector or a decider withdraws it.")
        return Verdict.no("four_eyes", words, NotAllowed)
    return ALLOWED


def is_newly_overdue(by: User | None, notice: FeeNotice) -> Verdict:
    """Check that the due date has passed and nobody was told yet."""
    if notice.overdue_recorded_on is None and clock.today() > notice.due_date:
        return ALLOWED
    return Verdict.no("not_due", str(WrongState.moved_on()), WrongState)
