"""Messages about complaints: to the bank, and to the officers who follow them up."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from banks.members.actions.messages import confirm_submission, notify_members
from banks.members.actions.reminders import Reminder
from inspections.complaints.models import Complaint, ComplaintReply
from inspections.complaints.states import ComplaintState
from inspections.complaints.terms import REMINDER_DAYS
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with, still_with
from zsbank.base.calendar.wording import later_by_day
from zsbank.base.cases.urls import case_page
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind, Words
from zsbank.base.permissions import Verb


def tell_of_complaint(complaint: Complaint) -> None:
    """Tell the bank that it has to answer a complaint, and by when."""
    body = format_lazy(
        gettext_lazy("Look into it and answer {by_day} with evidence."), by_day=_due(complaint)
    )
    title = gettext_lazy("A complaint is to be answered")
    _notify(complaint, f"forwarded:{complaint.rounds}", title, body, to_do=True)


def tell_of_sending_back(complaint: Complaint) -> None:
    """Tell the bank what its answer lacks, and by when it has to answer again."""
    body = format_lazy(
        gettext_lazy("Answer again {by_day}. What is missing: {demand}"),
        by_day=_due(complaint),
        demand=complaint.demand,
    )
    title = gettext_lazy("The answer to the complaint is sent back; answer again")
    _notify(complaint, f"sent-back:{complaint.rounds}", title, body, to_do=True)


def tell_of_reopening(complaint: Complaint) -> None:
    """Tell the bank that a closed complaint is open again, why, and by when it has to answer."""
    body = format_lazy(
        gettext_lazy("Answer it again {by_day}. Reason: {demand}"),
        by_day=_due(complaint),
        demand=complaint.demand,
    )
    title = gettext_lazy("A closed complaint is opened again")
    _notify(complaint, f"reopened:{complaint.rounds}", title, body, to_do=True)


def tell_of_result(complaint: Complaint) -> None:
    """Tell the bank whether the complaint is founded, and why."""
    founded = gettext_lazy("The complaint is closed: founded")
    unfounded = gettext_lazy("The complaint is closed: not founded")
    body = format_lazy(gettext_lazy("Reasons: {reasons}"), reasons=complaint.result)
    _notify(complaint, f"closed:{complaint.rounds}", founded if complaint.founded else unfounded, body)


def tell_of_withdrawal(complaint: Complaint) -> None:
    """Tell who entered the complaint that it is withdrawn; the bank, too, if it was asked for an answer."""
    title = gettext_lazy("The complaint is withdrawn")
    if complaint.rounds:
        said = gettext_lazy("It was entered by mistake, and is not to be answered. Reason: {reason}")
        _notify(complaint, "withdrawn", title, format_lazy(said, reason=complaint.withdrawal))
    notices.post(
        to=still_with(complaint.entered_by, Verb.ENTER_COMPLAINT),
        key=f"complaints:{complaint.pk}:withdrawn",
        title=title,
        body=format_lazy(
            gettext_lazy("{person} withdrew it. Reason: {reason}"),
            person=complaint.withdrawn_by,
            reason=complaint.withdrawal,
        ),
        link=case_page(complaint),
        about=f"{complaint.bank.name} {complaint}",
        kind=MessageKind.NEWS,
    )


def tell_of_overdue(complaint: Complaint) -> None:
    """Tell the bank and the inspectors, once for each due date, that it has passed without an answer."""
    said = gettext_lazy(
        "The answer was due {by_day}. Answer now: a late answer is marked as late; without one the bureau decides."
    )
    title = gettext_lazy("The answer to a complaint is overdue")
    body = format_lazy(said, by_day=_due(complaint))
    _notify(complaint, f"overdue:{complaint.rounds}", title, body, to_do=True)
    notices.post(
        to=people_with(Verb.CLOSE_COMPLAINT),
        key=f"complaints:{complaint.pk}:overdue:{complaint.rounds}",
        title=gettext_lazy("A bank has not answered a complaint in time"),
        body=format_lazy(
            gettext_lazy("The answer was due {by_day}; it can be closed without one."), by_day=_due(complaint)
        ),
        link=case_page(complaint),
        about=f"{complaint.bank.name} {complaint}",
        due=complaint.due_date,
        kind=MessageKind.NEWS,
    )


def confirm_answer(complaint: Complaint, reply: ComplaintReply, by: User) -> None:
    """Confirm to all members of the bank that the answer was received."""
    confirm_submission(
        bank=complaint.bank,
        by=by,
        key=f"complaints:{complaint.pk}:answer:{reply.pk}",
        what=gettext_lazy("the answer to the complaint"),
        then=gettext_lazy("The bureau will check the answer and tell you the result here."),
        link=_page(complaint),
        number=complaint.case_number,
    )


def _due(complaint: Complaint) -> Words:
    return later_by_day(complaint.due_date) if complaint.due_date else ""


def _page(complaint: Complaint) -> str:
    return reverse("inspections:complaint", args=[complaint.pk])


def _remind(complaint: Complaint, nearest: int, left: int) -> int:
    said = gettext_lazy("Answer the complaint {by_day} with evidence. Days left: {left}.")
    body = format_lazy(said, by_day=_due(complaint), left=left)
    title = gettext_lazy("Reminder of the due date of the answer to a complaint")
    return _notify(complaint, f"reminder:{complaint.rounds}:{nearest}", title, body, to_do=True)


REMINDER = Reminder(
    "remind_of_complaints",
    Complaint,
    "due_date",
    frozenset({ComplaintState.FORWARDED}),
    REMINDER_DAYS,
    _remind,
)


def _notify(complaint: Complaint, event: str, title: Words, body: Words, *, to_do: bool = False) -> int:
    """Post a message to each member of the bank, once per event; what reaches nobody becomes a work item."""
    return notify_members(
        bank=complaint.bank,
        key=f"complaints:{complaint.pk}:{event}",
        title=title,
        body=body,
        link=_page(complaint),
        number=complaint.case_number,
        due=complaint.due_date if to_do else None,
        kind=MessageKind.TASK if to_do else MessageKind.RESULT,
    )
