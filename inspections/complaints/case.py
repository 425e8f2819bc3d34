"""Declaration of complaints and of lists of hotlines: states, due date, actions, work items and words."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banks.register.models import Bank
from inspections.complaints.actions.complaints import (
    enter_complaint,
    forward_complaint,
    recalculate_complaint,
    reopen_complaint,
    withdraw_complaint,
)
from inspections.complaints.actions.imports import import_complaints
from inspections.complaints.actions.replies import close_complaint, send_back_complaint
from inspections.complaints.checks import replies_agree
from inspections.complaints.desk import ComplaintDesk
from inspections.complaints.forms.complaints import (
    ComplaintForm,
    ResultForm,
    TextOfBureau,
    again_form,
    forward_form,
)
from inspections.complaints.models import Complaint, ComplaintImport, ComplaintReply
from inspections.complaints.offers import OFFERS, OFFERS_ON_LIST
from inspections.complaints.portal import ASKED_ANSWER, BANK_OFFERS, OF_ANSWER, next_steps, page_of
from inspections.complaints.queries import (
    complaints_of_period,
    seen_by,
    to_be_closed,
    to_be_forwarded,
    to_be_taken_in,
)
from inspections.complaints.sheets import ComplaintImportDesk
from inspections.complaints.states import ComplaintState, ImportState
from inspections.complaints.sweep import IMPORT_STEPS, STEPS
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.api import Api
from zsbank.base.cases.case import Case, Due
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import MenuEntry, SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.turns import BANKS_TURN, BUREAUS_TURN, DONE, STOPPED, Shown, Text
from zsbank.base.cases.work import Waiting
from zsbank.base.permissions import Verb


def _entered(made: object) -> Text:
    """Say the number, and what comes next."""
    return str(_("The complaint is entered as %(number)s. Forward it to the bank.") % {"number": made})


def _forward(by: User, complaint: Complaint, given: dict[str, Any]) -> Complaint:
    """Run the action as it was entered, with the days of the edition: for several at once."""
    return forward_complaint(complaint=complaint, by=by)


def _about(complaint: Complaint) -> str:
    return " · ".join(filter(None, (str(complaint.bank), complaint.outlet_name, complaint.kind)))


def _waits_since(complaint: Complaint) -> dt.date | None:
    reply = complaint.reply_to_check
    return reply.answered_on if reply else complaint.due_date


def _what_happened(complaint: Complaint) -> str:
    """Say that there is no answer, or that it was late."""
    if complaint.is_forwarded:
        return gettext("not answered in time")
    return gettext("answered late") if complaint.days_late else ""


def _of_bank(bank: Bank) -> Iterable[tuple[Text, Model | None]]:
    """The founded complaints of a bank of this year and the last, for who looks at how it meets its duties."""
    today = clock.today()
    rows = complaints_of_period(bank, dt.date(today.year - 1, 1, 1), today).filter(founded=True)
    for complaint in rows[:LINKED]:
        yield _("Founded complaint"), complaint


LINKED = 20
"""So many founded complaints are linked from a bank's page."""

ENTERED = ("bank", "outlet_name", "case_number", "source", "reference", "received_on", "facts")
DUE_DATE = ("due_date", "period")
ASKED = ("demand", "rounds", "forwarded_on", "overdue_recorded_on", *DUE_DATE)
RESULT = ("founded", "result", "closed_on")
ANSWERED = ("complaint", "text", "due_date", "answered_on", "answered_at", "answered_by")
CHECKED = ("taken", "remark", "checked_at", "checked_by")

