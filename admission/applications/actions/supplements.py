"""Actions that end a supplement: handed in by the bank, or its time is over."""

import datetime as dt

from django.db import transaction

from admission.applications.actions.cases import lock, note, tell_bank
from admission.applications.models import Application, SupplementRequest
from admission.applications.rules import may_hand_in, open_request
from admission.applications.states import SupplementStage
from banks.register.rules import require
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, reckon, working_days_between
from zsbank.base.letters.data import chinese_date
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, WrongState


@transaction.atomic(durable=True)
def hand_in_supplement(*, application: Application, by: User) -> Application:
    """The bank hands in what it was asked for; the bureau's clock goes on.

    Raises:
        Incomplete: an item still lacks something.
        WrongState: nothing is asked for, or the time for it is over.
    """
    require(by, Verb.HAND_IN_SUPPLEMENT, bank=application.bank)
    application = lock(application)
    request = open_request(application)
    if request is None:
        raise WrongState.moved_on()
    may_hand_in(application).require(Incomplete)
    request.handed_in_at, request.handed_in_by = clock.now(), by
    request.save(update_fields=["handed_in_at", "handed_in_by"])
    return _take_up(application, request, Verb.HAND_IN_SUPPLEMENT, by, clock.today())


def end_supplement(request_id: int) -> bool:
    """The sweep: the time to supplement is over; the bureau goes on with what is there, from the due date on."""
    with transaction.atomic(durable=True):
        request = SupplementRequest.objects.get(pk=request_id)
        application = lock(request.application)
        request.refresh_from_db()
        if request.closed_on is not None or clock.today() <= request.due_date:
            return False
        _take_up(application, request, Verb.END_SUPPLEMENT, None, request.due_date)
        tell_bank(
            application,
            f"supplement:{request.pk}:over",
            f"{application.case_number} 补正期限届满",
            f"补正期限{chinese_date(request.due_date)}已届满，将按现有材料继续办理。",
        )
    return True


def _take_up(
    application: Application, request: SupplementRequest, verb: Verb, by: User | None, day: dt.date
) -> Application:
    """The clock goes on from a day: the days to accept begin anew, the day to decide moves by what stood still."""
    before = application.state
    request.closed_on = day
    if request.stage == SupplementStage.ACCEPTANCE:
        application.take_up_acceptance()
        period = reckon(day, application.edition.acceptance_days, Unit.WORKDAY)
        application.accept_by, application.accept_period = period.last_day, period.to_json()
    else:
        application.take_up_review()
        stood = working_days_between(clock.local_day(request.asked_at), day)
        request.days_stood_still = stood
        if stood and application.decide_by:
            period = reckon(application.decide_by, stood, Unit.WORKDAY)
            application.decide_by, application.decide_period = period.last_day, period.to_json()
    request.save(update_fields=["closed_on", "days_stood_still"])
    application.save(update_fields=["state", "accept_by", "accept_period", "decide_by", "decide_period"])
    note(
        application,
        verb,
        by,
        before,
        stood_still=request.days_stood_still,
        accept_by=application.accept_by,
        decide_by=application.decide_by,
    )
    return application
