"""Rules of hearings: stating a case, answering it, and deciding after it (law.md §2)."""

from django.db.models import Model
from django.utils.translation import gettext as _

from banks.hearings.models import PriorNotice
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import by_day
from zsbank.base.refusals import ALLOWED, Incomplete, NotAllowed, Verdict, WrongState


def may_state(by: User | None, notice: PriorNotice) -> Verdict:
    """Check that the bank has not stated its case yet and the due date has not passed."""
    if notice.stated_at is not None:
        return Verdict.no("stated", _("The bank has already submitted a statement."), WrongState)
    if clock.today() > notice.due_date:
        return Verdict.no(
            "late",
            _("A statement could be submitted %(day)s; that day has passed.")
            % {"day": by_day(notice.due_date)},
            WrongState,
        )
    return ALLOWED


def may_answer(by: User | None, notice: PriorNotice) -> Verdict:
    """Check that there is an unanswered statement, made by somebody else."""
    if notice.stated_at is None:
        return Verdict.no("not_stated", _("The bank has not submitted a statement."), WrongState)
    if notice.answered_at is not None:
        return Verdict.no("answered", _("The statement has already been answered."), WrongState)
    if by is not None and notice.stated_by_id == by.pk:
        return Verdict.no(
            "four_eyes",
            _("You submitted this statement for the bank; another person must answer it."),
            NotAllowed,
        )
    return ALLOWED


def was_heard(case: Model) -> Verdict:
    """Check that an adverse decision may be taken: the bank was notified, and answered or silent past the due date."""
    notice = PriorNotice.objects.filter(case_type=case._meta.label_lower, case_id=case.pk).first()
    if notice is None:
        return Verdict.no(
            "not_told",
            _("The bank did not receive a prior notice and could not submit a statement."),
            Incomplete,
        )
    if notice.stated_at is not None and notice.answered_at is None:
        return Verdict.no(
            "not_answered", _("The bank has submitted a statement. Check and answer it first."), Incomplete
        )
    if notice.stated_at is None and clock.today() <= notice.due_date:
        return Verdict.no(
            "not_over",
            _("The bank may submit a statement %(day)s; you can decide after that day.")
            % {"day": by_day(notice.due_date)},
            Incomplete,
        )
    return ALLOWED
