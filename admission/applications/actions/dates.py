"""The due dates of an application and its supplements, calculated anew when the holidays of a year are confirmed."""

from admission.applications.models import Application, SupplementRequest
from admission.applications.queries import decision_period
from admission.applications.rules import is_asked
from admission.applications.states import TO_ACCEPT, TO_DECIDE
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.calendar.current import again, current_calendar
from zsbank.base.cases.dates import store_anew
from zsbank.base.permissions import Verb
from zsbank.base.refusals import WrongState


@action(Verb.RECALCULATE_DUE, on="request", within="application", rule=is_asked, inner=True)
def recalculate_supplement(*, request: SupplementRequest, by: User | None) -> SupplementRequest:
    """Store the due date of a supplement as the confirmed holidays give it.

    Raises:
        WrongState: the supplement is submitted or ended, or the date stays.
    """
    store_anew(request, "due_date", "due_period", again(request.due_period))
    request.save(update_fields=["due_date", "due_period"])
    return request


@action(Verb.RECALCULATE_DUE, on="application", states=TO_ACCEPT, inner=True)
def recalculate_acceptance(*, application: Application, by: User | None) -> Application:
    """Store the day until which an application is to be accepted as the confirmed holidays give it.

    Raises:
        WrongState: it is accepted or not submitted, or the date stays.
    """
    if application.accept_period is None:
        raise WrongState.moved_on()
    store_anew(application, "accept_by", "accept_period", again(application.accept_period))
    application.save(update_fields=["accept_by", "accept_period"])
    return application


@action(Verb.RECALCULATE_DUE, on="application", states=TO_DECIDE, inner=True)
def recalculate_decision(*, application: Application, by: User | None) -> Application:
    """Store the day until which an application is to be decided as the confirmed holidays give it.

    Raises:
        WrongState: it is not under review, or the date stays.
    """
    period = decision_period(application, current_calendar())
    store_anew(application, "decide_by", "decide_period", period)
    application.save(update_fields=["decide_by", "decide_period"])
    return application
