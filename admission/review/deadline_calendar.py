"""The time limit of an application as a calendar: which days count, which do not, and why."""

import calendar as months
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR

from admission.applications.models import Application
from admission.applications.states import SupplementStage
from admission.review.models import Extension
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import current_calendar, working_days_between
from zsbank.base.calendar.holidays import WorkingCalendar


class DayKind(StrEnum):
    """How a day relates to the time limit."""

    OUTSIDE = "outside"
    BEGINS = "begins"
    COUNTED = "counted"
    REST = "rest"
    SUSPENDED = "suspended"


@dataclass(frozen=True)
class Day:
    """One day: its kind, its number if counted, and whether it is the due date or today."""

    day: dt.date
    kind: DayKind
    number: int | None = None
    due: bool = False
    today: bool = False


@dataclass(frozen=True)
class Month:
    """A month in weeks from Monday; days of other months are None."""

    first: dt.date
    weeks: tuple[tuple[Day | None, ...], ...]


@dataclass(frozen=True)
class Suspension:
    """A suspension from the day after `asked` to `until`, both included; `days` are working days."""

    asked: dt.date
    until: dt.date
    days: int


def suspensions(application: Application) -> list[Suspension]:
    """Return the suspensions of the review, earliest first; an open supplement counts until today."""
    found = []
    for request in application.supplement_requests.filter(stage=SupplementStage.REVIEW).order_by("pk"):
        asked, until = clock.local_day(request.asked_at), request.closed_on or clock.today()
        found.append(Suspension(asked, until, working_days_between(asked, until)))
    return found


def months_of(application: Application) -> list[Month]:
    """Return the months from the start of the present count to the due date; empty for a draft."""
    days = {day.day: day for day in _days(application)}
    if not days:
        return []
    firsts = sorted({day.replace(day=1) for day in days})
    weeks = months.Calendar()
    return [
        Month(
            first,
            tuple(
                tuple(
                    days.get(day, Day(day, DayKind.OUTSIDE)) if day.month == first.month else None
                    for day in week
                )
                for week in weeks.monthdatescalendar(first.year, first.month)
            ),
        )
        for first in firsts
    ]


def _days(application: Application) -> Iterator[Day]:
    start, due = _count_of(application)
    if start is None or due is None:
        return
    suspended = suspensions(application) if application.accepted_on else []
    calendar = current_calendar()
    number = 0
    for offset in range((due - start).days + 1):
        day = start + dt.timedelta(days=offset)
        kind = DayKind.BEGINS if offset == 0 else _kind(day, suspended, calendar)
        number += kind is DayKind.COUNTED
        shown = number if kind is DayKind.COUNTED else None
        yield Day(day, kind, shown, due=day == due, today=day == clock.today())


def _count_of(application: Application) -> tuple[dt.date | None, dt.date | None]:
    """Return start and due date of the present count."""
    if application.accepted_on is not None:
        return application.accepted_on, application.decide_by
    if application.accept_period is not None:
        return dt.date.fromisoformat(application.accept_period["start"]), application.accept_by
    return None, None


def _kind(day: dt.date, suspended: list[Suspension], calendar: WorkingCalendar) -> DayKind:
    if not calendar.is_working_day(day):
        return DayKind.REST
    is_suspended = any(suspension.asked < day <= suspension.until for suspension in suspended)
    return DayKind.SUSPENDED if is_suspended else DayKind.COUNTED


def time_limit_context(application: Application) -> dict[str, Any]:
    """Return the template context of the time limit page."""
    accepted = application.accepted_on is not None
    return {
        "application": application,
        "months": months_of(application),
        "suspensions": suspensions(application) if accepted else [],
        "extension": Extension.objects.filter(application=application).first(),
        "due": application.decide_by if accepted else application.accept_by,
        "period": application.decide_period if accepted else application.accept_period,
        "days": application.edition.decision_days if accepted else application.edition.acceptance_days,
        "weekdays": [str(name).removeprefix("星期") for name in WEEKDAYS_ABBR.values()],
    }
