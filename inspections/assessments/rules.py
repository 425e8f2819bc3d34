"""Who may make a result final or change it; scores, grades and failing years."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from inspections.assessments.models import Assessment, AssessmentScheme
from inspections.assessments.states import AssessmentState
from inspections.assessments.terms import FAILING_GRADE
from zsbank.base.accounts.models import User
from zsbank.base.refusals import YES, Incomplete, Verdict


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
