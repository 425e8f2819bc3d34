"""Sweep steps of rectification orders: lapses and reminders."""

import datetime as dt
from collections.abc import Iterable

from inspections.rectification.actions.messages import REMINDER
from inspections.rectification.actions.orders import lapse
from inspections.rectification.models import RectificationOrder
from inspections.rectification.queries import overdue
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar.sweeping import Step


def _overdue(on: dt.date) -> Iterable[int]:
    return overdue(on).values_list("pk", flat=True)


STEPS: tuple[Step, ...] = (
    Step("lapse", _overdue, by_clock(lapse, RectificationOrder), by_date=True),
    REMINDER.step,
)
