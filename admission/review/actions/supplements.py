"""Actions that request a supplement: remarks are collected, then requested at once."""

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.applications.actions.messages import notify_bank
from admission.applications.changes import digest_of
from admission.applications.models import Application, SupplementItem, SupplementRequest
from admission.applications.states import ApplicationState, SupplementStage
from admission.applications.terms import later_clock_rule, later_overdue_rule
from admission.applications.undertakings import standing_commitment
from admission.editions.models import Criterion
from admission.review.actions.kept import record_all_kept, record_kept
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
from zsbank.base.calendar.wording import later_by_day
from zsbank.base.journal.facts import held
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
    remark = _write_remark(application, criterion, by, text, seen, recorded=True)
    record(reason=remark.text, data={"criterion": criterion.number})
    return remark


@action(
    Verb.RECORD_REMARK,
    on="application",
    states=frozenset({ApplicationState.SUBMITTED}),
    rule=may_record_remark,
    recorded=False,
)
def keep_remark(
    *, application: Application, criterion: Criterion, by: User, text: str, seen: str | None = None
) -> Remark:
    """Save a remark while it is typed; its journal entry follows as that of a finding (`keep_finding`).

    Raises:
        NotAllowed, WrongState, EditConflict, Refused: as for `record_remark`.
    """
    return _write_remark(application, criterion, by, text, seen, recorded=False)


def _write_remark(
    application: Application, criterion: Criterion, by: User, text: str, seen: str | None, *, recorded: bool
) -> Remark:
    """Write a remark; first record what another person typed.

    Raises:
        EditConflict: another person has noted something since the page was read.
        Refused: the criterion belongs to another edition.
    """
    if criterion.edition_id != application.edition_id:
        raise Refused(_("This criterion belongs to another policy edition."))
    before = application.remarks.filter(criterion=criterion).select_related("by", "criterion").first()
    not_overtaken(by, before, seen).require()
    if before and before.by_id != by.pk:
        record_kept(before)
    given = {"text": text.strip(), "by": by, "at": clock.now(), "recorded": recorded}
    remark, _created = Remark.objects.update_or_create(
        application=application, criterion=criterion, defaults=given
    )
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
    record_all_kept(application)
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
        | held(Verb.REQUEST_SUPPLEMENT, request)
    )
    notify_bank(
        application,
        f"supplement:{request.pk}",
        gettext_lazy("Supplement your application"),
        format_lazy(
            gettext_lazy(
                "Items to supplement: {count}, {by_day}. {clock} {overdue} Letter number: {letter}."
            ),
            by_day=later_by_day(period.last_day),
            count=len(items),
            clock=later_clock_rule(SupplementStage(request.stage)),
            overdue=later_overdue_rule(),
            letter=request.letter,
        ),
        due=period.last_day,
        kind=MessageKind.TASK,
        letter=request.letter,
    )
    return request
