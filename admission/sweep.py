"""What falls due in admission: an application not answered in time counts as accepted; a supplement's time is over."""

import datetime as dt
from collections.abc import Iterable

from admission import actions, supplements
from admission.models import Application, SupplementRequest
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


def _not_supplemented(on: dt.date) -> Iterable[int]:
    over = SupplementRequest.objects.filter(
        closed_on=None, due_date__lt=on, application__state=ApplicationState.SUPPLEMENTING
    )
    return over.order_by("pk").values_list("pk", flat=True)


STEPS: tuple[Step, ...] = (
    Step("end_supplement", _not_supplemented, supplements.end_supplement),
    Step("accept_application", _unanswered, _accept),
)
