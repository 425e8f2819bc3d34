"""Verbs of admission: from the first draft to the decision."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from admission.models import (
    Answer,
    Application,
    Conflict,
    Criterion,
    Finding,
    PolicyEdition,
)
from admission.rules import may_act, may_declare, may_edit, may_start, may_submit
from admission.states import ApplicationState, FindingResult
from banks import actions as banks
from banks.models import Bank
from banks.rules import require
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, reckon
from zsbank.base.journal import actions as journal
from zsbank.base.notices import actions as notices
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, Stale, WrongState


def lock(application: Application) -> Application:
    """The application as it stands now, the bank's row locked first and its own until the verb is done."""
    banks.lock(application.bank_id)
    return Application.objects.select_for_update(no_key=True).get(pk=application.pk)


def require_state(application: Application, *states: ApplicationState) -> None:
    if application.state not in states:
        raise WrongState.moved_on()


def note(
    application: Application, verb: Verb, by: User | None, before: str = "", reason: str = "", **data: Any
) -> None:
    journal.record(
        verb=verb,
        by=by,
        subject=application,
        uscc=application.bank.uscc,
        from_state=before,
        to_state=application.state if before or verb is Verb.START_APPLICATION else "",
        reason=reason,
        data=data,
    )


@transaction.atomic(durable=True)
def start_application(*, bank: Bank, by: User) -> Application:
    """Start an application under the policy edition that is valid today.

    Raises:
        Refused: barred (with the first day the bank may apply), qualified already, or another one is open.
    """
    require(by, Verb.START_APPLICATION, bank=bank)
    bank = banks.lock(bank.pk)
    may_start(bank, on=clock.today()).require()
    edition = PolicyEdition.objects.valid_on(clock.today())
    if edition is None:
        raise Refused(_("No policy edition is in force today. Ask the bureau to publish one."))
    application = Application.objects.create(
        bank=bank,
        edition=edition,
        case_number=banks.next_case_number("ZR"),
        started_at=clock.now(),
        started_by=by,
    )
    note(application, Verb.START_APPLICATION, by)
    return application


@transaction.atomic(durable=True)
def save_answer(
    *,
    application: Application,
    criterion: Criterion,
    by: User,
    text: str,
    facts: dict[str, Any],
    signatory: str = "",
    signed_on: dt.date | None = None,
    version: int = 0,
) -> Answer:
    """Save what the bank says to one criterion.

    Args:
        facts: cleaned by `facts.clean_facts`.
        signatory, signed_on: who signed the undertaking, and when; not in the future.
        version: the version of the answer that the person had before them; 0 when there was none.

    Raises:
        Stale: a colleague has saved the same answer since.
    """
    require(by, Verb.SAVE_ANSWER, bank=application.bank)
    application = lock(application)
    may_edit(application, criterion).require(WrongState)
    answer = answer_of(application, criterion, by)
    if answer.version != version:
        raise Stale(
            _("%(person)s has saved this answer since you opened it. Compare, then save again.")
            % {"person": answer.saved_by}
        )
    if signed_on and signed_on > clock.today():
        raise Refused(_("The date of signature is in the future."))
    answer.text, answer.facts, answer.signatory, answer.signed_on = text, facts, signatory, signed_on
    answer.version += 1
    answer.saved_at, answer.saved_by = clock.now(), by
    answer.save(update_fields=["text", "facts", "signatory", "signed_on", "version", "saved_at", "saved_by"])
    note(application, Verb.SAVE_ANSWER, by, criterion=criterion.number, version=answer.version)
    return answer


def answer_of(application: Application, criterion: Criterion, by: User) -> Answer:
    """The answer to a criterion, its row locked; an empty one is made where there was none."""
    if criterion.edition_id != application.edition_id:
        raise Refused(_("This criterion belongs to another policy edition."))
    answer, _created = Answer.objects.select_for_update(no_key=True, of=("self",)).get_or_create(
        application=application, criterion=criterion, defaults={"saved_at": clock.now(), "saved_by": by}
    )
    return answer


@transaction.atomic(durable=True)
def submit_application(*, application: Application, by: User) -> Application:
    """Hand in a complete application. The bureau accepts it within the edition's working days (law.md §2).

    Raises:
        Incomplete: something is missing, or the bank may not apply.
    """
    require(by, Verb.SUBMIT_APPLICATION, bank=application.bank)
    application = lock(application)
    require_state(application, ApplicationState.DRAFT)
    may_submit(application, on=clock.today()).require(Incomplete)
    period = reckon(clock.today(), application.edition.acceptance_days, Unit.WORKDAY)
    before = application.state
    application.submit()
    application.submitted_at, application.submitted_by = clock.now(), by
    application.accept_by, application.accept_period = period.last_day, period.to_json()
    application.save(update_fields=["state", "submitted_at", "submitted_by", "accept_by", "accept_period"])
    note(application, Verb.SUBMIT_APPLICATION, by, before, accept_by=period.last_day)
    return application


@transaction.atomic(durable=True)
def withdraw_application(*, application: Application, by: User, reason: str) -> Application:
    """The bank takes its application back, at any time until it is decided."""
    require(by, Verb.WITHDRAW_APPLICATION, bank=application.bank)
    application = lock(application)
    before = application.state
    require_state(
        application,
        ApplicationState.DRAFT,
        ApplicationState.SUBMITTED,
        ApplicationState.SUPPLEMENTING,
        ApplicationState.UNDER_REVIEW,
        ApplicationState.RECOMMENDED,
    )
    application.withdraw()
    application.closed_on = clock.today()
    application.save(update_fields=["state", "closed_on"])
    application.supplement_requests.filter(closed_on=None).update(closed_on=clock.today())
    note(application, Verb.WITHDRAW_APPLICATION, by, before, reason)
    return application


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


@transaction.atomic(durable=True)
def record_finding(
    *, application: Application, criterion: Criterion, by: User, result: FindingResult, reason: str
) -> Finding:
    """Record what the reviewer finds of one criterion; anything but *met* needs a reason."""
    may_act(by, Verb.RECORD_FINDING, application).require(NotAllowed)
    application = lock(application)
    require_state(application, ApplicationState.UNDER_REVIEW)
    if criterion.edition_id != application.edition_id:
        raise Refused(_("This criterion belongs to another policy edition."))
    if result != FindingResult.MET and not reason.strip():
        raise Incomplete(_("Give the reason: the bank reads it in the letter."))
    finding, _created = Finding.objects.update_or_create(
        application=application,
        criterion=criterion,
        defaults={"result": result, "reason": reason.strip(), "by": by, "at": clock.now()},
    )
    note(
        application, Verb.RECORD_FINDING, by, reason=reason.strip(), criterion=criterion.number, result=result
    )
    return finding


def tell_bank(application: Application, event: str, title: str, body: str) -> None:
    people = [member.user for member in application.bank.members.filter(left_on=None).select_related("user")]
    notices.post(
        to=people,
        key=f"application:{application.pk}:{event}",
        title=title,
        body=body,
        link=f"/applications/{application.pk}/",
        uscc=application.bank.uscc,
    )
