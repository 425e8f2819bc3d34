"""Actions of the decider on a verified rectification report: accept, reject."""

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.rectification.actions.messages import notify_bank
from inspections.rectification.actions.orders import settle_standing
from inspections.rectification.models import RectificationOrder, RectificationReport
from inspections.verification.letters import acceptance_letter
from inspections.verification.models import Verification
from inspections.verification.rules import is_as_seen, may_accept, may_decide
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.journal.facts import ask_journal
from zsbank.base.letters import actions as letters
from zsbank.base.permissions import Verb
from zsbank.base.refusals import WrongState, filled


@action(Verb.ACCEPT_RECTIFICATION, on="order", moves=RectificationOrder.accept, rule=may_accept)
def accept_rectification(
    *, order: RectificationOrder, by: User, seen: int, remark: str = ""
) -> RectificationOrder:
    """Accept the report with a letter; the bank is qualified again once no order binds it.

    A report in time counts as in time, whenever it is accepted.

    Args:
        seen: the key of the verification on the page that the person opened.
        remark: what the bureau found, shown to the bank.

    Raises:
        NotAllowed: the role, or the person took part in the report or its verification (four eyes).
        WrongState: there is no report to check, it is not verified, or something was found missing.
        EditConflict: the report was verified again since.
        Refused: the journal contradicts the order or what was found (code "contradicted").
    """
    _judge_again(order, seen)
    letter = letters.sign(data=acceptance_letter(order), case=order, by=by)
    _check(order, by, remark, accepted=True)
    order.accept()
    order.closed_on = clock.today()
    order.save(update_fields=["state", "closed_on"])
    record(reason=remark.strip(), data={"letter": str(letter)})
    settle_standing(order, by)
    body = format_lazy(gettext_lazy("The rectification is accepted. Letter number: {letter}."), letter=letter)
    notify_bank(order, "accepted", gettext_lazy("The rectification is accepted"), body, letter=letter)
    return order


@action(Verb.REJECT_RECTIFICATION, on="order", moves=RectificationOrder.reject, rule=may_decide)
def reject_rectification(
    *, order: RectificationOrder, by: User, seen: int, remark: str
) -> RectificationOrder:
    """Reject the report with a reason; the due date is unchanged, and the order lapses once it has passed.

    Args:
        seen: the key of the verification on the page that the person opened.
        remark: what is still to be corrected, shown to the bank.

    Raises:
        NotAllowed: the role, or the person took part in the report or its verification (four eyes).
        WrongState: there is no report to check, or it is not verified.
        EditConflict: the report was verified again since.
        Refused: the journal contradicts the order or what was found (code "contradicted").
        Incomplete: the remark is empty.
    """
    _judge_again(order, seen)
    remark = filled(remark, _("Describe what remains to be corrected."))
    report = _check(order, by, remark, accepted=False)
    order.reject()
    order.save(update_fields=["state"])
    record(reason=remark)
    title = gettext_lazy("The rectification is not accepted; continue to rectify")
    body = format_lazy(gettext_lazy("Remark on the check: {remark}"), remark=remark)
    notify_bank(order, f"rejected:{report.pk}", title, body, to_do=True)
    return order


def _judge_again(order: RectificationOrder, seen: int) -> None:
    """Compare what is decided on with what the person read, and with the journal.

    Raises:
        EditConflict: the report was verified again since.
        Refused: the journal contradicts the order or what was found (code "contradicted").
    """
    is_as_seen(order, seen).require()
    ask_journal(order, order.qualification, order.bank, Verification.newest_of(order))


def _check(order: RectificationOrder, by: User, remark: str, *, accepted: bool) -> RectificationReport:
    """Store the decision on the report.

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
