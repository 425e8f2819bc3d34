"""Reading assessments: drafts, years without result, orders to open or withdraw."""

from django.db.models import QuerySet

from banks.register.models import Bank, Qualification
from inspections.assessments.models import Assessment
from inspections.assessments.rules import orders_without_ground, years_without_order
from inspections.assessments.states import AssessmentState
from inspections.rectification.models import RectificationOrder
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock


def qualifications_needing_order() -> list[int]:
    """Return the qualifications with failing years that have no order yet."""
    return [held.pk for held in _in_force() if years_without_order(held)]


def groundless_orders() -> list[int]:
    """Return the orders whose years no longer fail."""
    return [order.pk for held in _in_force() for order in orders_without_ground(held)]


def _in_force() -> QuerySet[Qualification]:
    """Return the qualifications in force with assessments and orders, in a constant number of queries."""
    held = Qualification.objects.filter(cancelled_on=None).order_by("pk")
    return held.prefetch_related("assessments", "rectification_orders")


def drafts_to_finalise(by: User) -> QuerySet[Assessment]:
    """Return drafts recorded by another person, oldest year first."""
    drafts = Assessment.objects.filter(state=AssessmentState.DRAFT).exclude(recorded_by=by)
    return drafts.select_related("bank").order_by("year", "pk")


def years_to_assess() -> list[tuple[Bank, int]]:
    """Return banks in force with their full years without any result; a constant number of queries."""
    qualifications = Qualification.objects.filter(cancelled_on=None).select_related("bank")
    return [
        (qualification.bank, year)
        for qualification in qualifications.prefetch_related("assessments").order_by("bank__name", "pk")
        for year in full_years(qualification)
        if year not in {assessment.year for assessment in qualification.assessments.all()}
    ]


def full_years(qualification: Qualification) -> range:
    """Return the past calendar years in which the qualification was in force throughout."""
    last = (qualification.cancelled_on or clock.today()).year - 1
    return range(qualification.effective_from.year + 1, last + 1)


def results_behind(order: RectificationOrder) -> QuerySet[Assessment]:
    """The results of the two failing years that an order rests on; none for an order on another ground."""
    last = order.assessed_year or 0
    return Assessment.objects.filter(qualification=order.qualification_id, year__in=(last - 1, last))


def orders_after(assessment: Assessment) -> QuerySet[RectificationOrder]:
    """The orders that rest on a result: as the first or the second failing year."""
    years = (assessment.year, assessment.year + 1)
    found: QuerySet[RectificationOrder] = RectificationOrder.objects.filter(
        qualification=assessment.qualification_id, assessed_year__in=years
    )
    return found