CASES = (
    Case(model=Bank, related=(_of_bank,)),
    Case(
        model=ComplaintReply,
        facts_in_journal={
            Verb.ANSWER_COMPLAINT: ANSWERED,
            Verb.SEND_BACK_COMPLAINT: CHECKED,
            Verb.CLOSE_COMPLAINT: CHECKED,
        },
    ),
    Case(
        model=Complaint,
        facts_in_journal={
            Verb.ENTER_COMPLAINT: (*ENTERED, "entered_at", "entered_by", "criterion"),
            Verb.FORWARD_COMPLAINT: (*ASKED, "criterion"),
            Verb.RECALCULATE_DUE: DUE_DATE,
            Verb.SEND_BACK_COMPLAINT: ASKED,
            Verb.CLOSE_COMPLAINT: RESULT,
            Verb.REOPEN_COMPLAINT: (*ASKED, *RESULT),
            Verb.RECORD_COMPLAINT_OVERDUE: ("overdue_recorded_on",),
            Verb.WITHDRAW_COMPLAINT: ("closed_on", "withdrawn_by", "withdrawal"),
        },
        officer=lambda complaint: complaint.entered_by,
        states={
            ComplaintState.RECEIVED: Shown(BUREAUS_TURN, next=_("Forward to the bank")),
            ComplaintState.FORWARDED: Shown(BANKS_TURN, next=_("Answer by the bank")),
            ComplaintState.ANSWERED: Shown(BUREAUS_TURN, next=_("Check the answer")),
            ComplaintState.CLOSED: Shown(DONE),
            ComplaintState.WITHDRAWN: Shown(STOPPED),
        },
        due=(
            Due(
                "due_date",
                "period",
                frozenset({ComplaintState.FORWARDED}),
                label=_("Answer to a complaint"),
                recalculate=recalculate_complaint,
            ),
        ),
        list_offers=(
            Offer(
                enter_complaint,
                _("Enter a complaint"),
                (
                    _("The bank is not told yet: forward the complaint on its page."),
                    _("No names, phone or ID numbers of citizens: what looks like one is refused."),
                    _("A complaint is not changed: one entered by mistake is withdrawn by another person."),
                ),
                form=lambda case: ComplaintForm,
                done=_entered,
            ),
        ),
        bulk_offers=(
            Offer(
                forward_complaint,
                _("Forward to the banks"),
                (
                    _(
                        "Each bank reads its complaint, and has to answer within the working days of the edition."
                    ),
                    _("The kind stays as it was entered."),
                ),
                run=_forward,
            ),
        ),
        offers=(
            Offer(
                forward_complaint,
                _("Forward to the bank"),
                (
                    _("The bank reads facts, source, number and due date, and gets a message."),
                    _("It answers here with evidence; a late answer is marked as late."),
                ),
                form=forward_form,
            ),
            Offer(
                close_complaint,
                _("Close the complaint"),
                (
                    _("The bank reads result and reasons."),
                    _("A founded complaint counts in the figures and is linked from the bank's page."),
                    _("It can be opened again with a reason."),
                ),
                form=lambda case: ResultForm,
            ),
            Offer(
                send_back_complaint,
                _("Send the answer back"),
                (_("The bank reads what is missing, and answers again by a new due date."),),
                form=again_form,
            ),
            Offer(
                reopen_complaint,
                _("Open it again"),
                (
                    _("The bank reads why, and answers again by a new due date."),
                    _("The earlier result stays in the journal and with the answer it was about."),
                ),
                form=again_form,
                aside=True,
            ),
            Offer(
                withdraw_complaint,
                _("Withdraw the complaint"),
                (
                    _("For a complaint that was entered by mistake, not to let a bank off its answer."),
                    _("It counts in no figures. If it was forwarded, the bank reads the reason."),
                    _("The number can be entered again."),
                ),
                form=lambda case: TextOfBureau,
                grave=True,
                aside=True,
            ),
        ),
        desk=ComplaintDesk,
        waiting=(
            Waiting(
                forward_complaint,
                _("Forward the complaint to the bank"),
                rows=lambda by: to_be_forwarded(),
                about=_about,
                since=lambda complaint: complaint.received_on,
            ),
            Waiting(
                close_complaint,
                _("Check the answer: close the complaint, or send it back"),
                rows=lambda by: to_be_closed(),
                about=_about,
                since=_waits_since,
                told=_what_happened,
                when=lambda complaint: not complaint.is_forwarded or complaint.is_overdue,
                for_bank=_("check the answer"),
            ),
        ),
        search=Search(
            case_number="case_number",
            names=("reference", "bank__name", "bank__former_names", "bank__former_codes"),
            codes=("bank__uscc",),
        ),
        sidebar=SidebarEntry(SidebarGroup.CASES, _("Complaints"), place=66),
        menu=(MenuEntry("inspections:complaints", _("Complaints"), place=46),),
        bank_offers=BANK_OFFERS,
        asked=(ASKED_ANSWER,),
        bank_page=page_of,
        bank_rows=seen_by,
        api=Api(
            "complaints",
            "bank case_number received_on criterion outlet facts demand state due_date "
            "founded result closed_on",
        ),
        home=next_steps,
        entries={
            Verb.ENTER_COMPLAINT: _("entered the complaint"),
            Verb.FORWARD_COMPLAINT: _("forwarded the complaint to the bank"),
            Verb.ANSWER_COMPLAINT: _("answered the complaint"),
            Verb.SEND_BACK_COMPLAINT: _("sent the answer back"),
            Verb.CLOSE_COMPLAINT: _("closed the complaint"),
            Verb.REOPEN_COMPLAINT: _("opened the complaint again"),
            Verb.WITHDRAW_COMPLAINT: _("withdrew the complaint"),
            Verb.RECORD_COMPLAINT_OVERDUE: _("recorded that the answer to the complaint is overdue"),
        },
        checks=(replies_agree,),
        receipts=(OF_ANSWER,),
        steps=STEPS,
    ),
    Case(
        model=ComplaintImport,
        states={
            ImportState.READ: Shown(BUREAUS_TURN, next=_("Take in")),
            ImportState.TAKEN_IN: Shown(DONE),
            ImportState.DISCARDED: Shown(STOPPED),
        },
        list_offers=OFFERS_ON_LIST,
        offers=OFFERS,
        desk=ComplaintImportDesk,
        waiting=(
            Waiting(
                import_complaints,
                _("Look at the rows of the list and take them in"),
                rows=lambda by: to_be_taken_in(),
                about=lambda read: str(read.get_source_display()),
                since=lambda read: clock.local_day(read.read_at),
            ),
        ),
        sidebar=SidebarEntry(SidebarGroup.CASES, _("Lists of complaints"), place=67),
        entries={
            Verb.READ_COMPLAINTS: _("read a list of complaints"),
            Verb.NAME_COMPLAINT_COLUMNS: _("said which column of the list is which"),
            Verb.IMPORT_COMPLAINTS: _("took in the complaints of a list"),
            Verb.DISCARD_COMPLAINTS: _("discarded a list of complaints"),
        },
        labels={"taken_in": _("complaints taken in"), "left_out": _("rows left out")},
        steps=IMPORT_STEPS,
    ),
)
