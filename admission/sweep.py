"""What falls due in admission: acceptance by silence, the end of a supplement's time, void recommendations."""

import datetime as dt
from collections.abc import Iterable

from admission import actions, decisions, supplements
from admission.basis import changed_since
from admission.models import Application, Recommendation, SupplementRequest
from admission.states import ApplicationState
from zsbank.base.calendar.sweeping import Step
from zsbank.base.refusals import WrongState


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


def _void(on: dt.date) -> Iterable[int]:
    standing = Recommendation.objects.filter(
        sent_back_at=None, application__state=ApplicationState.RECOMMENDED
    ).select_related("application")
    return [row.application_id for row in standing.order_by("pk") if changed_since(row)]


STEPS: tuple[Step, ...] = (
    Step("end_supplement", _not_supplemented, supplements.end_supplement),
    Step("accept_application", _unanswered, _accept),
    Step("void_recommendation", _void, decisions.void_recommendation),
)
