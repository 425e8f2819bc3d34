"""Sweep step of applications: overdue supplements."""

import datetime as dt
from collections.abc import Iterable

from admission.applications.actions.supplements import end_supplement
from admission.applications.models import SupplementRequest
from admission.applications.states import ApplicationState
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar.sweeping import Step


def _not_supplemented(on: dt.date) -> Iterable[int]:
    over = SupplementRequest.objects.filter(
        closed_on=None, due_date__lt=on, application__state=ApplicationState.SUPPLEMENTING
    )
    return over.order_by("pk").values_list("pk", flat=True)


STEPS: tuple[Step, ...] = (
    Step("end_supplement", _not_supplemented, by_clock(end_supplement, SupplementRequest), by_date=True),
)
