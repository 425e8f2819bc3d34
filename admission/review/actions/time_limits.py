"""The verb that extends the time to decide."""

from django.db import transaction
from django.utils.translation import gettext as _

from admission.applications.actions.cases import lock, note, tell_bank
from admission.applications.models import Application
from admission.review.models import Extension
from admission.review.rules import may_act, may_extend
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, reckon
from zsbank.base.letters.data import chinese_date
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, WrongState


@transaction.atomic(durable=True)
def extend_time_limit(*, application: Application, by: User, reason: str) -> Extension:
    """Extend the time to decide, once, by the edition's working days; the bank is told the reason.

    Raises:
        WrongState: extended already, not under review, or the time is over.
        Incomplete: without a reason.
    """
    may_act(by, Verb.EXTEND_TIME_LIMIT, application).require(NotAllowed)
    application = lock(application)
    may_extend(application).require(WrongState)
    if not reason.strip():
        raise Incomplete(_("Give the reason: the bank reads it."))
    before = application.decide_by
    if before is None:
        raise WrongState.moved_on()
    days = application.edition.extension_days
    period = reckon(before, days, Unit.WORKDAY)
    extension = Extension.objects.create(
        application=application, days=days, reason=reason.strip(), before=before, by=by, at=clock.now()
    )
    application.decide_by, application.decide_period = period.last_day, period.to_json()
    application.save(update_fields=["decide_by", "decide_period"])
    note(
        application,
        Verb.EXTEND_TIME_LIMIT,
        by,
        reason=reason.strip(),
        days=days,
        decide_by=period.last_day,
    )
    tell_bank(
        application,
        "extended",
        f"{application.case_number} 延长办理期限",
        f"办理期限延长{days}个工作日，至{chinese_date(period.last_day)}。理由：{reason.strip()}",
    )
    return extension
