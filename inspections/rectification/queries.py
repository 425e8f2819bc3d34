"""The read side of rectification: open, overdue and binding orders."""

import datetime as dt

from django.db.models import QuerySet

from banks.register.models import Bank, Qualification
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import BINDING, STANDING_OPEN, OrderState


def orders_of(bank: Bank) -> QuerySet[RectificationOrder]:
    """A bank's orders, newest first, with what a page shows of them."""
    return (
        RectificationOrder.objects.filter(bank=bank)
        .select_related("bank", "determination", "letter")
        .prefetch_related("determination__criteria", "reports__files", "reports__submitted_by")
    )


def open_orders() -> QuerySet[RectificationOrder]:
    """The orders that are not closed, the most urgent first."""
    return (
        RectificationOrder.objects.filter(state__in=STANDING_OPEN)
        .select_related("bank")
        .order_by("due_date", "pk")
    )


def overdue(on: dt.date) -> QuerySet[RectificationOrder]:
    """Open orders whose due date has passed."""
    return RectificationOrder.objects.filter(state=OrderState.OPEN, due_date__lt=on).order_by("pk")


def binding(qualification: Qualification) -> QuerySet[RectificationOrder]:
    """The orders that keep a bank under rectification: open ones, and lapsed ones until the exit is signed."""
    return RectificationOrder.objects.filter(qualification=qualification, state__in=BINDING)
