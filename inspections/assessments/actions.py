"""Actions on annual assessments: record, finalise, revise; open and withdraw the orders after failing years."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from banks.register import actions as banks
from banks.register.models import Bank, Qualification
from banks.register.rules import qualification_in_force
from inspections.assessments.models import Assessment, AssessmentScheme
from inspections.assessments.rules import (
    grade_for,
    is_groundless,
    is_order_due,
    is_score,
    may_finalise,
    may_record,
    may_revise,
    years_without_order,
)
from inspections.assessments.states import AssessmentState
from inspections.rectification.actions.orders import close_as_withdrawn, settle_standing
from inspections.rectification.models import RectificationOrder
from inspections.rectification.terms import OrderGround
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.permissions import Verb
from zsbank.base.refusals import EditConflict, Refused, WrongState, filled


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
    scheme = AssessmentScheme.objects.filter(year=year).first()
    if scheme is None:
        raise Refused(_("There is no assessment scheme for %(year)s.") % {"year": year})
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
    record(subject=assessment, data=_result(assessment))
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
    return assessment


@action(Verb.REVISE_ASSESSMENT, on="assessment", states=frozenset({AssessmentState.FINAL}), rule=may_revise)
def revise_assessment(
    *, assessment: Assessment, score: Decimal, seen: Decimal, reason: str, by: User
) -> Assessment:
    """Change a final result on review; the next sweep opens or withdraws the order that depends on it.

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
    assessment.score, assessment.grade = score, grade_for(assessment.scheme, score)
    assessment.save(update_fields=["score", "grade"])
    record(reason=reason, data=_result(assessment) | before)
    return assessment


def _result(assessment: Assessment) -> dict[str, Any]:
    """Return the data of every journal entry about a result."""
    return {"year": assessment.year, "score": assessment.score, "grade": assessment.grade}


@action(Verb.OPEN_ORDER, on="qualification", rule=is_order_due, by_clock=True)
def open_orders_after_failing_years(
    *, qualification: Qualification, by: User | None = None
) -> list[RectificationOrder]:
    """Open an order for each second failing year in a row; a person sets its due date (exit （二）3).

    Raises:
        WrongState: no order is due, or the qualification has ended.
    """
    return [_open_order(qualification, year, by) for year in years_without_order(qualification)]


def _open_order(qualification: Qualification, year: int, by: User | None) -> RectificationOrder:
    order: RectificationOrder = RectificationOrder.objects.create(
        bank=qualification.bank,
        qualification=qualification,
        ground=OrderGround.ASSESSMENT,
        assessed_year=year,
        start_date=clock.today(),
    )
    record(subject=order, data={"assessed_year": year})
    banks.put_under_rectification(bank=order.bank, by=by, reason=str(order))
    return order


@action(Verb.WITHDRAW_ORDER, on="order", moves=RectificationOrder.withdraw, rule=is_groundless, by_clock=True)
def withdraw_groundless_order(*, order: RectificationOrder, by: User | None = None) -> RectificationOrder:
    """Withdraw an order after a review, because its years no longer fail.

    Raises:
        WrongState: its years still fail, or it is closed already.
    """
    close_as_withdrawn(order, "考核结果经复核变更，整改依据不再成立。")
    settle_standing(order, by)
    return order
