"""Reading rectification orders: by state, overdue, binding."""

import datetime as dt

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from banks.register.models import Bank, Qualification
from inspections.determinations.models import Determination
from inspections.determinations.rules import day_of, edition_of, rectification_period
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import BINDING, NOT_CLOSED, OrderState
from inspections.rectification.terms import OrderGround
from zsbank.base.calendar import clock
from zsbank.base.cases.dates import is_final
from zsbank.base.cases.search import YearNumber


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
        words = _("The annual assessment was 不合格 in years in a row: %(years)s.")
        return words % {"years": ", ".join(map(str, order.years))}
    criteria = sorted(determination.criteria.all(), key=lambda criterion: criterion.number)
    parts = [
        _("%(kind)s: %(facts)s") % {"kind": determination.get_kind_display(), "facts": determination.facts}
    ]
    parts += [_("Criterion %(n)s: %(title)s") % {"n": one.number, "title": one.title} for one in criteria]
    return "\n".join(parts)


def overdue(on: dt.date) -> QuerySet[RectificationOrder]:
    """Return orders awaiting a report whose due date was before a day (local date), apart from those of a person.

    A person judges provisional dates, and those that had passed when the order was taken over.
    """
    by_clock = Q(paper__isnull=True) | Q(paper__taken_over_on__lte=F("due_date"))
    return _passed(on).filter(by_clock, is_final("period")).order_by("pk")


def to_be_confirmed_as_lapsed() -> QuerySet[RectificationOrder]:
    """Return orders whose due date has passed without a report and that a person judges, most urgent first."""
    found = _passed(clock.today())
    found = found.filter(Q(period__provisional=True) | Q(paper__taken_over_on__gt=F("due_date")))
    return found.select_related("bank", "paper").order_by("due_date", "pk")


def _passed(on: dt.date) -> QuerySet[RectificationOrder]:
    return RectificationOrder.objects.filter(state=OrderState.OPEN, due_date__lt=on)


def binding(qualification: Qualification) -> QuerySet[RectificationOrder]:
    """Return the orders that keep a bank under rectification: open ones, and lapsed ones until the exit is signed."""
    return RectificationOrder.objects.filter(qualification=qualification, state__in=BINDING)


def order_after(determination: Determination) -> RectificationOrder:
    """Return the order that follows from a determination, not saved; of a proposal, as if it were made today.

    Its due date is counted from the day of determination.

    Raises:
        Refused: the qualification is a takeover and no edition is in force.
    """
    day = day_of(determination)
    period = rectification_period(edition_of(determination.qualification), day)
    return RectificationOrder(
        bank=determination.bank,
        qualification=determination.qualification,
        ground=OrderGround.DETERMINATION,
        determination=determination,
        start_date=day,
        raw_due_date=period.raw_last_day,
        due_date=period.last_day,
        limit_day=period.raw_last_day,
        period=period.to_json(),
        provisional=period.provisional,
    )


def numbered(number: YearNumber) -> Q:
    """Return the orders whose letter has a year and number; with a mark, only those of the mark."""
    found = Q(letter__year=number.year, letter__number=number.number)
    return found & Q(letter__mark__iendswith=number.mark) if number.mark else found
