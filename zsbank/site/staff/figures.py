"""Figures of the desk's home, each linked to its list, and upcoming due dates."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.admin.utils import label_for_field
from django.db.models import Count, Model
from django.urls import reverse
from django.utils.functional import Promise

from banks.register.models import Bank
from banks.register.states import Standing
from zsbank.base.actions.rows import state_of
from zsbank.base.calendar import clock
from zsbank.base.cases.case import Case
from zsbank.base.cases.registry import cases
from zsbank.base.cases.turns import Tone
from zsbank.base.cases.urls import case_page
from zsbank.base.cases.work import WorkItem

AHEAD = dt.timedelta(days=90)
AT_ONCE = 50


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
    """Return the running due dates of the next 90 calendar days and overdue ones, whoever has to act.

    At most `AT_ONCE` of each kind are returned, the most urgent ones.
    """
    until = clock.today() + AHEAD
    found = [item for case in cases() for item in (*_declared(case, until), *case.ahead(until))]
    near = [item for item in found if item.due and item.due <= until]
    return sorted(near, key=lambda item: item.due or dt.date.max)


def _declared(case: Case, until: dt.date) -> Iterator[WorkItem]:
    """Yield the running due dates of a kind of case."""
    related = case.desk.list_select_related or () if case.desk else ()
    for due in (one for one in case.due if one.listed):
        for row in due.rows(case.model, until, clock.today()).select_related(*related)[:AT_ONCE]:
            label = due.label or str(label_for_field(due.day, case.model))
            bank = str(getattr(row, "bank", ""))
            name, about = (str(row), bank) if bank not in str(row) else (str(row), "")
            yield WorkItem(
                label, name, about, case_page(row), getattr(row, due.day), theirs=_is_banks(case, row)
            )


def _is_banks(case: Case, row: Model) -> bool:
    """Return whether the bank has to act: by its state, or because it may use a right until the day."""
    shown = case.states.get(state_of(row))
    return shown.turn.bank == Tone.YOU if shown else not case.states
