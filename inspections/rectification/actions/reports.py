"""Actions of a bank on its rectification order: submit plan and interim reports, and the report."""

from collections.abc import Sequence

from django.core.files import File
from django.utils.translation import gettext as _

from inspections.rectification.actions.messages import confirm_report, tell_of_progress
from inspections.rectification.models import RectificationOrder, RectificationReport
from inspections.rectification.rules import may_report, may_report_progress, verification_period
from inspections.rectification.states import IN_WORK
from inspections.rectification.terms import ReportKind
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_upload
from zsbank.base.files.models import StoredFile
from zsbank.base.files.rules import has_room
from zsbank.base.permissions import Verb
from zsbank.base.refusals import FileRefused, Incomplete, filled


@action(Verb.REPORT_RECTIFICATION, on="order", moves=RectificationOrder.report, rule=may_report)
def report_rectification(
    *,
    order: RectificationOrder,
    by: User,
    text: str,
    files: Sequence[tuple[File, str]],  # type: ignore[type-arg]
) -> RectificationReport:
    """Submit the bank's report with evidence; it is in time until 24:00 on the due date.

    Args:
        text: what was corrected, and how.
        files: pairs of content and file name as given by the person.

    Raises:
        NotAllowed: the role.
        WrongState: the due date is not set, or the order is reported, accepted, lapsed or withdrawn.
        Refused: the due date has passed.
        Incomplete: the text is empty, or there is no file.
        FileRefused: a file exceeds the quota of the case, or its content is not accepted.
    """
    text = filled(text, _("Describe what was corrected."))
    if not files:
        raise Incomplete(_("Attach at least one document as evidence."))
    report = _submitted(order, by, ReportKind.FINAL, text, files)
    period = verification_period()
    order.report()
    order.verify_by, order.verify_period = period.last_day, period.to_json()
    order.save(update_fields=["state", "verify_by", "verify_period"])
    record(data={"report": report.pk, "files": len(files)})
    confirm_report(report)
    return report


@action(Verb.REPORT_PROGRESS, on="order", states=IN_WORK, rule=may_report_progress)
def report_progress(
    *,
    order: RectificationOrder,
    by: User,
    kind: ReportKind,
    text: str,
    files: Sequence[tuple[File, str]] = (),  # type: ignore[type-arg]
) -> RectificationReport:
    """Submit the plan of the rectification, or a report on how far it is; nothing has to be decided on either.

    Args:
        kind: plan or interim report.
        text: what is planned, or what was corrected so far.
        files: pairs of content and file name as given by the person.

    Raises:
        NotAllowed: the role.
        WrongState: the order is reported, accepted, lapsed or withdrawn.
        Refused: the due date has passed, or too many were submitted (code "too_many").
        Incomplete: the text is empty.
        FileRefused: a file exceeds the quota of the case, or its content is not accepted.
    """
    text = filled(text, _("Describe the plan, or what was corrected so far."))
    report = _submitted(order, by, kind, text, files)
    record(data={"report": report.pk, "kind": kind, "files": len(files)})
    confirm_report(report)
    tell_of_progress(report)
    return report


def _submitted(
    order: RectificationOrder,
    by: User,
    kind: ReportKind,
    text: str,
    files: Sequence[tuple[File, str]],  # type: ignore[type-arg]
) -> RectificationReport:
    """Store a report with its files.

    Raises:
        FileRefused: a file exceeds the quota of the case, or its content is not accepted.
    """
    held = StoredFile.objects.filter(rectification_reports__order=order).distinct()
    has_room(held, sum(content.size or 0 for content, _name in files)).require(FileRefused)
    report: RectificationReport = RectificationReport.objects.create(
        order=order, kind=kind, text=text, submitted_at=clock.now(), submitted_by=by
    )
    report.files.set([store_upload(content=content, name=name, by=by) for content, name in files])
    return report
