"""Rules of assessments: four eyes, scores and grades, orders after failing years."""

from decimal import Decimal

from django.utils.translation import gettext as _

from banks.register.models import Bank, Qualification
from banks.register.rules import qualification_in_force
from inspections.assessments.models import Assessment, AssessmentScheme
from inspections.rectification.models import RectificationOrder
from inspections.rectification.terms import OrderGround
from zsbank.base.accounts.models import User
from zsbank.base.refusals import ALLOWED, Incomplete, NotAllowed, Verdict, WrongState


def may_record(by: User | None, bank: Bank) -> Verdict:
    """Check that the bank holds a qualification."""
    if qualification_in_force(bank) is None:
        return Verdict.no("not_qualified", _("The bank does not have the qualification."), WrongState)
    return ALLOWED


def may_finalise(by: User | None, assessment: Assessment) -> Verdict:
    """Check that another person recorded the result."""
    if by is not None and assessment.recorded_by_id == by.pk:
        return Verdict.no(
            "four_eyes",
            _("The person who recorded a result cannot make it final."),
            NotAllowed,
        )
    return ALLOWED


def may_revise(by: User | None, assessment: Assessment) -> Verdict:
    """Check that this person neither recorded nor finalised the result."""
    if by is not None and by.pk in {assessment.recorded_by_id, assessment.finalised_by_id}:
        return Verdict.no(
            "four_eyes",
            _("The persons who recorded a result and made it final cannot review it."),
            NotAllowed,
        )
    return ALLOWED


def is_score(score: Decimal) -> Verdict:
    """Whether a number is a valid score: from 0 to 100, with at most two decimals, so that none is rounded."""
    if not Decimal(0) <= score <= Decimal(100):
        return Verdict.no("range", _("The score must be between 0 and 100."))
    if score != round(score, 2):
        return Verdict.no("decimals", _("A score has at most two decimal places."))
    return ALLOWED


def grade_for(scheme: AssessmentScheme, score: Decimal) -> str:
    """Return the grade of a score by inclusive lower bounds, without rounding: 89.99 is not 90.

    Raises:
        Incomplete: the scheme has no band for the score.
    """
    for band in scheme.bands:
        if score >= Decimal(band["from"]):
            return str(band["grade"])
    raise Incomplete(_("The scheme of %(year)s has no grade for this score.") % {"year": scheme.year})


def failing_pairs(qualification: Qualification) -> set[int]:
    """Return the second years of pairs of consecutive years that are final and failing (exit （二）3).

    A year without a result neither fails nor connects its neighbours.
    """
    failed = {result.year for result in qualification.assessments.all() if result.is_final_fail}
    return {year for year in failed if year - 1 in failed}


def years_without_order(qualification: Qualification) -> list[int]:
    """Return the second failing years without an order, earliest first."""
    orders = {order.assessed_year for order in _orders(qualification) if not order.is_withdrawn}
    return sorted(failing_pairs(qualification) - orders)


def orders_without_ground(qualification: Qualification) -> list[RectificationOrder]:
    """Return the orders to withdraw because a year no longer fails after a review."""
    pairs = failing_pairs(qualification)
    return [order for order in _orders(qualification) if order.is_open and order.assessed_year not in pairs]


def _orders(qualification: Qualification) -> list[RectificationOrder]:
    orders = qualification.rectification_orders.all()
    return [order for order in orders if order.ground == OrderGround.ASSESSMENT]


def is_order_due(by: User | None, qualification: Qualification) -> Verdict:
    """Check that the qualification is in force and failing years have no order yet."""
    if qualification.cancelled_on is None and years_without_order(qualification):
        return ALLOWED
    return Verdict.no("not_due", _("These results do not require an order."), WrongState)


def is_groundless(by: User | None, order: RectificationOrder) -> Verdict:
    """Check that the failing years of the order no longer fail."""
    qualification = order.qualification
    if qualification.cancelled_on is None and order in orders_without_ground(qualification):
        return ALLOWED
    return Verdict.no("not_due", _("The ground for the order still applies."), WrongState)
