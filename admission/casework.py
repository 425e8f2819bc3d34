"""Verbs of the officers' work in a case: who has it, notes, visits, and the opinion of the medical insurance side."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from admission.actions import lock, note
from admission.casework_rules import (
    may_answer_opinion,
    may_ask_opinion,
    may_be_assigned,
    may_give_opinion,
    may_visit,
)
from admission.models import Application, Criterion, Looking, Note, Opinion, SiteVisit
from admission.rules import may_act
from admission.states import OpinionResult
from banks.rules import require
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.actions import take_in
from zsbank.base.notices import actions as notices
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, WrongState


@transaction.atomic(durable=True)
def assign_cases(*, applications: Sequence[Application], to: User, by: User) -> list[Application]:
    """Put cases, one or many, on an officer's work list; all of them or none.

    Raises:
        WrongState: a case is closed, or the officer may not act in it; the reason names the case.
    """
    done = []
    for application in sorted(applications, key=lambda case: case.bank_id):
        may_act(by, Verb.ASSIGN_CASES, application).require(NotAllowed)
        row = lock(application)
        may_be_assigned(row, to).require(WrongState)
        row.case_officer = to
        row.save(update_fields=["case_officer"])
        note(row, Verb.ASSIGN_CASES, by, case_officer=to.username, name=to.name)
        notices.post(
            to=[to],
            key=f"assigned:{row.pk}:{to.pk}:{clock.now().isoformat()}",
            title=f"{row.case_number} 已分派给您",
            body=f"{row.bank.name}的申请由您经办。",
            link=f"/admin/admission/application/{row.pk}/change/",
        )
        done.append(row)
    if not done:
        raise Incomplete(_("Choose at least one case."))
    return done


@transaction.atomic(durable=True)
def write_note(*, application: Application, by: User, text: str, criterion: Criterion | None = None) -> Note:
    """Write an internal note on a case, or on one criterion of it. No letter and no bank ever shows it."""
    may_act(by, Verb.WRITE_NOTE, application).require(NotAllowed)
    application = lock(application)
    if not text.strip():
        raise Incomplete(_("The note is empty."))
    row = Note.objects.create(
        application=application, criterion=criterion, text=text.strip(), by=by, at=clock.now()
    )
    note(application, Verb.WRITE_NOTE, by, criterion=criterion.number if criterion else None)
    return row


@transaction.atomic(durable=True)
def record_site_visit(
    *,
    application: Application,
    by: User,
    visited_on: dt.date,
    place: str,
    led_by: User,
    accompanied_by: User,
    report: str,
    criteria: Sequence[Criterion] = (),
    files: Sequence[Any] = (),
) -> SiteVisit:
    """Record a visit of two officers, their report and photos; it is evidence for the criteria named.

    Raises:
        WrongState: one officer only, a declared conflict, a day outside the case, or a case that is closed.
        Refused: a photo is not taken.
    """
    may_act(by, Verb.RECORD_SITE_VISIT, application).require(NotAllowed)
    application = lock(application)
    may_visit(application, (led_by, accompanied_by), visited_on).require(WrongState)
    if not report.strip():
        raise Incomplete(_("Write the report of the visit."))
    visit = SiteVisit.objects.create(
        application=application,
        visited_on=visited_on,
        place=place.strip(),
        led_by=led_by,
        accompanied_by=accompanied_by,
        report=report.strip(),
        by=by,
        at=clock.now(),
    )
    visit.criteria.set(criteria)
    visit.files.set([take_in(content=file, name=file.name, by=by) for file in files])
    note(
        application,
        Verb.RECORD_SITE_VISIT,
        by,
        visited_on=visited_on,
        officers=[led_by.username, accompanied_by.username],
        criteria=[criterion.number for criterion in criteria],
    )
    return visit


@transaction.atomic(durable=True)
def ask_opinion(*, application: Application, by: User, criteria: Sequence[Criterion]) -> list[Opinion]:
    """Ask the medical insurance side about criteria of its own (6, 16, 23); the recommendation waits for it."""
    may_act(by, Verb.ASK_OPINION, application).require(NotAllowed)
    application = lock(application)
    for criterion in criteria:
        may_ask_opinion(application, criterion).require(WrongState)
    if not criteria:
        raise Incomplete(_("Choose at least one criterion."))
    asked = [
        Opinion.objects.create(
            application=application, criterion=criterion, asked_at=clock.now(), asked_by=by
        )
        for criterion in criteria
    ]
    note(application, Verb.ASK_OPINION, by, criteria=[criterion.number for criterion in criteria])
    return asked


@transaction.atomic(durable=True)
def take_back_opinion(*, opinion: Opinion, by: User, reason: str) -> Opinion:
    """Take an unanswered question back, with the reason; the recommendation waits for it no longer."""
    may_act(by, Verb.ASK_OPINION, opinion.application).require(NotAllowed)
    application = lock(opinion.application)
    opinion = (
        Opinion.objects.select_for_update(no_key=True, of=("self",))
        .select_related("criterion")
        .get(pk=opinion.pk)
    )
    may_give_opinion(opinion).require(WrongState)
    if not reason.strip():
        raise Incomplete(_("Say why it is taken back."))
    opinion.taken_back_at = clock.now()
    opinion.save(update_fields=["taken_back_at"])
    note(application, Verb.TAKE_BACK_OPINION, by, reason=reason.strip(), criterion=opinion.criterion.number)
    return opinion


@transaction.atomic(durable=True)
def give_opinion(
    *, opinion: Opinion, by: User, result: OpinionResult, given_on: dt.date, text: str
) -> Opinion:
    """The medical insurance side answers, with the date of its opinion; an objection says why.

    Raises:
        WrongState: answered already, or taken back.
        NotAllowed: wrong role, or one person asks and answers.
    """
    require(by, Verb.GIVE_OPINION)
    application = lock(opinion.application)
    opinion = (
        Opinion.objects.select_for_update(no_key=True, of=("self",))
        .select_related("criterion")
        .get(pk=opinion.pk)
    )
    verdict = may_answer_opinion(by, opinion)
    verdict.require(NotAllowed if "four_eyes" in {reason.code for reason in verdict.reasons} else WrongState)
    if given_on > clock.today():
        raise Incomplete(_("The date of the opinion is in the future."))
    if result is OpinionResult.OBJECTS and not text.strip():
        raise Incomplete(_("Say what the objection is."))
    opinion.result, opinion.text, opinion.given_on = result, text.strip(), given_on
    opinion.given_at, opinion.given_by = clock.now(), by
    opinion.save(update_fields=["result", "text", "given_on", "given_at", "given_by"])
    note(
        application,
        Verb.GIVE_OPINION,
        by,
        reason=text.strip(),
        criterion=opinion.criterion.number,
        result=result,
        given_on=given_on,
    )
    return opinion


def look_at(*, application: Application, by: User, number: int) -> None:
    """Note that an officer has a criterion open now, for colleagues to see; no step of the procedure."""
    Looking.objects.update_or_create(
        application=application, officer=by, defaults={"number": number, "at": clock.now()}
    )
