"""Reading assessments: drafts, years without result, orders to open or withdraw."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import Max, QuerySet

from banks.register.models import Bank, Qualification
from inspections.assessments.due import in_pages, with_orders_to_look_at, with_runs_to_look_at
from inspections.assessments.models import Assessment
from inspections.assessments.rules import left_to_a_person, names_failing_years, plan, runs_due
from inspections.assessments.states import AssessmentState
from inspections.rectification.models import RectificationOrder
from inspections.rectification.queries import in_state
from inspections.rectification.states import OrderState
from inspections.schemes.models import AssessmentScheme
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb


def qualifications_needing_order() -> list[int]:
    """Return the qualifications with failing years for which the clock opens an order."""
    return [held.pk for held in in_pages(with_runs_to_look_at()) if runs_due(None, held)]


def to_be_opened_by_a_person() -> list[Qualification]:
    """Return the qualifications with failing years of before this register that have no order, by bank."""
    rows = in_pages(with_runs_to_look_at().filter(paper__isnull=False).select_related("bank"))
    return sorted(
        (held for held in rows if left_to_a_person(held)), key=lambda held: (held.bank.name, held.pk)
    )


def orders_to_withdraw() -> list[int]:
    """Return the orders whose years no longer fail, or belong to the run of another order."""
    return [pk for held in in_pages(with_orders_to_look_at()) for pk in plan(held).withdraw]


def orders_to_rename() -> list[int]:
    """Return the orders without due date that name other years than those that fail."""
    unnamed = with_orders_to_look_at(OrderState.AWAITING_DEADLINE)
    return [pk for held in in_pages(unnamed) for pk in plan(held).rename]


def to_be_given_due_date() -> list[RectificationOrder]:
    """Return the orders without due date that name the years that fail; what the sweep adjusts or withdraws waits."""
    orders = in_state(OrderState.AWAITING_DEADLINE)
    rows = orders.prefetch_related("qualification__assessments", "qualification__rectification_orders")
    return [order for order in rows if names_failing_years(None, order)]


def final_of(bank: Bank) -> QuerySet[Assessment]:
    """Return the final assessments of a bank, newest year first; it knows of no draft."""
    rows = Assessment.objects.filter(bank=bank, state=AssessmentState.FINAL)
    return rows.select_related("paper").order_by("-year", "-pk")


def drafts_to_finalise(by: User) -> QuerySet[Assessment]:
    """Return drafts recorded by another person, oldest year first."""
    drafts = Assessment.objects.filter(state=AssessmentState.DRAFT).exclude(recorded_by=by)
    return drafts.select_related("bank").order_by("year", "pk")


def years_to_assess() -> list[tuple[int, int]]:
    """Return the years in which banks in force have no result, with their number, the earliest first.

    Only years with a scheme in force count, and only if a bank was qualified throughout; a constant number of queries.
    """
    graded = set(years_with_scheme())
    held = Qualification.objects.filter(cancelled_on=None).select_related("paper")
    qualifications = held.prefetch_related("assessments")
    missing = Counter(
        year
        for qualification in qualifications
        for year in full_years(qualification)
        if year in graded and year not in {assessment.year for assessment in qualification.assessments.all()}
    )
    return sorted(missing.items())


def years_with_scheme() -> list[int]:
    """Return the years that are over and have a scheme in force, the latest first."""
    schemes = AssessmentScheme.objects.in_force().filter(year__lt=clock.today().year)
    return list(schemes.order_by("-year").values_list("year", flat=True))


def qualifications_to_assess(year: int) -> QuerySet[Qualification]:
    """Return the qualifications in force that began by a year and have no result of it, by the bank's name."""
    held = Qualification.objects.filter(cancelled_on=None, effective_from__year__lte=year)
    without = held.exclude(pk__in=Assessment.objects.filter(year=year).values("qualification"))
    return without.select_related("bank").order_by("bank__name", "pk")


def qualifications_of(banks: Iterable[int]) -> QuerySet[Qualification]:
    """Return the qualifications in force of banks, by the bank's name."""
    held = Qualification.objects.filter(cancelled_on=None, bank__in=banks)
    return held.select_related("bank").order_by("bank__name", "pk")


def full_years(qualification: Qualification) -> range:
    """Return the past calendar years in which the qualification was in force throughout.

    Of one that was taken over, years count from the last one before the takeover: what else existed came with it.
    """
    last = (qualification.cancelled_on or clock.today()).year - 1
    first = qualification.effective_from.year + 1
    if qualification.paper is not None:
        first = max(first, qualification.paper.taken_over_on.year - 1)
    return range(first, last + 1)


def results_behind(order: RectificationOrder) -> QuerySet[Assessment]:
    """Return the results of the failing years on which an order is based; none for another ground."""
    return Assessment.objects.filter(qualification=order.qualification_id, year__in=list(order.years))


def settled_on(qualification: Qualification, years: Sequence[int]) -> dt.date:
    """Return the day (local date) since which the results of these years are what they are now.

    Returns:
        The latest day on which one of them was finalised, on paper or here, or changed on review; today, if none was.
    """
    results = Assessment.objects.filter(qualification=qualification, year__in=list(years))
    found: dt.date | None = _changes_of(results).aggregate(day=Max("effective_on"))["day"]
    return min(found, clock.today()) if found else clock.today()


def last_review_behind(order: RectificationOrder) -> Entry | None:
    """Return the newest change on review of a result on which an order is based."""
    return _changes_of(results_behind(order)).filter(verb=Verb.REVISE_ASSESSMENT).order_by("-pk").first()


def _changes_of(results: QuerySet[Assessment]) -> QuerySet[Entry]:
    """Return the entries with which results became final or were changed."""
    return Entry.objects.filter(
        subject_type=Assessment._meta.label_lower,
        subject_id__in=results.values("pk"),
        verb__in=(Verb.FINALISE_ASSESSMENT, Verb.REVISE_ASSESSMENT, Verb.TAKE_OVER_RESULT),
    )


def orders_after(assessment: Assessment) -> QuerySet[RectificationOrder]:
    """Return the orders whose failing years include that of a result."""
    found: QuerySet[RectificationOrder] = RectificationOrder.objects.filter(
        qualification=assessment.qualification_id,
        first_year__lte=assessment.year,
        assessed_year__gte=assessment.year,
    )
    return found
