"""The dates of an order, calculated anew when the holidays of a year are confirmed."""

from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import NOT_CLOSED, OrderState
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.calendar.current import again
from zsbank.base.cases.dates import store_anew
from zsbank.base.permissions import Verb
from zsbank.base.refusals import WrongState


@action(Verb.RECALCULATE_DUE, on="order", states=NOT_CLOSED, inner=True)
def recalculate_order(*, order: RectificationOrder, by: User | None) -> RectificationOrder:
    """Store the due date of an order as the confirmed holidays give it.

    Raises:
        WrongState: the order is closed or has no due date yet, or the date stays.
    """
    if order.period is None:
        raise WrongState.moved_on()
    anew = again(order.period)
    order.provisional = anew.provisional
    store_anew(order, "due_date", "period", anew)
    order.save(update_fields=["due_date", "period", "provisional"])
    return order


@action(Verb.RECALCULATE_DUE, on="order", states=frozenset({OrderState.REPORTED}), inner=True)
def recalculate_verification(*, order: RectificationOrder, by: User | None) -> RectificationOrder:
    """Store the day by which a report is to be verified as the confirmed holidays give it.

    Raises:
        WrongState: no report is to be verified, or the date stays.
    """
    anew = again(order.verify_period) if order.verify_period else None
    store_anew(order, "verify_by", "verify_period", anew)
    order.save(update_fields=["verify_by", "verify_period"])
    return order
