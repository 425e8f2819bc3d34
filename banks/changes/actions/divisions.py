"""Divisions of a bank: entered by one person; who came out of it, and to whom the qualification goes, when accepted."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from banks.changes.actions.entering import Documents, Into, enter
from banks.changes.actions.messages import notify_successor_of_division
from banks.changes.models import BankChange
from banks.changes.queries import letters_about, rows_under
from banks.changes.rules import may_divide, may_enter_division
from banks.changes.terms import ChangeKind
from banks.register.actions import begin_rectification
from banks.register.models import Bank, Division, Qualification
from banks.register.rules import is_barred, is_in_force, may_carry_on, qualification_in_force
from banks.register.states import Standing
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.rows import lock
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import later_in_words
from zsbank.base.journal.facts import held
from zsbank.base.notices.terms import Words
from zsbank.base.permissions import Verb


@action(Verb.ENTER_DIVISION, on="bank", rule=may_enter_division, makes=True)
def enter_division(
    *,
    bank: Bank,
    by: User,
    kind: ChangeKind,
    successors: Sequence[Bank],
    carrier: Bank | None,
    changed_on: dt.date,
    reason: str,
    documents: Documents,
) -> BankChange:
    """Enter that other banks of the register came out of the division of a bank (公司法 222, 223); another decides.

    Args:
        kind: whether the bank goes on (派生分立) or ends (新设分立).
        successors: the banks that came out of it, without the bank itself.
        carrier: to which of them the qualification goes, as the document says, with open orders and cases; None if
            it stays.

    Raises:
        NotAllowed: the role.
        Incomplete: the reason is empty, or there is no document.
        Refused: too few banks, one that ended or is a predecessor, a carrier that is barred or qualified itself, the
            day is after today, or another change is open.
        FileRefused: a document's content is not accepted.
    """
    may_divide(bank, kind, successors, carrier).require()
    into = Into(successors=successors, carrier=carrier)
    return enter(bank, by, kind, {}, changed_on, reason, documents, into=into)


def enter_divisions(change: BankChange, by: User) -> None:
    """Write who came out of the bank, let the qualification go to the carrier, and tell each successor.

    Raises:
        Refused: a successor or the carrier does not fit any more.
    """
    bank = change.bank
    successors = [lock(one) for one in change.successors.order_by("pk")]
    may_divide(bank, ChangeKind(change.kind), successors, change.carrier).require()
    divisions = [_divided(change, one) for one in successors]
    qualification = qualification_in_force(bank)
    if qualification is not None:
        carrier = next((one for one in divisions if one.carries_on), None)
        if carrier is not None:
            _pass_on(qualification, carrier, change, by)
    for one in divisions:
        notify_successor_of_division(change, one, _what_passes(one))


def _divided(change: BankChange, successor: Bank) -> Division:
    division: Division = Division.objects.create(
        divided=change.bank,
        successor=successor,
        on=change.changed_on,
        ends_divided=change.kind == ChangeKind.SPLIT_UP,
        carries_on=successor.pk == change.carrier_id,
        case_number=change.case_number,
    )
    return division


def _pass_on(qualification: Qualification, division: Division, change: BankChange, by: User) -> None:
    """Let the qualification go to the successor, with all that was decided under it, and the letters about it."""
    rows: list[Any] = list(rows_under(qualification))
    division.letters.set(letters_about(qualification, rows))
    was, reason, day = qualification.bank.standing, change.case_number, change.changed_on
    pass_on_qualification(qualification=qualification, by=by, reason=reason, on=day)
    for row in (qualification, *rows):
        row.bank = division.successor
        row.save(update_fields=["bank"])
    bank = carry_on_qualification(
        bank=division.successor, rows=(qualification, *rows), by=by, reason=reason, on=day
    )
    if was == Standing.UNDER_RECTIFICATION:
        begin_rectification(bank=bank, by=by, reason=reason, on=day)


@action(
    Verb.PASS_ON_QUALIFICATION,
    on="qualification",
    within="bank",
    moves=Bank.pass_on,
    rule=is_in_force,
    inner=True,
)
def pass_on_qualification(*, qualification: Qualification, by: User, reason: str, on: dt.date) -> Bank:
    """Let a divided bank give its qualification to the bank that carries it on; no bar begins.

    Args:
        reason: the number of the change.
        on: the day of the division (local date).

    Raises:
        WrongState: the qualification is cancelled.
    """
    bank = qualification.bank
    bank.pass_on()
    bank.save(update_fields=["standing"])
    record(subject=bank, reason=reason, effective_on=on)
    return bank


@action(Verb.CARRY_ON_QUALIFICATION, on="bank", moves=Bank.carry_on, rule=may_carry_on, inner=True)
def carry_on_qualification(*, bank: Bank, rows: Sequence[Model], by: User, reason: str, on: dt.date) -> Bank:
    """Let a bank that came out of a division carry the divided bank's qualification on.

    Args:
        rows: what is this bank's from now on, as the entry says.
        reason: the number of the change.
        on: the day of the division (local date).

    Raises:
        WrongState: the bank is no applicant.
        Refused: it is barred, or ended itself.
    """
    bank.carry_on()
    bank.save(update_fields=["standing"])
    record(reason=reason, effective_on=on, data=held(Verb.CARRY_ON_QUALIFICATION, *rows))
    return bank


def _what_passes(division: Division) -> Words:
    """Return what a successor is told: whence it came, that it is bound jointly, and what went to it."""
    divided = division.divided
    said: Words = format_lazy(
        gettext_lazy(
            "Your bank came out of the division of {bank} ({code}) on {day}. For what {bank} owes under the mechanism "
            "from before that day your bank is answerable jointly with all banks after the division."
        ),
        bank=divided.name,
        code=divided.uscc,
        day=later_in_words(division.on),
    )
    if is_barred(divided, on=clock.today()) and divided.bar_last_day is not None:
        said = format_lazy(
            gettext_lazy(
                "{divided} Its reapplication bar of five years binds your bank; its last day is {day}."
            ),
            divided=said,
            day=later_in_words(divided.bar_last_day),
        )
    if division.carries_on:
        said = format_lazy(
            gettext_lazy(
                "{divided} The issuing qualification goes to your bank, with open orders and cases."
            ),
            divided=said,
        )
    return said
