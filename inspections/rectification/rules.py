"""Whether a report is in time, who may check it, and whether an order is overdue."""

from django.utils.translation import gettext as _

from inspections.rectification.models import RectificationOrder
from zsbank.base.accounts.models import User
from zsbank.base.refusals import ALLOWED, NotAllowed, Verdict, WrongState


def may_report(by: User | None, order: RectificationOrder) -> Verdict:
    """Whether a report is still in time: submitted online until 24:00 (local time) of the due date."""
    if order.is_overdue:
        return Verdict.no(
            "late",
            _("The due date %(day)s has passed; you can no longer submit a report.")
            % {"day": order.due_date},
        )
    return ALLOWED


def may_check(by: User | None, order: RectificationOrder) -> Verdict:
    """Whether this person may accept or reject the report: not one that they filed for the bank themselves."""
    report = order.report_to_check
    if by is not None and report is not None and report.submitted_by_id == by.pk:
        return Verdict.no(
            "four_eyes",
            _("You submitted this report for the bank; another person must check it."),
            NotAllowed,
        )
    return ALLOWED


def may_lapse(by: User | None, order: RectificationOrder) -> Verdict:
    """Whether the due date has passed without a report."""
    if order.is_overdue:
        return ALLOWED
    return Verdict.no("not_due", _("The due date has not passed yet."), WrongState)
