"""The read side of assessments: drafts, years without a rating, what has to be judged again."""

from django.db.models import Q, QuerySet

from banks.register.models import Bank, Qualification
from inspections.assessments.models import Assessment
from inspections.assessments.rules import failing_pairs
from inspections.assessments.states import AssessmentState
from inspections.rectification.states import STANDING_OPEN, OrderState
from inspections.rectification.terms import OrderGround
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock


def to_be_judged() -> list[int]:
    """The qualifications in force whose assessments and orders do not agree."""
    found = []
    qualifications = Qualification.objects.filter(cancelled_on=None).prefetch_related(
        "assessments", "rectification_orders"
    )
    for qualification in qualifications.order_by("pk"):
        pairs = set(failing_pairs(qualification.assessments.all()))
        orders = [
            order
            for order in qualification.rectification_orders.all()
            if order.ground == OrderGround.ASSESSMENT
        ]
        standing = {order.assessed_year for order in orders if order.state != OrderState.WITHDRAWN}
        groundless = {order.assessed_year for order in orders if order.state in STANDING_OPEN} - pairs
        if pairs - standing or groundless:
            found.append(qualification.pk)
    return found


def years_without_rating(qualification: Qualification) -> list[int]:
    """The full years since admission that have no final rating: shown to a person, who says what to do."""
    rated = set(
        Assessment.objects.filter(qualification=qualification, state=AssessmentState.FINAL).values_list(
            "year", flat=True
        )
    )
    return [year for year in full_years(qualification) if year not in rated]


def assessments_of(bank: Bank) -> QuerySet[Assessment]:
    """A bank's final assessments, newest first."""
    return Assessment.objects.filter(Q(bank=bank), state=AssessmentState.FINAL).select_related("scheme")


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
