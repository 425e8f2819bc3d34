"""Whether a report is in time, and who may check it."""

from django.utils.translation import gettext as _

from inspections.rectification.models import RectificationOrder, RectificationReport
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.refusals import YES, Verdict


def may_report(order: RectificationOrder) -> Verdict:
    """Whether a report is still in time: filed online until 24:00 of the due date."""
    if order.due_date and clock.today() > order.due_date:
        return Verdict.no(
            "late",
            _("The due date %(day)s has passed; a report can no longer be filed.") % {"day": order.due_date},
        )
    return YES


def may_check(user: User, report: RectificationReport) -> Verdict:
    """Whether this person may accept or reject a report: not one that they filed for the bank themselves."""
    if report.submitted_by_id == user.pk:
        return Verdict.no("four_eyes", _("You filed this report for the bank; another person checks it."))
    return YES
