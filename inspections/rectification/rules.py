"""Rules of rectification: reporting in time, checking by another person, lapsing."""

from django.utils.translation import gettext as _

from inspections.rectification.models import RectificationOrder
from zsbank.base.accounts.models import User
from zsbank.base.calendar.wording import by_day
from zsbank.base.refusals import ALLOWED, NotAllowed, Verdict, WrongState


def may_report(by: User | None, order: RectificationOrder) -> Verdict:
    """Check that it is not later than 24:00 (local time) on the due date."""
    if order.is_overdue:
        return Verdict.no(
            "late",
            _("The rectification was due %(day)s; you can no longer submit a report.")
            % {"day": by_day(order.due_date) if order.due_date else ""},
        )
    return ALLOWED


def may_check(by: User | None, order: RectificationOrder) -> Verdict:
    """Check that another person submitted the report."""
    report = order.report_to_check
    if by is not None and report is not None and report.submitted_by_id == by.pk:
        return Verdict.no(
            "four_eyes",
            _("You submitted this report for the bank; another person must check it."),
            NotAllowed,
        )
    return ALLOWED


def may_lapse(by: User | None, order: RectificationOrder) -> Verdict:
    """Check that the due date has passed without a report."""
    if order.is_overdue:
        return ALLOWED
    return Verdict.no("not_due", _("The due date has not passed yet."), WrongState)
