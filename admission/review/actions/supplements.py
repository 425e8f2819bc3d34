"""Actions that request a supplement: remarks are collected, then requested at once."""

from django.utils.translation import gettext as _

from admission.applications.actions.messages import notify_bank
from admission.applications.changes import digest_of
from admission.applications.models import Application, SupplementItem, SupplementRequest
from admission.applications.states import ApplicationState, SupplementStage
from admission.applications.terms import clock_rule, overdue_rule
from admission.applications.undertakings import standing_commitment
from admission.editions.models import Criterion
from admission.review.letters import supplement_letter
from admission.review.models import Remark
from admission.review.rules import (
    may_record_remark,
    may_request_supplement,
    not_overtaken,
    stage_now,
    supplement_period,
    to_supplement,
)
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import until
from zsbank.base.letters import actions as letters
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused


@action(
    Verb.RECORD_REMARK,
    on="application",
    states=frozenset({ApplicationState.SUBMITTED}),
    rule=may_record_remark,
)
def record_remark(
    *, application: Application, criterion: Criterion, by: User, text: str, seen: str | None = None
) -> Remark:
    """Record what one criterion lacks, before acceptance.

    Args:
        text: empty to remove the remark.
        seen: the version of the remark that the page shows; None where no page was read.

    Raises:
        NotAllowed: the role, or a declared conflict.
        WrongState: the application is accepted already, or the bank was asked once.
        EditConflict: another person has noted something since the page was read.
        Refused: the criterion belongs to another edition.
    """
    if criterion.edition_id != application.edition_id:
        raise Refused(_("This criterion belongs to another policy edition."))
    before = application.remarks.filter(criterion=criterion).select_related("by").first()
    not_overtaken(by, before, seen).require()
    remark, _created = Remark.objects.update_or_create(
        application=application,
        criterion=criterion,
        defaults={"text": text.strip(), "by": by, "at": clock.now()},
    )
    record(reason=remark.text, data={"criterion": criterion.number})
    return remark


@action(
    Verb.REQUEST_SUPPLEMENT,
    on="application",
    moves=Application.ask_supplement,
    rule=may_request_supplement,
)
def request_supplement(*, application: Application, by: User) -> SupplementRequest:
    """Ask the bank for everything missing, by numbered letter with a due date; the time limit is suspended.

    Before acceptance this is possible once and must be complete (one_time_notice, law.md §2), from the remarks; during
    the
    review it is based on the findings *supplement*. The bank has the edition's working days.

    Raises:
        NotAllowed: the role (intake before acceptance, a reviewer afterwards), or a declared conflict.
        WrongState: neither before acceptance nor under review, asked once already, or nothing is recorded as missing.
    """
    items, stage = to_supplement(application), stage_now(application)
    period = supplement_period(application)
    request = SupplementRequest.objects.create(
        application=application,
        stage=stage,
        asked_at=clock.now(),
        asked_by=by,
        due_date=period.last_day,
        due_period=period.to_json(),
    )
    answers = {answer.criterion_id: answer for answer in application.answers.with_evidence()}
    commitment = standing_commitment(application)
    SupplementItem.objects.bulk_create(
        SupplementItem(
            request=request,
            criterion=criterion,
            remark=remark,
            asked_digest=digest_of(criterion, answers.get(criterion.pk), commitment),
        )
        for criterion, remark in items
    )
    request.letter = letters.sign(
        data=supplement_letter(application, items, period.last_day, stage), case=request, by=by
    )
    request.save(update_fields=["letter"])
    application.ask_supplement()
    application.save(update_fields=["state"])
    record(
        data={
            "criteria": [criterion.number for criterion, _remark in items],
            "due_date": period.last_day,
            "letter": str(request.letter),
        }
    )
    meaning = clock_rule(SupplementStage(request.stage), "zh-hans") + overdue_rule("zh-hans")
    notify_bank(
        application,
        f"supplement:{request.pk}",
        "请补正申请材料",
        f"请于{until(period.last_day)}补正{len(items)}项材料。{meaning}文号：{request.letter}。",
        due=period.last_day,
        kind=MessageKind.TASK,
    )
    return request
