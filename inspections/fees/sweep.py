"""Sweep steps of fee notices: those that became overdue, and reminders."""

import datetime as dt
from collections.abc import Iterable

from inspections.fees.actions.messages import REMINDER
from inspections.fees.actions.notices import record_fee_overdue
from inspections.fees.models import FeeNotice
from inspections.fees.queries import overdue
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar.sweeping import Step


def _overdue(on: dt.date) -> Iterable[int]:
    return overdue(on).values_list("pk", flat=True)


STEPS: tuple[Step, ...] = (
    Step("record_fee_overdue", _overdue, by_clock(record_fee_overdue, FeeNotice), by_date=True),
    REMINDER.step,
)
