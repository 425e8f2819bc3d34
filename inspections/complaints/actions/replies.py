"""Actions on the answers of banks to complaints: answer, send back, close."""

from collections.abc import Sequence

from django.core.files import File
from django.utils.translation import gettext as _

from inspections.complaints.actions.complaints import ASKED, ask_bank
from inspections.complaints.actions.messages import confirm_answer, tell_of_result, tell_of_sending_back
from inspections.complaints.models import Complaint, ComplaintReply
from inspections.complaints.rules import is_about_no_person, may_check, may_close
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_upload
from zsbank.base.files.models import StoredFile
from zsbank.base.files.rules import has_room
from zsbank.base.journal.facts import held
from zsbank.base.permissions import Verb
from zsbank.base.refusals import FileRefused, Incomplete, WrongState, filled


@action(Verb.ANSWER_COMPLAINT, on="complaint", moves=Complaint.answer)
def answer_complaint(
    *,
    complaint: Complaint,
    by: User,
    text: str,
    files: Sequence[tuple[File, str]],  # type: ignore[type-arg]
) -> ComplaintReply:
    """Answer a complaint for the bank with evidence; after the due date, too, which shows.

    Args:
        text: what the bank found out and did, without personal data.
        files: pairs of content and file name as given by the person.

    Raises:
        NotAllowed: the role.
        WrongState: it is answered, closed or withdrawn.
        Incomplete: the text is empty, or there is no file.
        Refused: the text holds personal data.
        FileRefused: a file exceeds the quota of the case, or its content is not accepted.
    """
    if complaint.due_date is None:
        raise WrongState.moved_on()
    text = filled(text, _("Enter what the bank found out and did."))
    is_about_no_person(text, complaint.bank).require()
    if not files:
        raise Incomplete(_("Attach at least one document as evidence."), "files")
    kept = StoredFile.objects.filter(complaint_replies__complaint=complaint).distinct()
    has_room(kept, sum(content.size or 0 for content, _name in files)).require(FileRefused)
    reply: ComplaintReply = ComplaintReply.objects.create(
        complaint=complaint,
        text=text,
        due_date=complaint.due_date,
        answered_on=clock.today(),
        answered_at=clock.now(),
        answered_by=by,
    )
    reply.files.set([store_upload(content=content, name=name, by=by) for content, name in files])
    complaint.answer()
    complaint.save(update_fields=["state"])
    late = {"days_late": reply.days_late} if reply.days_late else {}
    record(data={"files": len(files)} | late | held(Verb.ANSWER_COMPLAINT, reply))
    confirm_answer(complaint, reply, by)
    return reply


@action(Verb.SEND_BACK_COMPLAINT, on="complaint", moves=Complaint.send_back, rule=may_check)
def send_back_complaint(*, complaint: Complaint, by: User, reason: str, days: int | None = None) -> Complaint:
    """Send an answer back because something is missing; the bank has to answer again by a new due date.

    Args:
        reason: what is missing; the bank reads it.
        days: working days from tomorrow; by default as the edition says.

    Raises:
        NotAllowed: the role, or the person gave the answer for the bank (four eyes).
        WrongState: there is no answer to check.
        Incomplete: the reason is empty.
        Refused: the number of days cannot be right, or the reason holds personal data.
    """
    reason = filled(reason, _("Enter what the answer lacks."))
    is_about_no_person(reason, complaint.bank).require()
    reply = _checked(complaint, by, reason, taken=False)
    complaint.send_back()
    ask_bank(complaint, days, reason)
    complaint.save(update_fields=ASKED)
    record(reason=reason, data={"due_date": complaint.due_date} | held(Verb.SEND_BACK_COMPLAINT, reply))
    tell_of_sending_back(complaint)
    return complaint


@action(Verb.CLOSE_COMPLAINT, on="complaint", moves=Complaint.close, rule=may_close)
def close_complaint(*, complaint: Complaint, by: User, founded: bool, reason: str) -> Complaint:
    """Close a complaint as founded or not: on the answer, or without one when the due date has passed.

    Args:
        founded: whether the bank did not do what it has to do.
        reason: the reasons; the bank reads them.

    Raises:
        NotAllowed: the role, or the person gave the answer for the bank (four eyes).
        WrongState: it is not forwarded, or closed or withdrawn.
        NotYet: there is no answer, and the due date has not passed.
        Incomplete: the reason is empty.
        Refused: the reason holds personal data.
    """
    reason = filled(reason, _("Enter the reasons of the result."))
    is_about_no_person(reason, complaint.bank).require()
    facts = {}
    if not complaint.is_forwarded:
        facts = held(Verb.CLOSE_COMPLAINT, _checked(complaint, by, reason, taken=True))
    complaint.close()
    complaint.founded, complaint.result, complaint.closed_on = founded, reason, clock.today()
    complaint.save(update_fields=["state", "founded", "result", "closed_on"])
    record(reason=reason, data={"founded": founded} | facts)
    tell_of_result(complaint)
    return complaint


def _checked(complaint: Complaint, by: User, remark: str, *, taken: bool) -> ComplaintReply:
    """Store what the bureau made of the answer that waits.

    Raises:
        WrongState: no answer waits.
    """
    reply = complaint.reply_to_check
    if reply is None:
        raise WrongState.moved_on()
    reply.taken, reply.remark = taken, remark
    reply.checked_by, reply.checked_at = by, clock.now()
    reply.save(update_fields=["taken", "remark", "checked_by", "checked_at"])
    return reply
