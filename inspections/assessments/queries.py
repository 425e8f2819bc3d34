"""The read side of assessments: drafts, years without a result, orders that are missing or without ground."""

from django.db.models import QuerySet

from banks.register.models import Bank, Qualification
from inspections.assessments.models import Assessment
from inspections.assessments.rules import orders_without_ground, years_without_order
from inspections.assessments.states import AssessmentState
from inspections.rectification.models import RectificationOrder
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock


def lacking_an_order() -> list[int]:
    """The qualifications whose failing years have not led to their order yet."""
    return [held.pk for held in _in_force() if years_without_order(held)]


def groundless_orders() -> list[int]:
    """The orders whose failing years no longer fail."""
    return [order.pk for held in _in_force() for order in orders_without_ground(held)]


def _in_force() -> QuerySet[Qualification]:
    """The qualifications in force with their assessments and orders, in a constant number of queries."""
    held = Qualification.objects.filter(cancelled_on=None).order_by("pk")
    return held.prefetch_related("assessments", "rectification_orders")


def drafts_to_finalise(by: User) -> QuerySet[Assessment]:
    """Draft results that another person recorded, oldest year first."""
    drafts = Assessment.objects.filter(state=AssessmentState.DRAFT).exclude(recorded_by=by)
    return drafts.select_related("bank").order_by("year", "pk")


def unrated() -> list[tuple[Bank, int]]:
    """Banks in force with their full years that have no result, not even a draft; a constant number of queries."""
    qualifications = Qualification.objects.filter(cancelled_on=None).select_related("bank")
    return [
        (qualification.bank, year)
        for qualification in qualifications.prefetch_related("assessments").order_by("bank__name", "pk")
        for year in full_years(qualification)
        if year not in {assessment.year for assessment in qualification.assessments.all()}
    ]


def full_years(qualification: Qualification) -> range:
    """The full years of a qualification that are over."""
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
