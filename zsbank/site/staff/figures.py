"""Figures of the desk's home, each linked to its list, and upcoming due dates."""

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
    """A number, its label, and the URL of its list."""

    count: int
    label: str | Promise
    address: str


def banks_by_standing() -> list[Figure]:
    """Return the number of banks in each standing."""
    counted = dict(Bank.objects.order_by().values_list("standing").annotate(Count("pk")))
    base = reverse("admin:banks_bank_changelist")
    return [
        Figure(counted.get(standing.value, 0), standing.label, f"{base}?standing__exact={standing.value}")
        for standing in Standing
    ]


def days_ahead() -> list[WorkItem]:
    """Return due dates of the next 90 calendar days and overdue ones, whoever has to act."""
    until = clock.today() + AHEAD
    found = [item for case in cases() for item in case.ahead(until)]
    near = [item for item in found if item.due and item.due <= until]
    return sorted(near, key=lambda item: item.due or dt.date.max)
