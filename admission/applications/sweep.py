"""Sweep steps of applications: overdue supplements, and the journal entry of what was autosaved."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F

from admission.applications.actions.answers import record_typed
from admission.applications.actions.supplements import end_supplement
from admission.applications.models import Answer, SupplementRequest
from admission.applications.states import ApplicationState
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar import clock
from zsbank.base.calendar.sweeping import Step
from zsbank.base.cases.dates import is_final

LEFT_FOR, A_ROUND = dt.timedelta(hours=1), 1000


def _not_supplemented(on: dt.date) -> Iterable[int]:
    over = SupplementRequest.objects.filter(
        closed_on=None, due_date__lt=on, application__state=ApplicationState.SUPPLEMENTING
    )
    return over.filter(is_final("due_period")).order_by("pk").values_list("pk", flat=True)


def _typed_and_left(on: dt.date) -> Iterable[int]:
    """Return the autosaved answers without journal entry that nobody has changed for an hour."""
    left = Answer.objects.exclude(version=F("recorded_version")).filter(saved_at__lt=clock.now() - LEFT_FOR)
    return left.order_by("pk").values_list("pk", flat=True)[:A_ROUND]


STEPS: tuple[Step, ...] = (
    Step("record_typed", _typed_and_left, record_typed),
    Step("end_supplement", _not_supplemented, by_clock(end_supplement, SupplementRequest), by_date=True),
)
