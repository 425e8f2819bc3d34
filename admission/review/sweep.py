"""Sweep step of the review: acceptance by lapse of time."""

import datetime as dt
from collections.abc import Iterable

from admission.applications.models import Application
from admission.applications.states import ApplicationState
from admission.review.actions.acceptance import accept_application
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar.sweeping import Step


def _unanswered(on: dt.date) -> Iterable[int]:
    due = Application.objects.filter(state=ApplicationState.SUBMITTED, accept_by__lt=on)
    return due.order_by("pk").values_list("pk", flat=True)


STEPS: tuple[Step, ...] = (
    Step("accept_application", _unanswered, by_clock(accept_application, Application), by_date=True),
)
