"""The action that extends the time limit."""

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.applications.actions.messages import notify_bank
from admission.applications.models import Application
from admission.applications.states import TO_DECIDE
from admission.review.models import Extension
from admission.review.rules import may_extend
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate
from zsbank.base.calendar.periods import Unit
from zsbank.base.calendar.wording import later_by_day
from zsbank.base.permissions import Verb
from zsbank.base.refusals import WrongState, filled


@action(Verb.EXTEND_TIME_LIMIT, on="application", states=TO_DECIDE, rule=may_extend)
def extend_time_limit(*, application: Application, by: User, reason: str) -> Extension:
    """Extend the time limit once, by the edition's working days; the bank is notified of the reason.

    Based on the Administrative Licensing Law 42, by analogy.

    Raises:
        NotAllowed: the role, or a declared conflict.
        WrongState: it was extended already, the case is not under review, or the due date has passed.
        Incomplete: the reason is empty.
    """
    reason = filled(reason, _("Enter the reason: it is shown to the bank."))
    before = application.decide_by
    if before is None:
        raise WrongState.moved_on()
    days = application.edition.extension_days
    period = calculate(before, days, Unit.WORKDAY)
    extension = Extension.objects.create(
        application=application, days=days, reason=reason, before=before, by=by, at=clock.now()
    )
    application.decide_by, application.decide_period = period.last_day, period.to_json()
    application.save(update_fields=["decide_by", "decide_period"])
    record(reason=reason, data={"days": days, "decide_by": period.last_day})
    notify_bank(
        application,
        "extended",
        gettext_lazy("The time limit was extended"),
        format_lazy(
            gettext_lazy("Extended by {days} working days; the bureau decides {by_day}. Reason: {reason}"),
            days=days,
            by_day=later_by_day(period.last_day),
            reason=reason,
        ),
    )
    return extension
