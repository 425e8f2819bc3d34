"""Actions on complaints: enter, forward, open again, withdraw, record as overdue, calculate the due date anew."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from banks.outlets.models import Outlet
from banks.register.actions import next_case_number
from banks.register.models import Bank
from inspections.complaints.actions.messages import (
    tell_of_complaint,
    tell_of_overdue,
    tell_of_reopening,
    tell_of_withdrawal,
)
from inspections.complaints.models import Complaint
from inspections.complaints.rules import (
    as_compared,
    belongs_to,
    criterion_of,
    edition_on,
    is_about_no_person,
    is_free,
    is_newly_overdue,
    is_possible_day,
    is_possible_reference,
    is_possible_term,
    may_withdraw,
)
from inspections.complaints.states import ComplaintState
from inspections.complaints.terms import Source
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import again, calculate
from zsbank.base.calendar.periods import Unit
from zsbank.base.cases.dates import store_anew
from zsbank.base.permissions import Verb
from zsbank.base.refusals import WrongState, filled

PREFIX = "TS"


@action(Verb.ENTER_COMPLAINT, on="bank", makes=True)
def enter_complaint(
    *,
    bank: Bank,
    by: User,
    source: Source,
    received_on: dt.date,
    facts: str,
    outlet: Outlet | None = None,
    reference: str = "",
    kind: str,
) -> Complaint:
    """Enter a complaint about a bank; the bank is not told before it is forwarded.

    Args:
        received_on: the local date on which it came in, at the hotline or at the bureau.
        facts: what is complained about, without personal data.
        outlet: where it happened; None if it concerns the bank as a whole.
        reference: the number at the source; a hotline's complaint has one, in whatever width it is typed.
        kind: the code of the criterion that it concerns, of the edition in force on the day; or `OTHER_KIND`.

    Raises:
        NotAllowed: the role.
        Incomplete: the facts are empty, or a hotline's complaint has no number.
        Refused: the day, the outlet or the kind cannot be right, the number is entered already, or a text holds
            personal data.
    """
    reference = as_compared(reference)
    facts = filled(facts, _("Enter what is complained about."))
    is_possible_day(bank, received_on).require()
    belongs_to(outlet, bank).require()
    is_possible_reference(source, reference).require()
    is_about_no_person(facts, bank).require()
    criterion = criterion_of(kind, received_on)
    is_free(source, reference).require()
    complaint = Complaint(
        bank=bank,
        outlet=outlet,
        outlet_name=outlet.name if outlet else "",
        case_number=next_case_number(PREFIX),
        source=source,
        reference=reference,
        received_on=received_on,
        criterion=criterion,
        facts=facts,
        entered_at=clock.now(),
        entered_by=by,
    )
    _save_once(complaint)
    record(subject=complaint, data={"source": source, "reference": reference})
    return complaint


def _save_once(complaint: Complaint) -> None:
    """Save a new complaint.

    Raises:
        Refused: somebody entered the number for another bank a moment before (code "reference").
    """
    try:
        with transaction.atomic():
            complaint.save()
    except IntegrityError:
        is_free(Source(complaint.source), complaint.reference).require()
        raise


@action(Verb.FORWARD_COMPLAINT, on="complaint", moves=Complaint.forward)
def forward_complaint(
    *,
    complaint: Complaint,
    by: User,
    days: int | None = None,
    kind: str | None = None,
    demand: str = "",
) -> Complaint:
    """Forward a complaint to the bank, which has to answer by a due date.

    Args:
        days: working days that the bank has, from tomorrow; by default as the edition says.
        kind: as for `enter_complaint`, if the one that was entered is not right.
        demand: what the bank has to answer in particular; it reads this besides the facts.

    Raises:
        NotAllowed: the role.
        WrongState: it is forwarded already, or withdrawn.
        Refused: the number of days or the kind cannot be right, or the text holds personal data.
    """
    is_about_no_person(demand, complaint.bank).require()
    if kind is not None:
        complaint.criterion = criterion_of(kind, complaint.received_on)
    complaint.forward()
    ask_bank(complaint, days, demand.strip())
    complaint.save(update_fields=[*ASKED, "criterion"])
    record(reason=complaint.demand, data={"due_date": complaint.due_date})
    tell_of_complaint(complaint)
    return complaint


ASKED = ("state", "demand", "rounds", "forwarded_on", "due_date", "period", "overdue_recorded_on")
"""The fields that `ask_bank` and its transition set."""


def ask_bank(complaint: Complaint, days: int | None, demand: str) -> None:
    """Set what the bank has to answer, and by when; runs inside an action that saves it.

    Args:
        days: working days from tomorrow; by default as the edition in force on the day of receipt says.

    Raises:
        Refused: the number of days cannot be right.
    """
    days = edition_on(complaint.received_on).complaint_days if days is None else days
    is_possible_term(days).require()
    period = calculate(clock.today(), days, Unit.WORKDAY)
    complaint.demand, complaint.rounds = demand, complaint.rounds + 1
    complaint.forwarded_on, complaint.overdue_recorded_on = clock.today(), None
    complaint.due_date, complaint.period = period.last_day, period.to_json()


@action(Verb.REOPEN_COMPLAINT, on="complaint", moves=Complaint.reopen)
def reopen_complaint(*, complaint: Complaint, by: User, reason: str, days: int | None = None) -> Complaint:
    """Open a closed complaint again; the bank has to answer by a new due date.

    Args:
        reason: why, and what is to be answered; the bank reads it.
        days: as for `forward_complaint`.

    Raises:
        NotAllowed: the role.
        WrongState: it is not closed.
        Incomplete: the reason is empty.
        Refused: the number of days cannot be right, or the reason holds personal data.
    """
    reason = filled(reason, _("Enter why it is opened again, and what the bank has to answer."))
    is_about_no_person(reason, complaint.bank).require()
    complaint.reopen()
    complaint.founded, complaint.result, complaint.closed_on = None, "", None
    ask_bank(complaint, days, reason)
    complaint.save(update_fields=[*ASKED, "founded", "result", "closed_on"])
    record(reason=reason, data={"due_date": complaint.due_date})
    tell_of_reopening(complaint)
    return complaint


@action(Verb.WITHDRAW_COMPLAINT, on="complaint", moves=Complaint.withdraw, rule=may_withdraw)
def withdraw_complaint(*, complaint: Complaint, by: User, reason: str) -> Complaint:
    """Withdraw a complaint that was entered by mistake; its number can be entered again.

    Args:
        reason: what was wrong; the bank reads it if it was asked for an answer.

    Raises:
        NotAllowed: the role, or the person entered the complaint (four eyes).
        WrongState: it is answered, closed or withdrawn.
        Incomplete: the reason is empty.
        Refused: the reason holds personal data.
    """
    reason = filled(reason, _("Enter the reason for withdrawing."))
    is_about_no_person(reason, complaint.bank).require()
    complaint.withdraw()
    complaint.withdrawal, complaint.withdrawn_by, complaint.closed_on = reason, by, clock.today()
    complaint.save(update_fields=["state", "withdrawal", "withdrawn_by", "closed_on"])
    record(reason=reason)
    tell_of_withdrawal(complaint)
    return complaint


@action(
    Verb.RECORD_COMPLAINT_OVERDUE,
    on="complaint",
    states=frozenset({ComplaintState.FORWARDED}),
    rule=is_newly_overdue,
    by_clock=True,
)
def record_complaint_overdue(*, complaint: Complaint, by: None = None) -> Complaint:
    """Record that the answer to a complaint is overdue, and tell bank and inspectors once; run by the sweep.

    Nothing else follows, so that it is done on a provisional date, too.

    Raises:
        WrongState: it is answered or closed, the due date has not passed, or it is recorded already.
    """
    complaint.overdue_recorded_on = clock.today()
    complaint.save(update_fields=["overdue_recorded_on"])
    record(data={"due_date": complaint.due_date})
    tell_of_overdue(complaint)
    return complaint


@action(Verb.RECALCULATE_DUE, on="complaint", states=frozenset({ComplaintState.FORWARDED}), inner=True)
def recalculate_complaint(*, complaint: Complaint, by: User | None) -> Complaint:
    """Store the due date of a complaint as the confirmed holidays give it.

    Raises:
        WrongState: the bank has not to answer it, or the date stays.
    """
    if complaint.period is None:
        raise WrongState.moved_on()
    store_anew(complaint, "due_date", "period", again(complaint.period))
    complaint.save(update_fields=["due_date", "period"])
    return complaint
