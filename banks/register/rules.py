"""Rules that depend on a bank's standing or qualification."""

import datetime as dt

from django.utils.translation import gettext as _

from banks.register.models import Bank, Qualification
from banks.register.states import BARRED, IN_FORCE
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import in_words, through
from zsbank.base.refusals import ALLOWED, Verdict, WrongState


def may_apply(bank: Bank, *, on: dt.date) -> Verdict:
    """Check that the bank may apply on a day (local date): not qualified, and not barred (exit （四）)."""
    if bank.standing in IN_FORCE:
        return Verdict.no(
            "qualified", _("The bank already has the qualification; it does not need to apply.")
        )
    if bank.standing in BARRED and bank.may_apply_from and bank.bar_last_day and on < bank.may_apply_from:
        return Verdict.no(
            "barred",
            _(
                "The bank may apply again from %(first_day)s: the five-year reapplication bar runs until "
                "%(last_day)s."
            )
            % {"first_day": in_words(bank.may_apply_from), "last_day": through(bank.bar_last_day)},
        )
    return ALLOWED


def qualification_in_force(bank: Bank) -> Qualification | None:
    """Return the bank's qualification that is not cancelled, or None."""
    return bank.qualifications.filter(cancelled_on=None).first()


def is_in_force(by: User | None, qualification: Qualification) -> Verdict:
    """Check that a qualification is not cancelled already."""
    return ALLOWED if qualification.cancelled_on is None else Verdict.moved_on()


def may_allow_issuing(by: User | None, qualification: Qualification) -> Verdict:
    """Check that the qualification is in force and issuing was not allowed before."""
    if qualification.cancelled_on is not None:
        return Verdict.no("cancelled", _("The qualification has been cancelled."), WrongState)
    if qualification.issuing_from is not None:
        return Verdict.no("allowed", _("Issuing has already been allowed."), WrongState)
    return ALLOWED


def may_be_locked_out(by: User | None, bank: Bank) -> Verdict:
    """Check that the day of cancellation has passed, so that the bar begins."""
    left_on = bank.qualifications.exclude(cancelled_on=None).values_list("cancelled_on", flat=True).first()
    return ALLOWED if left_on is not None and clock.today() > left_on else Verdict.moved_on()


def may_be_released(by: User | None, bank: Bank) -> Verdict:
    """Check that the first day on which the bank may apply again has come."""
    due = bank.may_apply_from
    return ALLOWED if due is not None and clock.today() >= due else Verdict.moved_on()
