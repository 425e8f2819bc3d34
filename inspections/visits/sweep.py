"""Sweep steps of inspections: corrections that became overdue, and reminders."""

import datetime as dt
from collections.abc import Iterable

from inspections.visits.actions.following import record_correction_overdue
from inspections.visits.actions.messages import REMINDERS
from inspections.visits.models import InspectionVisit
from inspections.visits.queries import overdue
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar.sweeping import Step


def _overdue(on: dt.date) -> Iterable[int]:
    return overdue(on).values_list("pk", flat=True)


STEPS: tuple[Step, ...] = (
    Step(
        "record_correction_overdue",
        _overdue,
        by_clock(record_correction_overdue, InspectionVisit),
        by_date=True,
    ),
    *(reminder.step for reminder in REMINDERS),
)
