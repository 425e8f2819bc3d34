"""Actions at the beginning of a review: accept an application, declare a conflict of interest."""

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.applications.actions.messages import notify_bank
from admission.applications.models import Application
from admission.applications.states import WITH_BUREAU
from admission.review.models import Conflict
from admission.review.rules import is_silent_past, may_accept
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate
from zsbank.base.calendar.periods import Unit
from zsbank.base.calendar.wording import later_by_day
from zsbank.base.permissions import Verb
from zsbank.base.refusals import filled


@action(Verb.ACCEPT_APPLICATION, on="application", moves=Application.accept, rule=may_accept, by_clock=True)
def accept_application(*, application: Application, by: User | None) -> Application:
    """Accept an application for review; it is due within the edition's working days (law.md §2).

    Once the working days to accept have passed, it counts as accepted on the last of them, whoever records it and when.

    Args:
        by: None for the sweep, which leaves provisional days to officers.

    Raises:
        NotAllowed: the role, or a declared conflict.
        WrongState: it is not submitted, or for the sweep not due yet.
    """
    over = application.accept_by if is_silent_past(application) else None
    counted_from = over or clock.today()
    period = calculate(counted_from, application.edition.decision_days, Unit.WORKDAY)
    application.accept()
    if application.case_officer and not staff_may(application.case_officer, Verb.RECORD_FINDING):
        application.case_officer = None
    application.accepted_on = counted_from
    application.decide_by, application.decide_period = period.last_day, period.to_json()
    application.save(update_fields=["state", "accepted_on", "decide_by", "decide_period", "case_officer"])
    record(effective_on=counted_from, data={"accepted_on": counted_from, "decide_by": period.last_day})
    body = format_lazy(
        gettext_lazy("The application is accepted; the bureau decides {by_day}."),
        by_day=later_by_day(period.last_day),
    )
    notify_bank(application, "accepted", gettext_lazy("The application is accepted"), body)
    return application


@action(Verb.DECLARE_CONFLICT, on="application", states=WITH_BUREAU)
def declare_conflict(*, application: Application, by: User, reason: str) -> Conflict:
    """Declare a conflict of interest; the officer may not act in the case from then on (law.md §2).

    A case assigned to them becomes unassigned.

    Raises:
        NotAllowed: the role, or a conflict declared already.
        WrongState: the case is not with the bureau.
        Incomplete: the reason is empty.
    """
    reason = filled(reason, _("Describe the conflict of interest."))
    if application.case_officer == by:
        application.case_officer = None
        application.save(update_fields=["case_officer"])
    conflict = Conflict.objects.create(application=application, officer=by, reason=reason, at=clock.now())
    record(reason=reason)
    return conflict
