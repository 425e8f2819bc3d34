"""Rules of verification: who verifies and confirms, and who decides on what was found."""

import datetime as dt

from django.utils.translation import gettext as _

from inspections.rectification.models import RectificationOrder
from inspections.verification.models import Verification
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.calendar import clock
from zsbank.base.permissions import Verb
from zsbank.base.refusals import ALLOWED, EditConflict, NotAllowed, NotYet, Verdict


def may_verify(by: User | None, order: RectificationOrder) -> Verdict:
    """Check that this person did not submit the report for the bank (four eyes)."""
    report = order.report_to_check
    if by is not None and report is not None and report.submitted_by_id == by.pk:
        words = _("You submitted this report for the bank; another person must check it.")
        return Verdict.no("four_eyes", words, NotAllowed)
    return ALLOWED


def is_possible_day(day: dt.date, order: RectificationOrder) -> Verdict:
    """Check that a report was verified after it was submitted, and not in the future."""
    report = order.report_to_check
    if day > clock.today():
        return Verdict.no("future", _("The day of the verification is in the future."))
    if report is not None and day < clock.local_day(report.submitted_at):
        return Verdict.no("before", _("The day of the verification is before that of the report."))
    return ALLOWED


def may_confirm(by: User | None, order: RectificationOrder) -> Verdict:
    """Check that this person was the second officer of the visit, or is a colleague of one who has left."""
    found = Verification.newest_of(order)
    if found is None or found.stands:
        return Verdict.moved_on()
    second = found.accompanied_by
    if by is None or second is None or by == second:
        return ALLOWED
    if by.pk == found.verified_by_id or not has_left(second):
        words = _("%(person)s was the second officer of the visit, and confirms it.")
        return Verdict.no("not_second", words % {"person": second}, NotAllowed)
    return ALLOWED


def is_as_seen(order: RectificationOrder, seen: int) -> Verdict:
    """Check that the verification that counts is the one that a person read.

    Args:
        seen: the key of the verification on the page that the person opened.
    """
    found = Verification.newest_of(order)
    if found is None or found.pk != seen:
        words = _(
            "The report was verified again since you opened the page. Read what was found, and try again."
        )
        return Verdict.no("stale", words, EditConflict)
    return ALLOWED


def has_left(officer: User) -> bool:
    """Return whether an officer can no longer confirm what was found."""
    return not staff_may(officer, Verb.CONFIRM_VERIFICATION)


def may_decide(by: User | None, order: RectificationOrder) -> Verdict:
    """Check that the report was verified, and that this person verified none of the order (four eyes)."""
    found = Verification.newest_of(order)
    if found is None or not found.stands:
        return Verdict.no("not_verified", _("The report has not been verified yet."), NotYet)
    if by is not None and (found.report.submitted_by == by or _verified(by, order)):
        words = _("You took part in the report or its verification; another person decides.")
        return Verdict.no("four_eyes", words, NotAllowed)
    return ALLOWED


def _verified(by: User, order: RectificationOrder) -> bool:
    return Verification.with_part_of(by).filter(report__order=order).exists()


def may_accept(by: User | None, order: RectificationOrder) -> Verdict:
    """Check besides that it was found rectified as required."""
    found, verdict = Verification.newest_of(order), may_decide(by, order)
    if verdict and found is not None and not found.fulfilled:
        words = _(
            "The verification found that something is still missing. Reject the report, or verify it again."
        )
        return Verdict.no("not_fulfilled", words, NotYet)
    return verdict


def is_to_be_verified(order: RectificationOrder) -> bool:
    """Return whether the report waits for a verification."""
    return Verification.newest_of(order) is None


def is_to_be_confirmed(order: RectificationOrder) -> bool:
    """Return whether a visit waits for the second officer."""
    found = Verification.newest_of(order)
    return found is not None and not found.stands


def is_to_be_decided(order: RectificationOrder) -> bool:
    """Return whether the report waits for a decision."""
    found = Verification.newest_of(order)
    return found is not None and found.stands
