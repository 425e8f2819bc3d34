"""Sweep steps of complaints: those that became overdue, reminders, and lists of hotlines that nobody took in."""

import datetime as dt
from collections.abc import Iterable

from inspections.complaints.actions.complaints import record_complaint_overdue
from inspections.complaints.actions.imports import discard_complaints
from inspections.complaints.actions.messages import REMINDER
from inspections.complaints.models import Complaint, ComplaintImport
from inspections.complaints.queries import forgotten, overdue
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar.sweeping import Step


def _overdue(on: dt.date) -> Iterable[int]:
    return overdue(on).values_list("pk", flat=True)


def _forgotten(on: dt.date) -> Iterable[int]:
    return forgotten().values_list("pk", flat=True)


STEPS: tuple[Step, ...] = (
    Step("record_complaint_overdue", _overdue, by_clock(record_complaint_overdue, Complaint), by_date=True),
    REMINDER.step,
)
IMPORT_STEPS: tuple[Step, ...] = (
    Step("discard_complaints", _forgotten, by_clock(discard_complaints, ComplaintImport)),
)
