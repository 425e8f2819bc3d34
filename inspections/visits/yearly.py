"""The plan of a year and its progress: which outlets of which bank were seen when."""

import datetime as dt
from typing import Any

from django.db.models import Count, IntegerField, Max, Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from banks.outlets.models import Outlet
from banks.register.models import Bank
from banks.register.states import IN_FORCE
from inspections.visits.models import InspectionVisit, VisitedOutlet
from inspections.visits.states import OPEN_IN_FIELD, VisitState
from zsbank.base.calendar import clock

YEARS_SHOWN = 10


def years() -> list[int]:
    """Return the years that have inspections, and this one; the latest first."""
    found = InspectionVisit.objects.dates("visit_day", "year", order="DESC")[:YEARS_SHOWN]
    return sorted({clock.today().year, *(day.year for day in found)}, reverse=True)


def progress_of_banks(year: int) -> QuerySet[Any]:
    """Return the banks in force with what was planned and seen in a year, those with most left to see first.

    Each has `outlets_in_register`, `outlets_seen`, `visits_planned` (those of the plan, cancelled ones left out),
    `visits_held`, and `next_day`, the day of the next inspection that is not held.
    """
    in_year = _of_year(year).filter(bank=OuterRef("pk"))
    held = in_year.exclude(state__in=OPEN_IN_FIELD)
    seen = _seen_in(year).filter(outlet__bank=OuterRef("pk"))
    ahead = in_year.filter(state__in=OPEN_IN_FIELD)
    banks: QuerySet[Any] = Bank.objects.filter(standing__in=IN_FORCE)
    return banks.annotate(
        outlets_in_register=_count(Outlet.objects.filter(bank=OuterRef("pk")), "bank"),
        outlets_seen=_count(seen, "outlet__bank", "outlet"),
        visits_planned=_count(in_year.filter(planned=True), "bank"),
        visits_held=_count(held, "bank"),
        next_day=Subquery(ahead.order_by("visit_day").values("visit_day")[:1]),
    ).order_by("outlets_seen", "-outlets_in_register", "name", "pk")


def progress_of_outlets(bank: Bank, year: int) -> QuerySet[Any]:
    """Return the outlets of a bank with `seen_in_year`, `seen_last` (in any year) and `planned_for` as local dates.

    Those that were not seen in the year come first.
    """
    own = VisitedOutlet.objects.filter(outlet=OuterRef("pk"))
    in_year = _seen_in(year).filter(outlet=OuterRef("pk"))
    ahead = own.filter(seen_on=None, visit__state__in=OPEN_IN_FIELD, visit__visit_day__year=year)
    outlets: QuerySet[Any] = Outlet.objects.filter(bank=bank)
    return outlets.annotate(
        seen_in_year=_day(in_year, Max("seen_on")),
        seen_last=_day(own.exclude(visit__state=VisitState.CANCELLED), Max("seen_on")),
        planned_for=_day(ahead, Min("visit__visit_day")),
    ).order_by(Coalesce("seen_in_year", Value(dt.date(1900, 1, 1))), "name_order", "pk")


def visits_in(bank: Bank, year: int) -> QuerySet[InspectionVisit]:
    """Return the inspections of a bank in a year, latest first."""
    return _of_year(year).filter(bank=bank).select_related("led_by", "accompanied_by")


def _of_year(year: int) -> QuerySet[InspectionVisit]:
    found: QuerySet[InspectionVisit] = InspectionVisit.objects.filter(visit_day__year=year)
    return found.exclude(state=VisitState.CANCELLED)


def _seen_in(year: int) -> QuerySet[VisitedOutlet]:
    return VisitedOutlet.objects.filter(seen_on__year=year).exclude(visit__state=VisitState.CANCELLED)


def _count(
    rows: QuerySet[InspectionVisit] | QuerySet[VisitedOutlet] | QuerySet[Outlet], by: str, what: str = "pk"
) -> Coalesce:
    """Return the number of different rows as a subquery."""
    counted = rows.order_by().values(by).annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _day(rows: QuerySet[VisitedOutlet], day: Max | Min) -> Subquery:
    """Return a day of the rows of an outlet as a subquery."""
    return Subquery(rows.order_by().values("outlet").annotate(day=day).values("day"))
