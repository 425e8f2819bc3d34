"""Actions on findings and site visits."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from admission.applications.models import Application
from admission.applications.states import WITH_BUREAU
from admission.editions.models import Criterion
from admission.review.actions.kept import record_kept
from admission.review.models import Finding, SiteVisit
from admission.review.rules import is_explained, may_visit, not_overtaken
from admission.review.states import UNDER_REVIEW, FindingResult
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_upload
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused, filled


@action(Verb.RECORD_FINDING, on="application", states=UNDER_REVIEW)
def record_finding(
    *,
    application: Application,
    criterion: Criterion,
    by: User,
    result: FindingResult,
    reason: str,
    seen: str | None = None,
) -> Finding:
    """Record a reviewer's finding on one criterion.

    Args:
        reason: required unless the result is *met* and every automatic check passed; of another result the bank reads
            it in the letter.
        seen: the version of the finding that the page shows; None without a page.

    Raises:
        NotAllowed: the role, or a declared conflict.
        WrongState: the application is not under review.
        EditConflict: another person has recorded one since the page was read.
        Incomplete: the reason is missing.
        Refused: the criterion belongs to another edition.
    """
    finding = _write(application, criterion, by, result, reason, seen, recorded=True)
    record(reason=finding.reason, data={"criterion": criterion.number, "result": result})
    return finding


@action(Verb.RECORD_FINDING, on="application", states=UNDER_REVIEW, recorded=False)
def keep_finding(
    *,
    application: Application,
    criterion: Criterion,
    by: User,
    result: FindingResult,
    reason: str,
    seen: str | None = None,
) -> Finding:
    """Save a finding while its reason is typed, without a journal entry for each pause.

    The entry follows when the person leaves the field, when another person writes, when the findings are used, or an
    hour after the last save (`kept.record_typed_finding`).

    Raises:
        NotAllowed, WrongState, EditConflict, Incomplete, Refused: as for `record_finding`.
    """
    return _write(application, criterion, by, result, reason, seen, recorded=False)


def _write(
    application: Application,
    criterion: Criterion,
    by: User,
    result: FindingResult,
    reason: str,
    seen: str | None,
    *,
    recorded: bool,
) -> Finding:
    """Write a finding; first record what another person typed.

    Raises:
        EditConflict: another person has recorded one since the page was read.
        Incomplete: the reason is missing.
        Refused: the criterion belongs to another edition.
    """
    if criterion.edition_id != application.edition_id:
        raise Refused(_("This criterion belongs to another policy edition."))
    if result != FindingResult.MET:
        filled(reason, _("Enter the reason: it is shown to the bank in the letter."))
    is_explained(application, criterion, result, reason).require()
    before = application.findings.filter(criterion=criterion).select_related("by", "criterion").first()
    not_overtaken(by, before, seen).require()
    if before and before.by_id != by.pk:
        record_kept(before)
    given = {"result": result, "reason": reason.strip(), "by": by, "at": clock.now(), "recorded": recorded}
    finding, _created = Finding.objects.update_or_create(
        application=application, criterion=criterion, defaults=given
    )
    return finding


@action(Verb.RECORD_SITE_VISIT, on="application", states=WITH_BUREAU)
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
    """Record a visit by two officers with report and photos, as evidence for criteria (law.md §2).

    Args:
        visited_on: local date, from the day the case was received until today.
        criteria: the criteria it is evidence for.
        files: uploads.

    Raises:
        NotAllowed: the role, or a declared conflict of `by`.
        WrongState: the case is not with the bureau; both officers are the same; one has a conflict; or the date is
            outside the case.
        Incomplete: the report is empty.
        FileRefused: the content of a file is not accepted.
    """
    may_visit(application, (led_by, accompanied_by), visited_on).require()
    visit = SiteVisit.objects.create(
        application=application,
        visited_on=visited_on,
        place=place.strip(),
        led_by=led_by,
        accompanied_by=accompanied_by,
        report=filled(report, _("Enter the report of the visit.")),
        by=by,
        at=clock.now(),
    )
    visit.criteria.set(criteria)
    visit.files.set([store_upload(content=file, name=file.name, by=by) for file in files])
    record(
        data={
            "visited_on": visited_on,
            "officers": [led_by.username, accompanied_by.username],
            "criteria": [criterion.number for criterion in criteria],
        }
    )
    return visit
