"""Actions that ask the bank for a supplement: what is missing, noted and then asked for at once."""

from django.db import transaction
from django.utils.translation import gettext as _

from admission.applications.actions.cases import lock, note, tell_bank
from admission.applications.models import Application, SupplementItem, SupplementRequest
from admission.applications.states import ApplicationState, SupplementStage
from admission.editions.models import Criterion
from admission.review.letters import supplement_letter
from admission.review.models import Remark
from admission.review.rules import may_act, may_record_remark, may_request_supplement, to_supplement
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, reckon
from zsbank.base.letters import actions as letters
from zsbank.base.letters.data import chinese_date
from zsbank.base.permissions import Verb
from zsbank.base.refusals import NotAllowed, Refused, WrongState


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
