"""Figures of the home page, each of which opens the list behind it, and the days ahead."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise

from banks.register.models import Bank
from banks.register.states import Standing
from zsbank.base.calendar import clock
from zsbank.base.cases.registry import cases
from zsbank.base.cases.work import WorkItem

AHEAD = dt.timedelta(days=90)


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and the list it opens."""

    count: int
    label: str | Promise
    address: str


def banks_by_standing() -> list[Figure]:
    """How many banks stand where."""
    counted = dict(Bank.objects.order_by().values_list("standing").annotate(Count("pk")))
    base = reverse("admin:banks_bank_changelist")
    return [
        Figure(counted.get(standing.value, 0), standing.label, f"{base}?standing__exact={standing.value}")
        for standing in Standing
    ]


def days_ahead() -> list[WorkItem]:
    """What falls due within 90 days or is overdue, whoever has to do it."""
    until = clock.today() + AHEAD
    found = [item for case in cases() for item in case.ahead(until)]
    near = [item for item in found if item.due and item.due <= until]
    return sorted(near, key=lambda item: item.due or dt.date.max)
