"""Reading rectification orders: by state, overdue, binding."""

import datetime as dt

from django.db.models import QuerySet

from banks.register.models import Qualification
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import BINDING, NOT_CLOSED, OrderState
from inspections.rectification.terms import REMINDER_DAYS


def in_state(state: OrderState) -> QuerySet[RectificationOrder]:
    """Return the orders in a state, most urgent first."""
    found: QuerySet[RectificationOrder] = RectificationOrder.objects.filter(state=state)
    return found.select_related("bank").order_by("due_date", "pk")


def open_orders() -> QuerySet[RectificationOrder]:
    """Return the open orders, most urgent first."""
    found: QuerySet[RectificationOrder] = RectificationOrder.objects.filter(state__in=NOT_CLOSED)
    return found.select_related("bank").order_by("due_date", "pk")


def overdue(on: dt.date) -> QuerySet[RectificationOrder]:
    """Return orders awaiting a report whose due date was before a day (local date)."""
    return RectificationOrder.objects.filter(state=OrderState.OPEN, due_date__lt=on).order_by("pk")


def near(on: dt.date) -> QuerySet[RectificationOrder]:
    """Return orders about which a bank may need a reminder on a day (local date)."""
    horizon = on + dt.timedelta(days=max(REMINDER_DAYS))
    found = RectificationOrder.objects.filter(state=OrderState.OPEN, due_date__gte=on, due_date__lte=horizon)
    return found.order_by("pk")


def binding(qualification: Qualification) -> QuerySet[RectificationOrder]:
    """Return the orders that keep a bank under rectification: open ones, and lapsed ones until the exit is signed."""
    return RectificationOrder.objects.filter(qualification=qualification, state__in=BINDING)
