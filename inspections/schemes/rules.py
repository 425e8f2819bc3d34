"""Rules of assessment schemes: what can still be changed, by whom, and that every score has a grade."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from inspections.schemes.bands import Band, faults
from inspections.schemes.models import AssessmentScheme
from inspections.schemes.states import SchemeState
from inspections.schemes.terms import FIRST_YEAR
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.queries import history_of
from zsbank.base.permissions import Verb
from zsbank.base.refusals import ALLOWED, Incomplete, NotAllowed, Reason, Verdict, WrongState

WRITING = (Verb.DRAFT_SCHEME, Verb.AMEND_SCHEME)
"""Who took one of these on a scheme does not publish it."""


def is_draft(by: User | None, scheme: AssessmentScheme) -> Verdict:
    """Check that the scheme is neither published nor withdrawn."""
    return ALLOWED if scheme.state == SchemeState.DRAFT else Verdict.moved_on()


def may_publish(by: User | None, scheme: AssessmentScheme) -> Verdict:
    """Check that it is a draft, that this person neither drafted nor changed it, and that no result is recorded."""
    verdict = is_draft(by, scheme)
    if verdict and by is not None and _has_written(by, scheme):
        words = _("You drafted or changed this scheme; another person must publish it.")
        return Verdict.no("four_eyes", words, NotAllowed)
    return verdict and has_no_results(scheme.year)


def _has_written(by: User, scheme: AssessmentScheme) -> bool:
    written = history_of(scheme).filter(verb__in=WRITING, actor=by)
    return scheme.drafted_by_id == by.pk or written.exists()


def has_no_results(year: int, *, lock: bool = False) -> Verdict:
    """Check that no result of a year is recorded under the scheme in force: then the scheme stays as it is.

    Args:
        year: the assessed year.
        lock: until the transaction ends no result is recorded.
    """
    published = AssessmentScheme.objects.of_year(year, lock=lock)
    if published is not None and published.assessments.exists():
        words = _("Results of %(year)s are recorded already, so the scheme of the year can no longer change.")
        return Verdict.no("results", words % {"year": year}, WrongState)
    return ALLOWED


def is_possible_year(year: int) -> Verdict:
    """Check that a scheme can be drafted for a year: up to the next one."""
    last = clock.today().year + 1
    if not FIRST_YEAR <= year <= last:
        words = _("A scheme can be drafted for the years %(first)s to %(last)s.")
        return Verdict.no("year", words % {"first": FIRST_YEAR, "last": last})
    return ALLOWED


def has_no_draft(year: int) -> Verdict:
    """Check that no scheme of the year is drafted already."""
    if AssessmentScheme.objects.drafts().filter(year=year).exists():
        words = _("A scheme of %(year)s is drafted already. Change that draft, or withdraw it.")
        return Verdict.no("drafted", words % {"year": year})
    return ALLOWED


def grades_every_score(bands: Sequence[Band]) -> Verdict:
    """Check that the grades cover 0 to 100 points without overlap, and that one of them fails."""
    return Verdict.of(Reason("bands", fault, Incomplete) for fault in faults(bands))
