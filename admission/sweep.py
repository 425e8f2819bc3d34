"""What falls due in admission: an application not answered within the days to accept counts as accepted."""

import datetime as dt
from collections.abc import Iterable

from admission import actions
from admission.models import Application
from admission.states import ApplicationState
from zsbank.calendar.sweeping import Step
from zsbank.refusals import WrongState


def _unanswered(on: dt.date) -> Iterable[int]:
    due = Application.objects.filter(state=ApplicationState.SUBMITTED, accept_by__lt=on)
    return due.order_by("pk").values_list("pk", flat=True)


def _accept(application_id: int) -> bool:
    try:
        actions.accept_application(application=Application.objects.get(pk=application_id), by=None)
    except WrongState:
        return False
    return True


STEPS: tuple[Step, ...] = (Step("accept_application", _unanswered, _accept),)
