"""Actions at the beginning of a review: accepted, or a conflict of interest declared."""

from django.db import transaction
from django.utils.translation import gettext as _

from admission.applications.actions.cases import lock, note, require_state, tell_bank
from admission.applications.models import Application
from admission.applications.states import ApplicationState
from admission.review.models import Conflict
from admission.review.rules import may_act, may_declare
from banks.register.rules import require
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, reckon
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, WrongState


@transaction.atomic(durable=True)
def accept_application(*, application: Application, by: User | None) -> Application:
    """Accept an application for review; by the clock (None) once the days to say what is missing have passed."""
    if by is not None:
        may_act(by, Verb.ACCEPT_APPLICATION, application).require(NotAllowed)
    application = lock(application)
    require_state(application, ApplicationState.SUBMITTED)
    if by is None and (application.accept_by is None or clock.today() <= application.accept_by):
        raise WrongState.moved_on()
    counted_from = clock.today() if by or application.accept_by is None else application.accept_by
    period = reckon(counted_from, application.edition.decision_days, Unit.WORKDAY)
    before = application.state
    application.accept()
    if application.case_officer and not staff_may(application.case_officer, Verb.RECORD_FINDING):
        application.case_officer = None
    application.accepted_on = counted_from
    application.decide_by, application.decide_period = period.last_day, period.to_json()
    application.save(update_fields=["state", "accepted_on", "decide_by", "decide_period", "case_officer"])
    note(
        application, Verb.ACCEPT_APPLICATION, by, before, accepted_on=counted_from, decide_by=period.last_day
    )
    tell_bank(application, "accepted", f"{application.case_number} 已受理", "申请已受理，进入审查。")
    return application


@transaction.atomic(durable=True)
def declare_conflict(*, application: Application, by: User, reason: str) -> Conflict:
    """An officer declares a conflict of interest in a case and is barred from acting in it (law.md §2).

    A case assigned to them is nobody's again.

    Raises:
        WrongState: declared already, or the case is closed.
    """
    require(by, Verb.DECLARE_CONFLICT, bank=application.bank)
    application = lock(application)
    may_declare(by, application).require(WrongState)
    if not reason.strip():
        raise Incomplete(_("Say what the conflict is."))
    if application.case_officer == by:
        application.case_officer = None
        application.save(update_fields=["case_officer"])
    conflict = Conflict.objects.create(
        application=application, officer=by, reason=reason.strip(), at=clock.now()
    )
    note(application, Verb.DECLARE_CONFLICT, by, reason=reason.strip())
    return conflict
