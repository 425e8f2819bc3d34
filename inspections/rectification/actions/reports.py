"""Actions on rectification reports: submit, accept, reject."""

from collections.abc import Sequence

from django.core.files import File
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.rectification.actions.messages import confirm_report, notify_bank
from inspections.rectification.actions.orders import settle_standing
from inspections.rectification.letters import acceptance_letter
from inspections.rectification.models import RectificationOrder, RectificationReport
from inspections.rectification.rules import may_check, may_report
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_upload
from zsbank.base.files.models import StoredFile
from zsbank.base.files.rules import has_room
from zsbank.base.letters import actions as letters
from zsbank.base.permissions import Verb
from zsbank.base.refusals import FileRefused, Incomplete, WrongState, filled


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
    held = StoredFile.objects.filter(rectification_reports__order=order).distinct()
    has_room(held, sum(content.size or 0 for content, _name in files)).require(FileRefused)
    report = RectificationReport.objects.create(
        order=order, text=text, submitted_at=clock.now(), submitted_by=by
    )
    report.files.set([store_upload(content=content, name=name, by=by) for content, name in files])
    order.report()
    order.save(update_fields=["state"])
    record(data={"report": report.pk, "files": len(files)})
    confirm_report(order, report.pk, by)
    return report


@action(Verb.ACCEPT_RECTIFICATION, on="order", moves=RectificationOrder.accept, rule=may_check)
def accept_rectification(*, order: RectificationOrder, by: User, remark: str = "") -> RectificationOrder:
    """Accept the report; the bank is qualified again once no order binds it.

    Args:
        remark: what the bureau found, shown to the bank.

    Raises:
        NotAllowed: the role, or the person submitted the report for the bank (four eyes).
        WrongState: there is no report to check.
    """
    _check(order, by, remark, accepted=True)
    order.accept()
    order.closed_on = clock.today()
    order.save(update_fields=["state", "closed_on"])
    letter = letters.sign(data=acceptance_letter(order), case=order, by=by)
    record(reason=remark.strip(), data={"letter": str(letter)})
    settle_standing(order, by)
    body = format_lazy(gettext_lazy("The rectification is accepted. Letter number: {letter}."), letter=letter)
    notify_bank(order, "accepted", gettext_lazy("The rectification is accepted"), body, letter=letter)
    return order


@action(Verb.REJECT_RECTIFICATION, on="order", moves=RectificationOrder.reject, rule=may_check)
def reject_rectification(*, order: RectificationOrder, by: User, remark: str) -> RectificationOrder:
    """Reject the report with a reason; the due date is unchanged, and the order lapses once it has passed.

    Args:
        remark: what is still to be corrected, shown to the bank.

    Raises:
        NotAllowed: the role, or the person submitted the report for the bank (four eyes).
        WrongState: there is no report to check.
        Incomplete: the remark is empty.
    """
    remark = filled(remark, _("Describe what remains to be corrected."))
    report = _check(order, by, remark, accepted=False)
    order.reject()
    order.save(update_fields=["state"])
    record(reason=remark)
    title = gettext_lazy("The rectification is not accepted; continue to rectify")
    body = format_lazy(gettext_lazy("Remark on the check: {remark}"), remark=remark)
    notify_bank(order, f"rejected:{report.pk}", title, body, to_do=True)
    return order


def _check(order: RectificationOrder, by: User, remark: str, *, accepted: bool) -> RectificationReport:
    """Store the result of the check on the report.

    Raises:
        WrongState: no report waits for a check.
    """
    report = order.report_to_check
    if report is None:
        raise WrongState.moved_on()
    report.accepted, report.remark = accepted, remark.strip()
    report.checked_by, report.checked_at = by, clock.now()
    report.save(update_fields=["accepted", "remark", "checked_by", "checked_at"])
    return report
