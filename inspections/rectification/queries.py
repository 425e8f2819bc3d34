"""Reading rectification orders: by state, overdue, binding."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from banks.register.models import Bank, Qualification
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


def open_orders_of(bank: Bank) -> QuerySet[RectificationOrder]:
    """Return the bank's open orders with their grounds, most urgent first."""
    rows = open_orders().filter(bank=bank).select_related("bank", "determination", "letter")
    return rows.prefetch_related("determination__criteria")


def ground_in_words(order: RectificationOrder) -> str:
    """Return why the order was made: what was found against which criteria, or which years failed."""
    determination = order.determination
    if determination is None:
        second = order.assessed_year or 0
        words = _("The annual assessment was 不合格 in two years in a row, %(first)s and %(second)s.")
        return words % {"first": second - 1, "second": second}
    criteria = sorted(determination.criteria.all(), key=lambda criterion: criterion.number)
    parts = [
        _("%(kind)s: %(facts)s") % {"kind": determination.get_kind_display(), "facts": determination.facts}
    ]
    parts += [_("Criterion %(n)s: %(title)s") % {"n": one.number, "title": one.title} for one in criteria]
    return "\n".join(parts)


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
