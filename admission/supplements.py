"""Verbs of the supplement: what is missing is told, the clock stands still, the bank hands it in (law.md §2)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from admission.actions import lock, note, tell_bank
from admission.letters import supplement_letter
from admission.models import Application, Criterion, Remark, SupplementItem, SupplementRequest
from admission.rules import (
    may_act,
    may_hand_in,
    may_record_remark,
    may_request_supplement,
    open_request,
    to_supplement,
)
from admission.states import ApplicationState, SupplementStage
from banks.rules import require
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, reckon, working_days_between
from zsbank.base.letters import actions as letters
from zsbank.base.letters.data import chinese_date
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState


@transaction.atomic(durable=True)
def record_remark(*, application: Application, criterion: Criterion, by: User, text: str) -> Remark:
    """Note what is missing in one criterion, before acceptance; an empty text takes the note back."""
    may_act(by, Verb.RECORD_REMARK, application).require(NotAllowed)
    application = lock(application)
    may_record_remark(by, application).require(WrongState)
    if criterion.edition_id != application.edition_id:
        raise Refused(_("This criterion belongs to another policy edition."))
    remark, _created = Remark.objects.update_or_create(
        application=application,
        criterion=criterion,
        defaults={"text": text.strip(), "by": by, "at": clock.now()},
    )
    note(application, Verb.RECORD_REMARK, by, reason=text.strip(), criterion=criterion.number)
    return remark


@transaction.atomic(durable=True)
def request_supplement(*, application: Application, by: User) -> SupplementRequest:
    """Tell the bank what is missing, all at once, with a numbered letter and a due date; the clock stands still.

    Before acceptance it is told once and completely: what the remarks say. During the review it is what the
    findings *supplement* say.

    Raises:
        WrongState: not before acceptance nor under review, or told once already.
        Refused: nothing is noted as missing.
    """
    may_act(by, Verb.REQUEST_SUPPLEMENT, application).require(NotAllowed)
    application = lock(application)
    verdict = may_request_supplement(by, application)
    verdict.require(NotAllowed if "role" in {reason.code for reason in verdict.reasons} else WrongState)
    before, items = application.state, to_supplement(application)
    period = reckon(clock.today(), application.edition.supplement_days, Unit.WORKDAY)
    request = SupplementRequest.objects.create(
        application=application,
        stage=SupplementStage.ACCEPTANCE if before == ApplicationState.SUBMITTED else SupplementStage.REVIEW,
        asked_at=clock.now(),
        asked_by=by,
        due_date=period.last_day,
        due_period=period.to_json(),
    )
    SupplementItem.objects.bulk_create(
        SupplementItem(request=request, criterion=criterion, remark=remark) for criterion, remark in items
    )
    request.letter = letters.sign(data=supplement_letter(request), case=request, by=by)
    request.save(update_fields=["letter"])
    application.ask_supplement()
    application.save(update_fields=["state"])
    note(
        application,
        Verb.REQUEST_SUPPLEMENT,
        by,
        before,
        criteria=[criterion.number for criterion, _remark in items],
        due_date=period.last_day,
        letter=str(request.letter),
    )
    tell_bank(
        application,
        f"supplement:{request.pk}",
        f"{application.case_number} 需要补正",
        f"请于{chinese_date(period.last_day)}前补正{len(items)}项材料。文号：{request.letter}。",
    )
    return request


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
