"""Declaration of fee notices: states, due date, actions, work items and words."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banks.register.models import Bank
from inspections.fees.actions.notices import enter_fee_notice, recalculate_fee_notice, withdraw_fee_notice
from inspections.fees.actions.payments import (
    confirm_fee_payment,
    record_fee_payment,
    send_back_fee_payment,
)
from inspections.fees.checks import payments_agree
from inspections.fees.desk import FeeNoticeDesk
from inspections.fees.forms import FeeNoticeForm, PaymentForm, arrival_form
from inspections.fees.models import FeeNotice, FeePayment
from inspections.fees.portal import ASKED_PAYMENT, BANK_OFFERS, OF_PAYMENT, next_steps, page_of
from inspections.fees.queries import late_notices, to_be_confirmed
from inspections.fees.states import FeeState
from inspections.fees.sweep import STEPS
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import by_day
from zsbank.base.cases.api import Api
from zsbank.base.cases.case import Case, Due
from zsbank.base.cases.forms import ReasonForm
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import MenuEntry, SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.turns import BANKS_TURN, BUREAUS_TURN, DONE, STOPPED, Shown, Text
from zsbank.base.cases.work import Waiting
from zsbank.base.permissions import Verb


def _enter(by: User, case: None, given: dict[str, Any]) -> FeeNotice:
    """Run the action with the input of the form."""
    return enter_fee_notice(by=by, document_name=given["document"].name, **given)


def _entered(made: object) -> Text:
    """Say the number, and what comes next."""
    return str(_("Notice %(number)s has been entered, and the bank has been told.") % {"number": made})


def _record(by: User, notice: FeeNotice, given: dict[str, Any]) -> FeeNotice:
    """Run the action with the input of the form."""
    return record_fee_payment(notice=notice, by=by, proof_name=given["proof"].name, **given)


def _in_one_line(notice: FeeNotice) -> tuple[str, ...]:
    """Return bank, amount and due date, to be compared with the payment."""
    words = gettext("%(bank)s: %(amount)s yuan, to be paid %(day)s")
    return (words % {"bank": notice.bank, "amount": notice.yuan, "day": by_day(notice.due_date)},)


def _stated_on(notice: FeeNotice) -> dt.date | None:
    """Return the day on which the bank stated the payment that waits for its check."""
    payment = notice.payment_to_check
    return clock.local_day(payment.stated_at) if payment else None


def _late_of(bank: Bank) -> Iterable[tuple[Text, Model | None]]:
    """The late notices of a bank that were due in this year or the last, for who looks at how it meets its duties."""
    today = clock.today()
    for notice in late_notices(bank, dt.date(today.year - 1, 1, 1), today)[:LINKED]:
        yield _("Late fee notice"), notice


LINKED = 20
"""So many late notices are linked from a bank's page."""

PRINTED = (
    "bank",
    "number",
    "year",
    "covers",
    "amount",
    "issued_on",
    "stated_due_date",
    "document",
    "entered_at",
    "entered_by",
)
DUE_DATE = ("due_date", "period")
PAID = ("paid_on", "closed_on")
STATED = ("notice", "paid_on", "remark", "proof", "by_bureau", "stated_at", "stated_by")
CHECKED = ("confirmed", "checked_at", "checked_by", "reply")

