"""Rules of rectification: reporting in time, the time for the verification, lapsing."""

from django.conf import settings
from django.utils.translation import gettext as _

from inspections.rectification.models import RectificationOrder
from inspections.rectification.terms import MOST_PROGRESS, ReportKind
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate
from zsbank.base.calendar.periods import Period, Unit
from zsbank.base.calendar.wording import by_day, in_words
from zsbank.base.cases.dates import is_provisional
from zsbank.base.refusals import ALLOWED, LATE, Verdict, WrongState


def may_report(by: User | None, order: RectificationOrder) -> Verdict:
    """Check that it is not later than 24:00 (local time) on the due date.

    A provisional date may turn out to be a rest day: until a person has confirmed the lapse, a report is in time.
    """
    if order.is_overdue and not is_provisional(order.period):
        return Verdict.no(LATE, too_late(order))
    return ALLOWED


def may_report_progress(by: User | None, order: RectificationOrder) -> Verdict:
    """Check besides that the bank has not submitted too many plans and interim reports."""
    if order.reports.exclude(kind=ReportKind.FINAL).count() >= MOST_PROGRESS:
        words = _(
            "Your bank has submitted %(number)s plans and interim reports on this order; no more are taken. Submit the "
            "report once the rectification is completed."
        )
        return Verdict.no("too_many", words % {"number": MOST_PROGRESS})
    return may_report(by, order)


def too_late(order: RectificationOrder) -> str:
    """Return what is said of a report after the due date."""
    day = by_day(order.due_date) if order.due_date else ""
    return _("The rectification was due %(day)s; you can no longer submit a report.") % {"day": day}


def verification_period() -> Period:
    """Return the time that the bureau has set itself to verify a report that is submitted today, in working days."""
    return calculate(clock.today(), settings.VERIFICATION_WORKING_DAYS, Unit.WORKDAY)


def may_lapse(by: User | None, order: RectificationOrder) -> Verdict:
    """Check that the due date has passed without a report.

    A person confirms it where the date is provisional, or had passed when the order was taken over.
    """
    if order.is_overdue:
        return ALLOWED if (by is not None) == _is_left_to_a_person(order) else Verdict.moved_on()
    return Verdict.no("not_due", _("The due date has not passed yet."), WrongState)


def may_confirm_lapse(order: RectificationOrder) -> bool:
    """Return whether a person has to confirm that an order lapsed."""
    return order.is_overdue and _is_left_to_a_person(order)


def _is_left_to_a_person(order: RectificationOrder) -> bool:
    """Return whether the clock alone does not let the order lapse."""
    return is_provisional(order.period) or order.was_late_when_taken_over


def rest_day_warning(period: Period) -> str:
    """Return the warning that a chosen last day is a rest day, with the working day to which it moves."""
    words = _(
        "%(day)s is a rest day. Confirm that the due date moves to the next working day, %(moved)s, "
        "or choose another day."
    )
    return words % {"day": in_words(period.raw_last_day), "moved": in_words(period.last_day)}
