"""Actions on findings, and on the site visits that are evidence for them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from admission.applications.actions.cases import lock, note, require_state
from admission.applications.models import Application
from admission.applications.states import ApplicationState
from admission.editions.models import Criterion
from admission.review.models import Finding, SiteVisit
from admission.review.rules import (
    may_act,
    may_visit,
)
from admission.review.states import FindingResult
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.actions import take_in
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState


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
