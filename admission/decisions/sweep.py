"""Sweep step of decisions: void recommendations."""

import datetime as dt
from collections.abc import Iterable

from admission.applications.models import Application
from admission.applications.states import ApplicationState
from admission.decisions.actions.decisions import void_recommendation
from admission.decisions.basis import changed_since
from admission.decisions.models import Recommendation
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar.sweeping import Step


def _void(on: dt.date) -> Iterable[int]:
    current = Recommendation.objects.filter(
        sent_back_at=None, application__state=ApplicationState.RECOMMENDED
    ).select_related("application")
    return [row.application_id for row in current.order_by("pk") if changed_since(row)]


STEPS: tuple[Step, ...] = (Step("void_recommendation", _void, by_clock(void_recommendation, Application)),)
