"""Actions on settings aside: propose, accept, decline, withdraw; and what accepting one does to what followed."""

import datetime as dt

from django.core.files import File
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks.register.actions import next_case_number
from inspections.determinations.models import Determination
from inspections.determinations.states import DeterminationState
from inspections.rectification.actions.orders import settle_standing, withdraw_order
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import BINDING, OrderState
from inspections.setting_aside.actions.messages import (
    ask_deciders,
    notify_bank,
    tell_deciders_of_withdrawal,
    tell_proposer,
)
from inspections.setting_aside.letters import letter_of
from inspections.setting_aside.models import SettingAside
from inspections.setting_aside.rules import (
    is_possible_day,
    may_accept,
    may_decide,
    may_propose,
    may_withdraw,
)
from inspections.setting_aside.terms import Basis
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_upload
from zsbank.base.journal.facts import ask_journal
from zsbank.base.letters import actions as letters
from zsbank.base.permissions import Verb
from zsbank.base.refusals import filled


@action(
    Verb.PROPOSE_SETTING_ASIDE,
    on="determination",
    states=frozenset({DeterminationState.MADE}),
    rule=may_propose,
    makes=True,
)
def propose_setting_aside(
    *,
    determination: Determination,
    by: User,
    basis: Basis,
    document_number: str,
    document_date: dt.date,
    reason: str,
    document: File,  # type: ignore[type-arg]
    document_name: str,
) -> SettingAside:
    """Propose to set a determination aside on a document; the bank is not told, and nothing follows yet.

    Args:
        basis: who found that it does not stand.
        document_number: the number of that document.
        document_date: its date (local date).
        reason: why the determination does not stand; the bank reads it in the letter.
        document: the document.
        document_name: its file name as given by the person.

    Raises:
        NotAllowed: the role.
        WrongState: the determination is proposed only or set aside already, or the same is proposed already.
        Incomplete: the number or the reason is empty.
        Refused: an exit in effect rests on the determination (code "exit_in_effect"), or the day is impossible.
        FileRefused: the document's content is not accepted.
    """
    is_possible_day(document_date, determination).require()
    setting_aside: SettingAside = SettingAside.objects.create(
        bank=determination.bank,
        determination=determination,
        case_number=next_case_number("CX"),
        basis=basis,
        document_number=filled(document_number, _("Enter the number of the document.")),
        document_date=document_date,
        reason=filled(reason, _("State the reason: the bank reads it in the letter.")),
        document=store_upload(content=document, name=document_name, by=by),
        proposed_at=clock.now(),
        proposed_by=by,
    )
    data = {"basis": basis, "document_number": setting_aside.document_number, "date": document_date}
    record(subject=setting_aside, reason=setting_aside.reason, data=data)
    ask_deciders(setting_aside)
    return setting_aside


@action(Verb.ACCEPT_SETTING_ASIDE, on="setting_aside", moves=SettingAside.accept, rule=may_accept)
def accept_setting_aside(*, setting_aside: SettingAside, by: User, remark: str = "") -> SettingAside:
    """Set the determination aside: letter, what followed from it, entries and messages in one transaction.

    The order that rests on it is withdrawn, also after it was accepted or lapsed, and the bank is qualified again if
    no other order binds it. A ground of an exit case that rests on it falls with it: the case cannot be signed on it
    from now on, the sweep records the end, and a person closes the case. An exit in effect on other grounds stays.

    Args:
        remark: what was weighed; the bank does not read it.

    Raises:
        NotAllowed: the role, a declared conflict, or the person proposed it (four eyes).
        WrongState: it is decided or withdrawn already.
        Refused: an exit in effect rests on the determination by now (code "exit_in_effect"), or the journal
            contradicts the determination (code "contradicted").
    """
    determination = setting_aside.determination
    ask_journal(setting_aside, determination)
    letter = letters.sign(data=letter_of(setting_aside), case=setting_aside, by=by)
    setting_aside.accept()
    setting_aside.letter, setting_aside.decision = letter, remark.strip()
    _decide(setting_aside, by, "letter")
    record(reason=setting_aside.decision, data={"letter": str(letter)})
    set_aside_determination(
        determination=determination, by=by, reason=f"{setting_aside.case_number} {letter}"
    )
    _withdraw_what_followed(setting_aside, by)
    notify_bank(setting_aside)
    said = format_lazy(gettext_lazy("Letter number: {letter}."), letter=letter)
    tell_proposer(setting_aside, gettext_lazy("The determination is set aside"), said)
    return setting_aside


