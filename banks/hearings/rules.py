"""Rules of hearings: stating a case, answering it, and deciding after it (law.md §2)."""

from django.db.models import Model
from django.utils.translation import gettext as _

from banks.hearings.models import PriorNotice
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.refusals import ALLOWED, Incomplete, NotAllowed, Verdict, WrongState


def may_state(by: User | None, notice: PriorNotice) -> Verdict:
    """Check that the bank has not stated its case yet and the due date has not passed."""
    if notice.stated_at is not None:
        return Verdict.no("stated", _("The bank has stated its case already."), WrongState)
    if clock.today() > notice.due_date:
        return Verdict.no(
            "late", _("The time to state the case ended on %(day)s.") % {"day": notice.due_date}, WrongState
        )
    return ALLOWED


def may_answer(by: User | None, notice: PriorNotice) -> Verdict:
    """Check that there is an unanswered statement, made by somebody else."""
    if notice.stated_at is None:
        return Verdict.no("not_stated", _("The bank has stated nothing."), WrongState)
    if notice.answered_at is not None:
        return Verdict.no("answered", _("The statement is answered already."), WrongState)
    if by is not None and notice.stated_by_id == by.pk:
        return Verdict.no("four_eyes", _("You stated this for the bank; another person answers."), NotAllowed)
    return ALLOWED


def was_heard(case: Model) -> Verdict:
    """Check that an adverse decision may be taken: the bank was notified, and answered or silent past the due date."""
    notice = PriorNotice.objects.filter(case_type=case._meta.label_lower, case_id=case.pk).first()
    if notice is None:
        return Verdict.no(
            "not_told", _("The bank was not notified beforehand; it could not state its case."), Incomplete
        )
    if notice.stated_at is not None and notice.answered_at is None:
        return Verdict.no(
            "not_answered", _("The bank has stated its case. Check and answer it first."), Incomplete
        )
    if notice.stated_at is None and clock.today() <= notice.due_date:
        return Verdict.no(
            "not_over",
            _("The bank may state its case until %(day)s; decide after it.") % {"day": notice.due_date},
            Incomplete,
        )
    return ALLOWED