CASES = (
    Case(model=Bank, related=(_late_of,)),
    Case(
        model=FeePayment,
        facts_in_journal={
            Verb.STATE_FEE_PAYMENT: STATED,
            Verb.CONFIRM_FEE_PAYMENT: CHECKED,
            Verb.SEND_BACK_FEE_PAYMENT: CHECKED,
            Verb.RECORD_FEE_PAYMENT: (*STATED, *CHECKED),
        },
    ),
    Case(
        model=FeeNotice,
        facts_in_journal={
            Verb.ENTER_FEE_NOTICE: (*PRINTED, *DUE_DATE),
            Verb.RECALCULATE_DUE: DUE_DATE,
            Verb.STATE_FEE_PAYMENT: ("paid_on",),
            Verb.SEND_BACK_FEE_PAYMENT: ("paid_on",),
            Verb.CONFIRM_FEE_PAYMENT: PAID,
            Verb.RECORD_FEE_PAYMENT: PAID,
            Verb.RECORD_FEE_OVERDUE: ("overdue_recorded_on",),
            Verb.WITHDRAW_FEE_NOTICE: ("closed_on", "withdrawn_by", "withdrawal"),
        },
        officer=lambda notice: notice.entered_by,
        states={
            FeeState.OPEN: Shown(BANKS_TURN, next=_("Payment by the bank")),
            FeeState.STATED: Shown(BUREAUS_TURN, next=_("Check the payment")),
            FeeState.PAID: Shown(DONE),
            FeeState.WITHDRAWN: Shown(STOPPED),
        },
        due=(
            Due(
                "due_date",
                "period",
                frozenset({FeeState.OPEN}),
                label=_("Payment of a fee notice"),
                recalculate=recalculate_fee_notice,
            ),
        ),
        list_offers=(
            Offer(
                enter_fee_notice,
                _("Enter a fee notice"),
                (
                    _("The bank reads at once what it has to pay and by when, and gets a message."),
                    _(
                        "It states the payment here with its proof; an inspector confirms that the money arrived."
                    ),
                    _("A notice is not changed: one entered wrongly is withdrawn by another person."),
                ),
                form=lambda case: FeeNoticeForm,
                run=_enter,
                done=_entered,
            ),
        ),
        offers=(
            Offer(
                confirm_fee_payment,
                _("Confirm the payment"),
                (
                    _("The notice is closed as paid, and the bank is told the day."),
                    _("If the money arrived after the due date, the notice stays marked as paid late."),
                ),
                form=arrival_form,
                notes=_in_one_line,
            ),
            Offer(
                send_back_fee_payment,
                _("Send the statement back"),
                (
                    _(
                        "The bank reads the reason and states the payment again; the due date does not change."
                    ),
                    _("If the due date has passed, the notice is overdue again."),
                ),
                form=lambda case: ReasonForm,
            ),
            Offer(
                record_fee_payment,
                _("Record a payment"),
                (
                    _("For money that arrived although the bank has not stated it here."),
                    _("The notice is closed as paid, and the bank is told the day."),
                ),
                form=lambda case: PaymentForm,
                run=_record,
                notes=_in_one_line,
            ),
            Offer(
                withdraw_fee_notice,
                _("Withdraw the notice"),
                (
                    _("For a notice that was entered wrongly, not to let a bank off its payment."),
                    _("The bank reads the reason, and has nothing to pay on this entry."),
                    _("The number can be entered again, with what is on the paper."),
                ),
                form=lambda case: ReasonForm,
                grave=True,
                aside=True,
            ),
        ),
        bank_offers=BANK_OFFERS,
        api=Api(
            "fee-notices",
            "bank number year covers amount state issued_on due_date paid_on closed_on",
        ),
        desk=FeeNoticeDesk,
        waiting=(
            Waiting(
                confirm_fee_payment,
                _("Confirm the payment, or send the statement back"),
                rows=lambda by: to_be_confirmed(),
                about=lambda notice: f"{notice.bank} · {notice.yuan}",
                since=_stated_on,
                for_bank=_("check that the money arrived"),
            ),
        ),
        search=Search(
            names=("number", "bank__name", "bank__former_names", "bank__former_codes"), codes=("bank__uscc",)
        ),
        sidebar=SidebarEntry(SidebarGroup.CASES, _("Fee notices"), place=65),
        menu=(MenuEntry("inspections:fees", _("Fee notices"), place=45),),
        asked=(ASKED_PAYMENT,),
        bank_page=page_of,
        home=next_steps,
        entries={
            Verb.ENTER_FEE_NOTICE: _("entered the fee notice"),
            Verb.STATE_FEE_PAYMENT: _("stated the payment"),
            Verb.CONFIRM_FEE_PAYMENT: _("confirmed that the money arrived"),
            Verb.SEND_BACK_FEE_PAYMENT: _("sent the stated payment back"),
            Verb.RECORD_FEE_PAYMENT: _("recorded a payment"),
            Verb.WITHDRAW_FEE_NOTICE: _("withdrew the fee notice"),
            Verb.RECORD_FEE_OVERDUE: _("recorded that the fee notice is overdue"),
        },
        labels={"days_late": _("calendar days late")},
        checks=(payments_agree,),
        receipts=(OF_PAYMENT,),
        steps=STEPS,
    ),
)
