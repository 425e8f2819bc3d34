"""What every action on an application does: lock it, ask its state, record it, tell the bank."""

from typing import Any

from admission.applications.models import Application
from admission.applications.states import ApplicationState
from banks.register import actions as banks
from zsbank.base.accounts.models import User
from zsbank.base.journal import actions as journal
from zsbank.base.notices import actions as notices
from zsbank.base.permissions import Verb
from zsbank.base.refusals import WrongState


def lock(application: Application) -> Application:
    """The application as it stands now, the bank's row locked first and its own until the verb is done."""
    banks.lock(application.bank_id)
    return Application.objects.select_for_update(no_key=True).get(pk=application.pk)


def require_state(application: Application, *states: ApplicationState) -> None:
    if application.state not in states:
        raise WrongState.moved_on()


def note(
    application: Application, verb: Verb, by: User | None, before: str = "", reason: str = "", **data: Any
) -> None:
    journal.record(
        verb=verb,
        by=by,
        subject=application,
        uscc=application.bank.uscc,
        from_state=before,
        to_state=application.state if before or verb is Verb.START_APPLICATION else "",
        reason=reason,
        data=data,
    )


def tell_bank(application: Application, event: str, title: str, body: str) -> None:
    people = [member.user for member in application.bank.members.filter(left_on=None).select_related("user")]
    notices.post(
        to=people,
        key=f"application:{application.pk}:{event}",
        title=title,
        body=body,
        link=f"/applications/{application.pk}/",
        uscc=application.bank.uscc,
    )
