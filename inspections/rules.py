"""What supervision allows, and why not."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from admission.models import Decision, PolicyEdition
from banks.models import Qualification
from inspections.models import Assessment, AssessmentScheme, RectificationOrder, RectificationReport
from inspections.states import AssessmentState
from inspections.terms import FAILING_GRADE, RECTIFIABLE, DeterminationKind
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import may, staff_roles
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Period, Unit, reckon
from zsbank.base.permissions import Verb
from zsbank.base.refusals import YES, Incomplete, Refused, Verdict


def edition_of(qualification: Qualification) -> PolicyEdition:
    """The edition under which the bank was admitted; its terms govern rectification and exit."""
    decision = (
        Decision.objects.filter(qualification=qualification).select_related("application__edition").first()
    )
    edition = decision.application.edition if decision else PolicyEdition.objects.valid_on(clock.today())
    if edition is None:
        raise Refused(_("No policy edition is in force today. Ask the bureau to publish one."))
    return edition


def rectification_period(qualification: Qualification, start: dt.date) -> Period:
    """The six months from the day of determination (exit （二）2): no extension is possible."""
    edition = edition_of(qualification)
    return reckon(start, edition.rectification_months, Unit.MONTH, roll=edition.roll_due_dates)


def may_determine(
    by: User, decided_by: User, kind: DeterminationKind, date: dt.date, qualification: Qualification
) -> Verdict:
    """Whether a determination may be recorded: another person decided it, on a day that can be."""
    if by.pk == decided_by.pk:
        return Verdict.no(
            "four_eyes", _("Another person than the one who records it decides a determination.")
        )
    verdict = may(staff_roles(decided_by), Verb.DECIDE)
    if not verdict:
        return Verdict.no("decider", _("A determination is decided by somebody with the role of a decider."))
    if date > clock.today():
        return Verdict.no("future", _("The date of determination is in the future."))
    if date < qualification.effective_from:
        return Verdict.no("before", _("The date of determination lies before the qualification took effect."))
    if kind in RECTIFIABLE and rectification_period(qualification, date).last_day < clock.today():
        return Verdict.no("past", _("The time to rectify counted from this date has passed already."))
    return YES


def may_report(order: RectificationOrder) -> Verdict:
    """Whether a report is still in time: filed online until 24:00 of the due date."""
    if order.due_date and clock.today() > order.due_date:
        return Verdict.no(
            "late",
            _("The due date %(day)s has passed; a report can no longer be filed.") % {"day": order.due_date},
        )
    return YES


def may_finalise(user: User, assessment: Assessment) -> Verdict:
    """Whether this person may make a result final: another one than who recorded it."""
    if assessment.recorded_by_id == user.pk:
        return Verdict.no("four_eyes", _("Another person than the one who recorded it makes a result final."))
    return YES


def may_revise(user: User, assessment: Assessment) -> Verdict:
    """Whether this person may change a final result on review: neither who recorded it nor who made it final."""
    if user.pk in {assessment.recorded_by_id, assessment.finalised_by_id}:
        return Verdict.no(
            "four_eyes", _("Another person than those who recorded it and made it final reviews a result.")
        )
    return YES


def may_check(user: User, report: RectificationReport) -> Verdict:
    """Whether this person may accept or reject a report: not one that they filed for the bank themselves."""
    if report.submitted_by_id == user.pk:
        return Verdict.no("four_eyes", _("You filed this report for the bank; another person checks it."))
    return YES


def is_score(score: Decimal) -> Verdict:
    """Whether a number can be a score: from 0 to 100, with at most two decimals, so that none is rounded."""
    if not Decimal(0) <= score <= Decimal(100):
        return Verdict.no("range", _("A score lies between 0 and 100."))
    if score != round(score, 2):
        return Verdict.no("decimals", _("A score has at most two decimals."))
    return YES


def grade_for(scheme: AssessmentScheme, score: Decimal) -> str:
    """The grade of a score: bands with inclusive lower bounds, best first; exact, so 89.99 is not 90.

    Raises:
        Incomplete: the scheme has no band for the score.
    """
    for band in scheme.bands:
        if score >= Decimal(band["from"]):
            return str(band["grade"])
    raise Incomplete(_("The scheme of %(year)s has no grade for this score.") % {"year": scheme.year})


def failing_pairs(assessments: Iterable[Assessment]) -> list[int]:
    """The second years of two consecutive assessed years that are both final and failing (exit （二）3).

    A year without a rating is neither a fail nor a bridge.
    """
    failed = {
        assessment.year
        for assessment in assessments
        if assessment.state == AssessmentState.FINAL and assessment.grade == FAILING_GRADE
    }
    return sorted(year for year in failed if year - 1 in failed)
