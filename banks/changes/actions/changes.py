"""Actions on changes of a bank's data: request, enter, withdraw, accept, decline."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks.changes.actions.divisions import enter_divisions
from banks.changes.actions.entering import Documents, Into, division_in_journal, enter
from banks.changes.actions.messages import (
    confirm_to_bank,
    notify_bank,
    tell_deciders_of_withdrawal,
    tell_officer,
)
from banks.changes.actions.register import enter_in_register, enter_successor
from banks.changes.models import BankChange
from banks.changes.queries import lines_of
from banks.changes.rules import (
    are_valid,
    changed_pairs,
    may_accept,
    may_decide,
    may_enter,
    may_enter_succession,
    may_request,
    may_succeed,
    may_take,
    may_withdraw,
)
from banks.changes.terms import ChangeKind
from banks.register import identifiers
from banks.register.models import Bank
from banks.register.terms import BankField
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import later_in_words
from zsbank.base.journal.facts import held
from zsbank.base.permissions import Verb
from zsbank.base.refusals import filled


@action(Verb.REQUEST_BANK_CHANGE, on="bank", rule=may_request, makes=True)
def request_change(
    *, bank: Bank, by: User, values: Mapping[str, str], changed_on: dt.date, reason: str, documents: Documents
) -> BankChange:
    """Request a change of the bank's data; the register changes when the bureau accepts it.

    Args:
        values: by `BankField`; only what differs from the register counts.
        changed_on: the day on which it changed (local date).
        documents: at least one, such as the approval of the change or the new business licence.

    Raises:
        NotAllowed: the role.
        Incomplete: the reason is empty, or there is no document.
        Refused: nothing differs, a value is not valid, the day is after today, or another request is open.
        FileRefused: a document's content is not accepted.
    """
    pairs = changed_pairs(bank, values)
    are_valid(pairs).require()
    change = enter(bank, by, ChangeKind.DATA, pairs, changed_on, reason, documents, by_bank=True)
    then = gettext_lazy(
        "The register changes when the bureau decides; until then you may withdraw the request."
    )
    confirm_to_bank(change, by, "requested", gettext_lazy("the request to change the bank's data"), then)
    return change


@action(Verb.ENTER_BANK_CHANGE, on="bank", rule=may_enter, makes=True)
def enter_change(
    *, bank: Bank, by: User, values: Mapping[str, str], changed_on: dt.date, reason: str, documents: Documents
) -> BankChange:
    """Enter a change of a bank's data from a document; another person decides it.

    Args:
        values, changed_on, documents: as of `request_change`.

    Raises:
        NotAllowed: the role.
        Incomplete: the reason is empty, or there is no document.
        Refused: nothing differs, a value is not valid, the day is after today, or another change is open.
        FileRefused: a document's content is not accepted.
    """
    pairs = changed_pairs(bank, values)
    are_valid(pairs).require()
    return enter(bank, by, ChangeKind.DATA, pairs, changed_on, reason, documents)


@action(Verb.ENTER_NEW_USCC, on="bank", rule=may_enter, makes=True)
def enter_new_uscc(
    *, bank: Bank, by: User, uscc: str, changed_on: dt.date, reason: str, documents: Documents
) -> BankChange:
    """Enter a new unified social credit code of the same legal entity; another person decides it.

    Raises:
        NotAllowed: the role.
        Incomplete: the reason is empty, or there is no document.
        Refused: the code is not valid, not new or another bank's, the day is after today, or another change is open.
        FileRefused: a document's content is not accepted.
    """
    code = identifiers.normalise(uscc)
    may_take(code, bank).require()
    pairs = {BankField.USCC.value: [bank.uscc, code]} if code != bank.uscc else {}
    are_valid(pairs).require()
    return enter(bank, by, ChangeKind.USCC, pairs, changed_on, reason, documents)


@action(Verb.ENTER_SUCCESSION, on="bank", rule=may_enter_succession, makes=True)
def enter_succession(
    *, bank: Bank, by: User, successor: Bank, changed_on: dt.date, reason: str, documents: Documents
) -> BankChange:
    """Enter that a bank was absorbed by another bank of the register (公司法 221, 民法典 67); another decides.

    Raises:
        NotAllowed: the role.
        Incomplete: the reason is empty, or there is no document.
        Refused: the successor is the bank itself or was absorbed, the day is after today, or another change is open.
        FileRefused: a document's content is not accepted.
    """
    may_succeed(successor, bank).require()
    return enter(
        bank, by, ChangeKind.SUCCESSION, {}, changed_on, reason, documents, into=Into(successor=successor)
    )


@action(Verb.WITHDRAW_BANK_CHANGE, on="change", moves=BankChange.withdraw, rule=may_withdraw)
def withdraw_change(*, change: BankChange, by: User) -> BankChange:
    """Withdraw the bank's own request, until it is decided.

    Raises:
        NotAllowed: the role.
        WrongState: it is decided or withdrawn.
        Refused: the bureau entered the change.
    """
    change.withdraw()
    change.save(update_fields=["state"])
    record(data={"changed": change.pairs})
    tell_deciders_of_withdrawal(change)
    what = gettext_lazy("the withdrawal of the request to change the bank's data")
    confirm_to_bank(change, by, "withdrawn", what, gettext_lazy("The register stays as it is."))
    return change


@action(Verb.ACCEPT_BANK_CHANGE, on="change", moves=BankChange.accept, rule=may_accept)
def accept_change(*, change: BankChange, by: User, remark: str = "") -> BankChange:
    """Accept the change: the register changes, and the former values are kept.

    Standing, orders, bar and duties stay as they are; letters keep the text with which they were signed.

    Args:
        remark: what was weighed, such as why a warning does not matter.

    Raises:
        NotAllowed: the role, or the person entered the change (four eyes).
        WrongState: it is decided or withdrawn.
        Refused: the register does not hold the old values any more, or the new code or successor does not fit.
    """
    change.decision = remark.strip()
    _decide(change, by)
    change.accept()
    change.save(update_fields=["state", "decided_at", "decided_by", "decision"])
    day = change.changed_on
    if change.is_division:
        enter_divisions(change, by)
        what: dict[str, Any] = division_in_journal(change)
    elif change.successor is not None:
        enter_successor(change)
        what = {"successor": str(change.successor)}
    else:
        enter_in_register(change)
        what = {"changed": change.pairs}
    facts = held(Verb.ACCEPT_BANK_CHANGE, change.bank)
    record(reason=change.decision, effective_on=day, data=what | facts)
    body = format_lazy(
        gettext_lazy("The bank's data in the register have changed; date of the change: {day}. {lines}"),
        day=later_in_words(day),
        lines=_lines(change),
    )
    notify_bank(change, gettext_lazy("The bank's data have changed"), body)
    tell_officer(change, gettext_lazy("The change of the bank's data is accepted"))
    return change


@action(Verb.DECLINE_BANK_CHANGE, on="change", moves=BankChange.decline, rule=may_decide)
def decline_change(*, change: BankChange, by: User, reason: str) -> BankChange:
    """Decline the change; the register stays as it is.

    Raises:
        NotAllowed: the role, or the person entered the change (four eyes).
        WrongState: it is decided or withdrawn.
        Incomplete: the reason is empty.
    """
    change.decision = filled(reason, _("Enter the reason."))
    _decide(change, by)
    change.decline()
    change.save(update_fields=["state", "decided_at", "decided_by", "decision"])
    record(reason=change.decision, data={"changed": change.pairs})
    if change.by_bank:
        body = format_lazy(
            gettext_lazy("The register stays as it is. Reason: {reason}"), reason=change.decision
        )
        notify_bank(change, gettext_lazy("The request to change the bank's data is declined"), body)
    tell_officer(change, gettext_lazy("The change of the bank's data is declined"))
    return change


def _decide(change: BankChange, by: User) -> None:
    change.decided_at, change.decided_by = clock.now(), by


def _lines_now(change: BankChange) -> str:
    """Return what changed, in the language of the moment."""
    return "；".join(map(str, lines_of(change)))


_lines = lazy(_lines_now, str)
