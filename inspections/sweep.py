"""What falls due in supervision: orders lapse, assessments are judged, banks are reminded."""

import datetime as dt
from collections.abc import Iterable

from inspections import actions
from inspections.models import RectificationOrder
from inspections.queries import overdue, to_be_judged
from inspections.states import OrderState
from inspections.terms import REMINDER_DAYS
from zsbank.base.calendar.sweeping import Step


def _overdue(on: dt.date) -> Iterable[int]:
    return overdue(on).values_list("pk", flat=True)


def _to_be_judged(on: dt.date) -> Iterable[int]:
    return to_be_judged()


def _near(on: dt.date) -> Iterable[int]:
    horizon = on + dt.timedelta(days=max(REMINDER_DAYS))
    near = RectificationOrder.objects.filter(state=OrderState.OPEN, due_date__gte=on, due_date__lte=horizon)
    return near.order_by("pk").values_list("pk", flat=True)


STEPS: tuple[Step, ...] = (
    Step("lapse", _overdue, actions.lapse),
    Step("judge", _to_be_judged, actions.judge),
    Step("remind", _near, actions.remind),
)
