"""Actions on the orders after failing years: each run of failing years has one, whatever the order of the results."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks.register import actions as banks
from banks.register.models import Qualification
from inspections.assessments.queries import settled_on
from inspections.assessments.rules import (
    is_order_due,
    is_to_be_renamed,
    is_to_be_withdrawn,
    names_failing_years,
    plan,
    runs_due,
)
from inspections.assessments.terms import GROUNDLESS, JOINED
from inspections.rectification.actions.messages import notify_of_failing_years
from inspections.rectification.actions.orders import close_as_withdrawn, put_into_effect, settle_standing
from inspections.rectification.models import RectificationOrder
from inspections.rectification.rules import rest_day_warning
from inspections.rectification.states import OrderState
from inspections.rectification.terms import OrderGround
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import set_by_person
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, Refused

WHY_WITHDRAWN = {
    GROUNDLESS: gettext_lazy("A result of the annual assessment was changed on review."),
    JOINED: gettext_lazy("Its years belong to the same unbroken run as those of another order."),
}
"""How the bank is told why an order is withdrawn, by the official reason."""


@action(Verb.OPEN_ORDER, on="qualification", rule=is_order_due, by_clock=True)
def open_orders_after_failing_years(
    *, qualification: Qualification, by: User | None = None
) -> list[RectificationOrder]:
    """Open an order for each run of failing years without one; a person sets its due date (exit （二）3).

    For years whose results were taken over, an assessor does it, with effect from today; for others the sweep.

    Raises:
        WrongState: no order is due, or the qualification has ended.
    """
    return [_open_order(qualification, years, by) for years in runs_due(by, qualification)]


def _open_order(qualification: Qualification, years: range, by: User | None) -> RectificationOrder:
    day = clock.today() if by else settled_on(qualification, years)
    order: RectificationOrder = RectificationOrder.objects.create(
        bank=qualification.bank,
        qualification=qualification,
        ground=OrderGround.ASSESSMENT,
        first_year=years[0],
        assessed_year=years[-1],
        start_date=day,
    )
    record(subject=order, effective_on=day, data={"first_year": years[0], "assessed_year": years[-1]})
    banks.put_under_rectification(bank=order.bank, by=by, reason=str(order), on=day)
    notify_of_failing_years(order)
    return order


@action(
    Verb.RENAME_ORDER,
    on="order",
    states=frozenset({OrderState.AWAITING_DEADLINE}),
    rule=is_to_be_renamed,
    by_clock=True,
)
def rename_order(*, order: RectificationOrder, by: User | None = None) -> RectificationOrder:
    """Write the failing years into an order without due date, after results were entered late or changed on review.

    Raises:
        WrongState: it names them already, or its letter is signed.
    """
    years = plan(order.qualification).rename[order.pk]
    order.first_year, order.assessed_year = years[0], years[-1]
    order.save(update_fields=["first_year", "assessed_year"])
    day = settled_on(order.qualification, years)
    record(effective_on=day, data={"first_year": years[0], "assessed_year": years[-1]})
    return order


@action(
    Verb.SET_RECTIFICATION_DEADLINE,
    on="order",
    moves=RectificationOrder.set_deadline,
    rule=names_failing_years,
)
def set_rectification_deadline(
    *, order: RectificationOrder, by: User, due: dt.date, move: bool = False
) -> RectificationOrder:
    """Set the due date of an order after failing years, and put it into effect (exit （二）3).

    Args:
        due: last day to rectify (local date, until 24:00); afterwards only the confirmed holidays of a year move it.
        move: whether a rest day moves to the next working day; otherwise another day has to be chosen.

    Raises:
        NotAllowed: the role.
        WrongState: the due date is set already, or results behind the order have changed.
        Refused: the day is not after today.
        Incomplete: the day is a rest day, and nobody said that it moves (code "rest_day").
    """
    if due <= clock.today():
        raise Refused(_("The due date must be after today."))
    period = set_by_person(due)
    if period.last_day != due and not move:
        raise Incomplete(rest_day_warning(period), "rest_day")
    order.raw_due_date, order.due_date = due, period.last_day
    order.period, order.provisional = period.to_json(), period.provisional
    return put_into_effect(order, by)


@action(
    Verb.WITHDRAW_ORDER,
    on="order",
    moves=RectificationOrder.withdraw,
    rule=is_to_be_withdrawn,
    by_clock=True,
)
def withdraw_groundless_order(*, order: RectificationOrder, by: User | None = None) -> RectificationOrder:
    """Withdraw an order, even a lapsed one, whose years no longer fail or belong to the run of another order.

    It takes effect on the day of the review, and the bank is told.

    Raises:
        WrongState: its years still fail, or it is closed already.
    """
    day = settled_on(order.qualification, order.years)
    reason = plan(order.qualification).withdraw[order.pk]
    close_as_withdrawn(order, reason, why=WHY_WITHDRAWN[reason], on=day)
    settle_standing(order, by, on=day)
    return order