@action(Verb.SET_ASIDE_DETERMINATION, on="determination", moves=Determination.set_aside, inner=True)
def set_aside_determination(*, determination: Determination, by: User, reason: str) -> Determination:
    """Set a determination aside, inside the action of the decider; what it says and by whom it was made stays.

    Args:
        reason: the numbers of case and letter.

    Raises:
        WrongState: it was not made, or is set aside already.
    """
    determination.set_aside()
    determination.save(update_fields=["state"])
    record(reason=reason)
    return determination


def _withdraw_what_followed(setting_aside: SettingAside, by: User) -> None:
    """Withdraw the order that rests on the determination, unless it ended otherwise; the bank's standing follows."""
    live = {*BINDING, OrderState.ACCEPTED}
    rows = RectificationOrder.objects.filter(determination=setting_aside.determination_id, state__in=live)
    order = rows.first()
    if order is None:
        return
    was_binding = order.state in BINDING
    said = gettext_lazy("The determination on which it rests is set aside. Letter number: {letter}.")
    order = withdraw_order(
        order=order,
        by=by,
        reason=f"{setting_aside.case_number} {setting_aside.letter}",
        why=format_lazy(said, letter=setting_aside.letter),
    )
    if was_binding:
        settle_standing(order, by)


@action(Verb.DECLINE_SETTING_ASIDE, on="setting_aside", moves=SettingAside.decline, rule=may_decide)
def decline_setting_aside(*, setting_aside: SettingAside, by: User, reason: str) -> SettingAside:
    """Let the determination stand; who proposed to set it aside is told the reason, the bank is not.

    Raises:
        NotAllowed: the role, a declared conflict, or the person proposed it (four eyes).
        WrongState: it is decided or withdrawn already.
        Incomplete: the reason is empty.
    """
    setting_aside.decline()
    setting_aside.decision = filled(reason, _("Enter the reason for declining."))
    _decide(setting_aside, by)
    record(reason=setting_aside.decision)
    said = format_lazy(gettext_lazy("Reason: {reason}"), reason=setting_aside.decision)
    tell_proposer(setting_aside, gettext_lazy("The determination is not set aside"), said)
    return setting_aside


@action(Verb.WITHDRAW_SETTING_ASIDE, on="setting_aside", moves=SettingAside.withdraw, rule=may_withdraw)
def withdraw_setting_aside(*, setting_aside: SettingAside, by: User, reason: str) -> SettingAside:
    """Withdraw a proposal to set a determination aside; a colleague does it if who proposed it no longer can.

    Raises:
        NotAllowed: the role, or another person proposed it and can withdraw it.
        WrongState: it is decided or withdrawn already.
        Incomplete: the reason is empty.
    """
    setting_aside.withdraw()
    setting_aside.decision = filled(reason, _("Enter the reason for withdrawing."))
    setting_aside.save(update_fields=["state", "decision"])
    record(reason=setting_aside.decision)
    tell_deciders_of_withdrawal(setting_aside)
    return setting_aside


def _decide(setting_aside: SettingAside, by: User, *also: str) -> None:
    """Store who decided and when, with the fields of the decision."""
    setting_aside.decided_by, setting_aside.decided_at = by, clock.now()
    setting_aside.save(update_fields=["state", "decision", "decided_by", "decided_at", *also])
