"""Which qualifications and orders the sweep has to look at, asked of the database.

`rules.plan` decides; these queries only leave out what certainly stays as it is, so that an hour in which nothing is
due reads no rows, however many banks there are. They may let something through that stays, and never the contrary.
"""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from banks.register.models import Qualification
from inspections.assessments.models import Assessment
from inspections.assessments.states import AssessmentState
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import BINDING, SETTLED, OrderState
from inspections.rectification.terms import OrderGround
from inspections.schemes.terms import FAILING_GRADE

PAGE = 200
"""So many qualifications are in memory at a time, with their results and orders."""


def with_runs_to_look_at() -> QuerySet[Qualification]:
    """Return the qualifications in force with a run of failing years for which an order may be lacking."""
    lacking = _failing(qualification=OuterRef("pk")).filter(
        _fails(OuterRef("qualification"), OuterRef("year") - 1),
        ~_fails(OuterRef("qualification"), OuterRef("year") + 1),
        ~Exists(_settles_run_to_year()),
        ~Exists(_is_about_years_to_year()),
    )
    return in_force().filter(Exists(lacking))


def with_orders_to_look_at(*states: OrderState) -> QuerySet[Qualification]:
    """Return the qualifications in force with an order after failing years that may no longer fit the results.

    Args:
        states: of the orders; by default all in which they bind.
    """
    unfit = _orders(states or tuple(BINDING), qualification=OuterRef("pk")).exclude(_still_fits())
    return in_force().filter(Exists(unfit))


def in_force() -> QuerySet[Qualification]:
    """Return the qualifications in force."""
    return Qualification.objects.filter(cancelled_on=None)


def in_pages(rows: QuerySet[Qualification]) -> Iterator[Qualification]:
    """Yield qualifications by key with results and orders, read a page at a time."""
    ordered = rows.order_by("pk").prefetch_related("assessments", "rectification_orders")
    page = list(ordered[:PAGE])
    while page:
        yield from page
        page = list(ordered.filter(pk__gt=page[-1].pk)[:PAGE]) if len(page) == PAGE else []


def _failing(**where: object) -> QuerySet[Assessment]:
    return Assessment.objects.filter(state=AssessmentState.FINAL, grade=FAILING_GRADE, **where).order_by()


def _fails(qualification: object, year: object) -> Exists:
    return Exists(_failing(qualification=qualification, year=year))


def _orders(states: tuple[OrderState, ...], **where: object) -> QuerySet[RectificationOrder]:
    rows: QuerySet[RectificationOrder] = RectificationOrder.objects.filter(
        ground=OrderGround.ASSESSMENT, state__in=sorted(states), **where
    )
    return rows.order_by()


def _settles_run_to_year() -> QuerySet[RectificationOrder]:
    """Orders that settle a run whose last two years are those of the result asked about and the one before."""
    return _orders(
        tuple(SETTLED),
        qualification=OuterRef("qualification"),
        first_year__lte=OuterRef("year"),
        assessed_year__gte=OuterRef("year") - 1,
        closed_on__year__gt=OuterRef("year"),
    )


def _is_about_years_to_year() -> QuerySet[RectificationOrder]:
    """Orders that bind and name the year of the result asked about and the one before.

    Of an order without letter only if all its years fail: then it is about this run and no other.
    """
    rows = _orders(
        tuple(BINDING),
        qualification=OuterRef("qualification"),
        first_year__lt=OuterRef("year"),
        assessed_year__gte=OuterRef("year"),
    )
    return rows.filter(~Q(state=OrderState.AWAITING_DEADLINE) | _all_years_fail())


def _still_fits() -> Q:
    """Return the condition under which an order that binds certainly stays as it is."""
    alone = ~Exists(
        _orders(tuple(BINDING), qualification=OuterRef("qualification")).exclude(pk=OuterRef("pk"))
    )
    unsettled = ~Exists(
        _orders(
            tuple(SETTLED),
            qualification=OuterRef("qualification"),
            closed_on__year__gt=OuterRef("first_year"),
        )
    )
    held = OuterRef("qualification")
    two_in_a_row = Exists(
        _failing(
            qualification=held, year__gt=OuterRef("first_year"), year__lte=OuterRef("assessed_year")
        ).filter(_fails(OuterRef("qualification"), OuterRef("year") - 1))
    )
    whole_run = (
        _all_years_fail()
        & ~_fails(held, OuterRef("first_year") - 1)
        & ~_fails(held, OuterRef("assessed_year") + 1)
    )
    waits = Q(state=OrderState.AWAITING_DEADLINE)
    return (
        Q(two_in_a_row, state=OrderState.LAPSED)
        | (~waits & two_in_a_row & alone & unsettled)
        | (waits & whole_run & alone & unsettled)
    )


def _all_years_fail() -> Q:
    """Return the condition that each year that an order names fails."""
    own = _failing(
        qualification=OuterRef("qualification"),
        year__gte=OuterRef("first_year"),
        year__lte=OuterRef("assessed_year"),
    )
    counted = Subquery(own.values("qualification").annotate(n=Count("pk")).values("n"))
    return Q(assessed_year=F("first_year") - 1 + Coalesce(counted, 0))
