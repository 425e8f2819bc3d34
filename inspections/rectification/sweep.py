"""What falls due for rectification orders: they lapse, banks are reminded."""

import datetime as dt
from collections.abc import Iterable

from inspections.rectification.actions.orders import lapse, remind
from inspections.rectification.models import RectificationOrder
from inspections.rectification.queries import overdue
from inspections.rectification.states import OrderState
from inspections.rectification.terms import REMINDER_DAYS
from zsbank.base.calendar.sweeping import Step


def _overdue(on: dt.date) -> Iterable[int]:
    return overdue(on).values_list("pk", flat=True)


def _near(on: dt.date) -> Iterable[int]:
    horizon = on + dt.timedelta(days=max(REMINDER_DAYS))
    near = RectificationOrder.objects.filter(state=OrderState.OPEN, due_date__gte=on, due_date__lte=horizon)
    return near.order_by("pk").values_list("pk", flat=True)


STEPS: tuple[Step, ...] = (
    Step("lapse", _overdue, lapse),
    Step("remind", _near, remind),
)
