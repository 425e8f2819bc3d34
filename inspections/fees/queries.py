"""Reading fee notices: late ones, those to be confirmed, yearly figures."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from banks.register.models import Bank
from inspections.fees.models import FeeNotice, in_yuan
from inspections.fees.states import UNSETTLED, FeeState
from zsbank.base.calendar import clock

NOTHING = Value(Decimal("0.00"), output_field=DecimalField(max_digits=14, decimal_places=2))
YEARS_SHOWN = 20


def notices() -> QuerySet[FeeNotice]:
    """Return all notices with related rows, newest first."""
    found: QuerySet[FeeNotice] = FeeNotice.objects.select_related("bank", "document", "entered_by")
    return found


def is_late(on: dt.date) -> Q:
    """Return the condition that a notice was paid late, or is not paid and its due date was before a day."""
    unpaid = Q(paid_on__isnull=True, due_date__lt=on)
    return ~Q(state=FeeState.WITHDRAWN) & (Q(paid_on__gt=F("due_date")) | unpaid)


def late_notices(bank: Bank, first: dt.date, last: dt.date) -> QuerySet[FeeNotice]:
    """Return the late notices of a bank that were due in a period, earliest first: evidence of how it met its duty.

    A payment that the bank stated counts by the stated day until the bureau confirms it or sends it back.

    Args:
        first, last: the days of the period (local dates), both included.
    """
    due = notices().filter(bank=bank, due_date__range=(first, last))
    return due.filter(is_late(clock.today())).order_by("due_date", "pk")


def overdue(on: dt.date) -> QuerySet[FeeNotice]:
    """Return the unpaid notices whose due date was before a day (local date) and of which nobody was told."""
    rows = FeeNotice.objects.filter(state=FeeState.OPEN, due_date__lt=on, overdue_recorded_on=None)
    return rows.order_by("pk")


def to_be_confirmed() -> QuerySet[FeeNotice]:
    """Return the notices of which a bank stated the payment, earliest due first."""
    rows = notices().filter(state=FeeState.STATED).prefetch_related("payments")
    return rows.order_by("due_date", "pk")


def unsettled_of(bank: Bank) -> QuerySet[FeeNotice]:
    """Return the notices of a bank that are not settled, most urgent first."""
    rows = notices().filter(bank=bank, state__in=UNSETTLED).prefetch_related("payments")
    return rows.order_by("due_date", "pk")


def years() -> list[int]:
    """Return the years that have notices, the latest first."""
    found = FeeNotice.objects.order_by("-year").values_list("year", flat=True).distinct()
    return list(found[:YEARS_SHOWN])


def figures_of_year(year: int) -> QuerySet[Any, Any]:
    """Return the figures of each bank in a year, by the bank's name."""
    rows: QuerySet[Any, Any] = _counted().filter(year=year).values("bank", "bank__name")
    return rows.annotate(**_figures()).order_by("bank__name", "bank")


def figures_of_bank(bank: Bank) -> Iterable[dict[str, Any]]:
    """Return the figures of a bank in each year, the latest first, as they are read."""
    rows: QuerySet[Any, Any] = _counted().filter(bank=bank).values("year")
    return map(as_read, rows.annotate(**_figures()).order_by("-year")[:YEARS_SHOWN])


def sums_of_year(year: int) -> dict[str, Any]:
    """Return the figures of all banks together in a year, as they are read."""
    return as_read(_counted().filter(year=year).aggregate(**_figures()))


def as_read(figures: dict[str, Any]) -> dict[str, Any]:
    """Return figures with amounts as texts."""
    return {name: in_yuan(value) if isinstance(value, Decimal) else value for name, value in figures.items()}


def _counted() -> QuerySet[FeeNotice]:
    return FeeNotice.objects.exclude(state=FeeState.WITHDRAWN)


def _figures() -> dict[str, Any]:
    """Return notices, yuan due, yuan paid, notices late, and yuan not settled."""
    settled, unsettled = Q(state=FeeState.PAID), Q(state__in=UNSETTLED)
    return {
        "count": Count("pk"),
        "due": Coalesce(Sum("amount"), NOTHING),
        "paid": Coalesce(Sum("amount", filter=settled), NOTHING),
        "late": Count("pk", filter=is_late(clock.today())),
        "unpaid": Coalesce(Sum("amount", filter=unsettled), NOTHING),
    }
