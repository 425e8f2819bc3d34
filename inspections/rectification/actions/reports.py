"""Actions on the reports of a rectification: filed by the bank, accepted or rejected."""

from collections.abc import Sequence

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from banks.register.rules import require
from inspections.rectification.actions.orders import lock, note, settle_standing, tell_bank
from inspections.rectification.letters import acceptance_letter
from inspections.rectification.models import RectificationOrder, RectificationReport
from inspections.rectification.rules import may_check, may_report
from inspections.rectification.states import OrderState
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.actions import take_in
from zsbank.base.files.models import StoredFile
from zsbank.base.files.rules import has_room
from zsbank.base.letters import actions as letters
from zsbank.base.permissions import Verb
from zsbank.base.refusals import FileRefused, Incomplete, NotAllowed, WrongState


@transaction.atomic(durable=True)
def report_rectification(
    *,
    order: RectificationOrder,
    by: User,
    text: str,
    files: Sequence[tuple[File, str]],  # type: ignore[type-arg]
) -> RectificationReport:
    """The bank reports what it put right, with evidence. Reported by the due date counts as in time.

    Args:
        files: pairs of content and the name the person gave it.
    """
    require(by, Verb.REPORT_RECTIFICATION, bank=order.bank)
    order = lock(order)
    if order.state != OrderState.OPEN:
        raise WrongState.moved_on()
    may_report(order).require()
    if not text.strip():
        raise Incomplete(_("Say what was put right."))
    if not files:
        raise Incomplete(_("Attach at least one document that shows it."))
    held = StoredFile.objects.filter(rectification_reports__order=order).distinct()
    has_room(held, sum(content.size or 0 for content, _name in files)).require(FileRefused)
    report = RectificationReport.objects.create(
        order=order, text=text.strip(), submitted_at=clock.now(), submitted_by=by
    )
    report.files.set([take_in(content=content, name=name, by=by) for content, name in files])
    before = order.state
    order.report()
    order.save(update_fields=["state"])
    note(order, Verb.REPORT_RECTIFICATION, by, before, data={"report": report.pk, "files": len(files)})
    return report


def _checked(
    order: RectificationOrder, by: User, verb: Verb, remark: str, *, accepted: bool
) -> RectificationOrder:
    require(by, verb, bank=order.bank)
    order = lock(order)
    if order.state != OrderState.REPORTED:
        raise WrongState.moved_on()
    report = order.reports.select_for_update(no_key=True).filter(accepted=None).latest("pk")
    may_check(by, report).require(NotAllowed)
    report.accepted, report.remark = accepted, remark.strip()
    report.checked_by, report.checked_at = by, clock.now()
    report.save(update_fields=["accepted", "remark", "checked_by", "checked_at"])
    return order


@transaction.atomic(durable=True)
def accept_rectification(*, order: RectificationOrder, by: User, remark: str = "") -> RectificationOrder:
    """Find that it is put right. With its last order closed the bank stands as qualified again."""
    order = _checked(order, by, Verb.ACCEPT_RECTIFICATION, remark, accepted=True)
    before = order.state
    order.accept()
    order.closed_on = clock.today()
    order.save(update_fields=["state", "closed_on"])
    letter = letters.sign(data=acceptance_letter(order), case=order, by=by)
    note(order, Verb.ACCEPT_RECTIFICATION, by, before, remark.strip(), data={"letter": str(letter)})
    settle_standing(order, by)
    tell_bank(order, "accepted", "整改验收通过", f"整改已验收通过，文号：{letter}。")
    return order


@transaction.atomic(durable=True)
def reject_rectification(*, order: RectificationOrder, by: User, remark: str) -> RectificationOrder:
    """Find that it is not put right, with the reason. The due date stays; past it the next sweep lapses the order."""
    if not remark.strip():
        raise Incomplete(_("Say what is still to be put right."))
    order = _checked(order, by, Verb.REJECT_RECTIFICATION, remark, accepted=False)
    before = order.state
    order.reject()
    order.save(update_fields=["state"])
    note(order, Verb.REJECT_RECTIFICATION, by, before, remark.strip())
    report = order.reports.latest("pk")
    tell_bank(order, f"rejected:{report.pk}", "整改验收未通过", f"验收意见：{remark.strip()}")
    return order
