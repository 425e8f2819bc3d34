"""Figures of the home page, each of which opens the list behind it, and the days ahead."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from admission.applications.queries import with_bureau
from banks.register.models import Bank
from banks.register.states import Standing
from inspections.rectification.queries import open_orders
from zsbank.base.calendar import clock
from zsbank.site.staff.items import Item

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


def days_ahead() -> list[Item]:
    """What falls due within 90 days or is overdue, whoever has to do it."""
    until = clock.today() + AHEAD
    found = [
        Item(
            _("Decision due") if row.decide_by else _("Acceptance due"),
            row.case_number,
            str(row.bank),
            reverse("admin:admission_application_change", args=[row.pk]),
            row.decide_by or row.accept_by,
        )
        for row in with_bureau()
    ]
    found += [
        Item(
            _("Rectification due"),
            str(row.bank),
            row.get_ground_display(),
            reverse("admin:inspections_rectificationorder_change", args=[row.pk]),
            row.due_date,
        )
        for row in open_orders()
    ]
    near = [item for item in found if item.due and item.due <= until]
    return sorted(near, key=lambda item: item.due or dt.date.max)
