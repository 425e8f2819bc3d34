"""Actions on annual assessments: recorded, made final, changed on review, judged."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from banks.register import actions as banks
from banks.register.actions import lock_in_force
from banks.register.models import Bank, Qualification
from banks.register.rules import require
from inspections.assessments.models import Assessment, AssessmentScheme
from inspections.assessments.rules import failing_pairs, grade_for, is_score, may_finalise, may_revise
from inspections.assessments.states import AssessmentState
from inspections.rectification.actions.orders import open_for_year, settle_standing, withdraw_order
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import STANDING_OPEN, OrderState
from inspections.rectification.terms import OrderGround
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, Stale, WrongState


@transaction.atomic(durable=True)
def record_assessment(*, bank: Bank, year: int, score: Decimal, reason: str, by: User) -> Assessment:
    """Record a bank's score in an assessed year (not the year of publication); the scheme gives the grade.

    Raises:
        Refused: the year is not over, has no scheme, or is recorded already; the score is not within 0 and 100.
    """
    require(by, Verb.RECORD_ASSESSMENT, bank=bank)
    qualification = lock_in_force(bank)
    if not qualification.effective_from.year <= year < clock.today().year:
        raise Refused(_("A year is assessed when it is over, and only while the bank was qualified."))
    scheme = AssessmentScheme.objects.filter(year=year).first()
    if scheme is None:
        raise Refused(_("There is no assessment scheme for %(year)s.") % {"year": year})
    is_score(score).require()
    if Assessment.objects.filter(qualification=qualification, year=year).exists():
        raise Refused(_("The year %(year)s is recorded already.") % {"year": year}, "taken")
    assessment = Assessment.objects.create(
        bank=bank,
        qualification=qualification,
        scheme=scheme,
        year=year,
        score=score,
        grade=grade_for(scheme, score),
        reason=reason.strip(),
        recorded_by=by,
    )
    _note_assessment(assessment, Verb.RECORD_ASSESSMENT, by, to_state=assessment.state)
    return assessment


def _note_assessment(assessment: Assessment, verb: Verb, by: User, **more: Any) -> None:
    data = {"year": assessment.year, "score": assessment.score, "grade": assessment.grade} | more.pop(
        "data", {}
    )
    journal.record(verb=verb, by=by, subject=assessment, uscc=assessment.bank.uscc, data=data, **more)


def _lock_assessment(assessment: Assessment) -> Assessment:
    rows = Assessment.objects.select_for_update(no_key=True, of=("self",)).select_related("bank", "scheme")
    return rows.get(pk=assessment.pk)


@transaction.atomic(durable=True)
def finalise_assessment(*, assessment: Assessment, by: User) -> Assessment:
    """Make a result final; another person than the one who recorded it."""
    require(by, Verb.FINALISE_ASSESSMENT, bank=assessment.bank)
    assessment = _lock_assessment(assessment)
    if assessment.state != AssessmentState.DRAFT:
        raise WrongState.moved_on()
    may_finalise(by, assessment).require(NotAllowed)
    before = assessment.state
    assessment.finalise()
    assessment.finalised_by, assessment.final_on = by, clock.today()
    assessment.save(update_fields=["state", "finalised_by", "final_on"])
    _note_assessment(assessment, Verb.FINALISE_ASSESSMENT, by, from_state=before, to_state=assessment.state)
    return assessment


@transaction.atomic(durable=True)
def revise_assessment(
    *, assessment: Assessment, score: Decimal, seen: Decimal, reason: str, by: User
) -> Assessment:
    """Change a final result on review, with the reason; the next sweep judges it again.

    Args:
        seen: the score that the person had before them.

    Raises:
        NotAllowed: the person recorded the result or made it final.
        Stale: somebody else has changed it since.
    """
    require(by, Verb.REVISE_ASSESSMENT, bank=assessment.bank)
    assessment = _lock_assessment(assessment)
    if assessment.state != AssessmentState.FINAL:
        raise WrongState.moved_on()
    may_revise(by, assessment).require(NotAllowed)
    if assessment.score != seen:
        raise Stale(
            _("The result was changed since you opened it: it is %(score)s now.")
            % {"score": assessment.score}
        )
    if not reason.strip():
        raise Incomplete(_("Give the reason of the change."))
    is_score(score).require()
    before = {"score_before": assessment.score, "grade_before": assessment.grade}
    assessment.score, assessment.grade = score, grade_for(assessment.scheme, score)
    assessment.save(update_fields=["score", "grade"])
    _note_assessment(assessment, Verb.REVISE_ASSESSMENT, by, reason=reason.strip(), data=before)
    return assessment


def judge(qualification_id: int) -> bool:
    """The sweep: open an order for each second failing year in a row, withdraw one whose ground is gone."""
    with transaction.atomic(durable=True):
        bank_id = Qualification.objects.values_list("bank_id", flat=True).get(pk=qualification_id)
        bank = banks.lock(bank_id)
        qualification = Qualification.objects.select_for_update(no_key=True).get(pk=qualification_id)
        if qualification.cancelled_on is not None:
            return False
        pairs = failing_pairs(qualification.assessments.all())
        orders = RectificationOrder.objects.select_for_update(no_key=True, of=("self",)).select_related(
            "bank", "qualification"
        )
        own = list(orders.filter(qualification=qualification, ground=OrderGround.ASSESSMENT))
        groundless = [
            order for order in own if order.state in STANDING_OPEN and order.assessed_year not in pairs
        ]
        standing = {order.assessed_year for order in own if order.state != OrderState.WITHDRAWN}
        new = [year for year in pairs if year not in standing]
        for order in groundless:
            withdraw_order(order, None, "考核结果经复核变更，整改依据不再成立。")
            settle_standing(order, None)
        for year in new:
            open_for_year(bank, qualification, year)
    return bool(groundless or new)
