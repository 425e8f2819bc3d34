"""Actions on annual assessments: record, finalise, revise, take over."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks.members.actions.messages import notify_members
from banks.papers.models import PaperLetter
from banks.register.models import Bank, Qualification
from banks.register.rules import qualification_in_force
from inspections.assessments.models import Assessment
from inspections.assessments.rules import (
    grade_for,
    is_score,
    may_finalise,
    may_record,
    may_revise,
    scheme_of,
    without_scheme,
)
from inspections.assessments.states import AssessmentState
from inspections.schemes.models import AssessmentScheme
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.notices.terms import Words
from zsbank.base.permissions import Verb
from zsbank.base.refusals import EditConflict, Incomplete, Refused, RowsRefused, WrongState, filled


@action(Verb.RECORD_ASSESSMENT, on="bank", rule=may_record, makes=True)
def record_assessment(*, bank: Bank, year: int, score: Decimal, reason: str, by: User) -> Assessment:
    """Record a bank's score as a draft; the scheme of the year determines the grade (exit （二）3).

    Args:
        year: the assessed year, not the year of publication.
        score: from 0 to 100, with at most two decimals.

    Raises:
        NotAllowed: the role.
        WrongState: the bank holds no qualification.
        Incomplete: the scheme has no grade for the score.
        Refused: the year is not over, has no scheme, or is recorded already; the score is out of range.
    """
    return _recorded(bank, year, score, reason, by)


@action(Verb.RECORD_ASSESSMENT, on="banks")
def record_assessments(
    *, banks: Sequence[Bank], year: int, entered: Mapping[int, tuple[Decimal, str]], by: User
) -> list[Assessment]:
    """Record the results of several banks in one year as `record_assessment` does, all of them or none.

    Args:
        year: the assessed year.
        entered: score and reason by the primary key of the bank.

    Raises:
        NotAllowed: the role.
        Incomplete: no bank is given.
        RowsRefused: results were refused, with the reason of each.
    """
    if not banks:
        raise Incomplete(_("Enter at least one score."))
    made: list[Assessment] = []
    refused: dict[int, Refused] = {}
    for bank in banks:
        score, reason = entered[bank.pk]
        try:
            made.append(_recorded(bank, year, score, reason, by))
        except Refused as refusal:
            refused[bank.pk] = refusal
    if refused:
        raise RowsRefused(refused)
    return made


def _recorded(bank: Bank, year: int, score: Decimal, reason: str, by: User) -> Assessment:
    """Check a result and record it with its journal entry; raises as `record_assessment`."""
    qualification = qualification_in_force(bank)
    if qualification is None:
        raise WrongState.moved_on()
    if not qualification.effective_from.year <= year < clock.today().year:
        raise Refused(
            _(
                "You can assess a year only after it has ended, and only if the bank was qualified in that "
                "year."
            )
        )
    scheme = AssessmentScheme.objects.of_year(year, lock=True)
    if scheme is None:
        raise Refused(without_scheme(year), "no_scheme")
    is_score(score).require()
    if Assessment.objects.filter(qualification=qualification, year=year).exists():
        raise Refused(_("A result for %(year)s has already been recorded.") % {"year": year}, "taken")
    assessment: Assessment = Assessment.objects.create(
        bank=bank,
        qualification=qualification,
        scheme=scheme,
        year=year,
        score=score,
        grade=grade_for(scheme, score),
        reason=reason.strip(),
        recorded_by=by,
    )
    record(subject=assessment, reason=assessment.reason, data=_result(assessment))
    return assessment


@action(Verb.FINALISE_ASSESSMENT, on="assessment", moves=Assessment.finalise, rule=may_finalise)
def finalise_assessment(*, assessment: Assessment, by: User) -> Assessment:
    """Make a result final.

    Raises:
        NotAllowed: the role, or the person recorded the result (four eyes).
        WrongState: the result is final already.
    """
    assessment.finalise()
    assessment.finalised_by, assessment.final_on = by, clock.today()
    assessment.save(update_fields=["state", "finalised_by", "final_on"])
    record(data=_result(assessment))
    title = gettext_lazy("The result of the annual assessment is final")
    _notify(assessment, "final", title)
    return assessment


@action(Verb.REVISE_ASSESSMENT, on="assessment", states=frozenset({AssessmentState.FINAL}), rule=may_revise)
def revise_assessment(
    *, assessment: Assessment, score: Decimal, seen: Decimal, reason: str, by: User
) -> Assessment:
    """Change a final result on review; the next sweep brings the orders to it, and what rests on it is asked at once.

    Args:
        score: from 0 to 100, with at most two decimals.
        seen: the score shown on the page the person opened.

    Raises:
        NotAllowed: the role, or the person recorded or finalised the result (four eyes).
        WrongState: the result is a draft.
        EditConflict: somebody else has changed it since.
        Incomplete: the reason is empty, or the scheme has no grade for the score.
        Refused: the score is out of range.
    """
    if assessment.score != seen:
        raise EditConflict(
            _("The result has changed since you opened it: it is now %(score)s.")
            % {"score": assessment.score}
        )
    reason = filled(reason, _("Enter the reason for the change."))
    is_score(score).require()
    before = {"score_before": assessment.score, "grade_before": assessment.grade}
    assessment.score, assessment.grade = score, grade_for(scheme_of(assessment), score)
    assessment.save(update_fields=["score", "grade"])
    record(reason=reason, data=_result(assessment) | before)
    title = gettext_lazy("The result of the annual assessment was changed on review")
    _notify(assessment, f"revised:{clock.now().isoformat()}", title)
    return assessment


def _notify(assessment: Assessment, event: str, title: Words) -> None:
    """Notify the bank of a final result.

    Args:
        event: what happened; each event is posted once.
    """
    notify_members(
        bank=assessment.bank,
        key=f"assessment:{assessment.pk}:{event}",
        title=title,
        body=format_lazy(
            gettext_lazy("Assessed year: {year}. Score: {score}. Grade: {grade}."),
            year=assessment.year,
            score=assessment.score,
            grade=assessment.grade,
        ),
        link=reverse("inspections:assessments"),
    )


def _result(assessment: Assessment) -> dict[str, Any]:
    """Return the data of every journal entry about a result."""
    return {"year": assessment.year, "score": assessment.score, "grade": assessment.grade}


@action(Verb.TAKE_OVER_RESULT, makes=True, inner=True)
def take_over_result(
    *,
    qualification: Qualification,
    year: int,
    grade: str,
    score: Decimal,
    reason: str,
    paper: PaperLetter,
    entered_by: User,
    by: User,
) -> Assessment:
    """Take over a final result with grade and score as on paper (exit （二）3).

    Args:
        grade: as on paper, whatever a scheme of the year would give.
        entered_by: who entered the takeover; `by` confirms it.
    """
    result: Assessment = Assessment.objects.create(
        bank=qualification.bank,
        qualification=qualification,
        scheme=AssessmentScheme.objects.of_year(year),
        year=year,
        score=score,
        grade=grade,
        reason=reason,
        state=AssessmentState.FINAL,
        recorded_by=entered_by,
        finalised_by=by,
        final_on=paper.date,
        paper=paper,
    )
    data = {"year": year, "score": score, "grade": grade}
    record(subject=result, reason=reason, effective_on=paper.date, data=data)
    return result
