"""Actions that end a supplement: submitted by the bank, or ended on its due date."""

import datetime as dt
from collections.abc import Collection

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.applications.actions.answers import record_all_kept
from admission.applications.actions.messages import confirm_to_bank, notify_bank
from admission.applications.changes import changes_in
from admission.applications.models import Application, SupplementRequest
from admission.applications.queries import decision_period
from admission.applications.rules import may_end_supplement, may_submit_supplement
from admission.applications.states import ApplicationState, SupplementStage
from admission.applications.terms import later_overdue_rule
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate, current_calendar, working_days_between
from zsbank.base.calendar.periods import Unit
from zsbank.base.calendar.wording import later_by_day
from zsbank.base.notices.terms import Words
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete

WAITING_FOR_SUPPLEMENT = frozenset({ApplicationState.SUPPLEMENTING})


@action(Verb.SUBMIT_SUPPLEMENT, on="application", states=WAITING_FOR_SUPPLEMENT, rule=may_submit_supplement)
def submit_supplement(
    *, application: Application, by: User, unchanged: Collection[int] | None = None
) -> Application:
    """Submit the supplement; the bureau's time limit resumes.

    Args:
        unchanged: numbers of the criteria of which the person confirms that nothing was changed; None where
            nobody was asked.

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: no supplement is requested, or its due date has passed.
        Incomplete: a requested criterion still lacks something, or is unchanged without confirmation.
    """
    request = application.supplement_requests.get(closed_on=None)
    _keep_changes(request, unchanged)
    request.submitted_at, request.submitted_by = clock.now(), by
    request.save(update_fields=["submitted_at", "submitted_by"])
    _resume(application, request, clock.today())
    what = gettext_lazy("the supplement")
    confirm_to_bank(application, by, f"supplement:{request.pk}:submitted", what, _next_step(application))
    return application


def _keep_changes(request: SupplementRequest, confirmed: Collection[int] | None) -> None:
    """Store for each item whether it was changed.

    Raises:
        Incomplete: an item is unchanged, and the person did not confirm it.
    """
    changes = changes_in(request)
    unchanged = {one.item.criterion.number for one in changes if not one.changed}
    unconfirmed = sorted(unchanged - set(confirmed)) if confirmed is not None else ()
    if unconfirmed:
        numbers = "、".join(str(number) for number in unconfirmed)
        raise Incomplete(
            _(
                "Nothing was changed in criteria %(numbers)s. Change them, or confirm that you submit them unchanged."
            )
            % {"numbers": numbers}
        )
    for one in changes:
        one.item.changed = one.changed
        one.item.save(update_fields=["changed"])


def _next_step(application: Application) -> Words:
    """Return by when the bureau continues after a supplement."""
    if application.state == ApplicationState.SUBMITTED and application.accept_by:
        words = gettext_lazy("The bureau decides {by_day} whether it accepts the application.")
        return format_lazy(words, by_day=later_by_day(application.accept_by))
    if application.decide_by:
        return format_lazy(
            gettext_lazy("The bureau decides {by_day}."), by_day=later_by_day(application.decide_by)
        )
    return ""


@action(
    Verb.END_SUPPLEMENT,
    on="request",
    within="application",
    states=WAITING_FOR_SUPPLEMENT,
    rule=may_end_supplement,
    by_clock=True,
)
def end_supplement(*, request: SupplementRequest, by: User | None) -> SupplementRequest:
    """End an overdue supplement, by the sweep; the bureau continues with what it has.

    Where the due date is provisional, an officer does it.

    Raises:
        NotAllowed: the role, or a declared conflict.
        WrongState: the supplement was submitted, or its due date has not passed.
    """
    application = request.application
    _resume(application, request, request.due_date)
    notify_bank(
        application,
        f"supplement:{request.pk}:over",
        gettext_lazy("The due date of the supplement has passed"),
        format_lazy(
            gettext_lazy("The supplement was due {by_day}, which has passed. {then}"),
            by_day=later_by_day(request.due_date),
            then=later_overdue_rule(),
        ),
    )
    return request


def _resume(application: Application, request: SupplementRequest, day: dt.date) -> None:
    """Resume the time limit from a day (local date).

    The working days to accept start again; the due date of the decision moves by the suspended working days.
    """
    record_all_kept(application)
    request.closed_on = day
    if request.stage == SupplementStage.ACCEPTANCE:
        application.resume_acceptance()
        period = calculate(day, application.edition.acceptance_days, Unit.WORKDAY)
        application.accept_by, application.accept_period = period.last_day, period.to_json()
    else:
        application.resume_review()
        suspended = working_days_between(clock.local_day(request.asked_at), day)
        request.suspended_days = suspended
        request.save(update_fields=["closed_on", "suspended_days"])
        decision = decision_period(application, current_calendar())
        if decision is not None:
            application.decide_by, application.decide_period = decision.last_day, decision.to_json()
    request.save(update_fields=["closed_on", "suspended_days"])
    application.save(update_fields=["state", "accept_by", "accept_period", "decide_by", "decide_period"])
    record(
        subject=application,
        effective_on=day,
        data={
            "suspended_days": request.suspended_days,
            "accept_by": application.accept_by,
            "decide_by": application.decide_by,
        },
    )
