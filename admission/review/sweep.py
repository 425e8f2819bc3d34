"""Sweep steps of the review: acceptance by lapse of time, and the entries of what was typed and left."""

import datetime as dt
from collections.abc import Iterable

from admission.applications.models import Application
from admission.applications.states import ApplicationState
from admission.applications.sweep import A_ROUND, LEFT_FOR
from admission.review.actions.acceptance import accept_application
from admission.review.actions.kept import record_typed_finding, record_typed_remark
from admission.review.models import Finding, Remark
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar import clock
from zsbank.base.calendar.sweeping import Step
from zsbank.base.cases.dates import is_final


def _unanswered(on: dt.date) -> Iterable[int]:
    due = Application.objects.filter(state=ApplicationState.SUBMITTED, accept_by__lt=on)
    due = due.filter(is_final("accept_period"))
    return due.order_by("pk").values_list("pk", flat=True)


def _findings_left(on: dt.date) -> Iterable[int]:
    """Return the findings without journal entry that nobody has changed for an hour."""
    left = Finding.objects.filter(recorded=False, at__lt=clock.now() - LEFT_FOR)
    return left.order_by("pk").values_list("pk", flat=True)[:A_ROUND]


def _remarks_left(on: dt.date) -> Iterable[int]:
    """Return the remarks without journal entry that nobody has changed for an hour."""
    left = Remark.objects.filter(recorded=False, at__lt=clock.now() - LEFT_FOR)
    return left.order_by("pk").values_list("pk", flat=True)[:A_ROUND]


STEPS: tuple[Step, ...] = (
    Step("record_typed_finding", _findings_left, record_typed_finding),
    Step("record_typed_remark", _remarks_left, record_typed_remark),
    Step("accept_application", _unanswered, by_clock(accept_application, Application), by_date=True),
)
