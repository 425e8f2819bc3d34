"""Inner actions of a takeover: bank, letter on paper, qualification, and its end; run inside the confirmation."""

import datetime as dt

from banks.papers.models import PaperLetter
from banks.papers.terms import PaperKind
from banks.register.models import Bank, Qualification
from banks.register.rules import is_in_force, is_new
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Period
from zsbank.base.files.models import StoredFile
from zsbank.base.journal.facts import held
from zsbank.base.permissions import Verb


@action(Verb.TAKE_OVER_BANK, makes=True, inner=True)
def take_over_bank(*, data: dict[str, str], by: User) -> Bank:
    """Register a bank as an applicant, marked as taken over.

    Args:
        data: as `checked_data` returned them.

    Raises:
        Refused: the bank is registered already.
    """
    is_new(data["uscc"]).require()
    return Bank.objects.create(**data, taken_over_on=clock.today())


@action(Verb.TAKE_OVER_BANK, on="bank", inner=True)
def mark_bank(*, bank: Bank, by: User) -> Bank:
    """Mark a registered bank: what it held before this register is taken over."""
    bank.taken_over_on = clock.today()
    bank.save(update_fields=["taken_over_on"])
    return bank


@action(Verb.TAKE_OVER_LETTER, on="bank", makes=True, inner=True)
def take_over_letter(
    *,
    bank: Bank,
    kind: PaperKind,
    number: str,
    date: dt.date,
    signer: str,
    file: StoredFile | None,
    takeover_number: str,
    by: User,
) -> PaperLetter:
    """Enter a letter on paper in the register.

    Args:
        number: as printed on it.
        date: its date of issue (local date).
        signer: who signed it, as printed.
        file: the scan; only a result goes without.
        takeover_number: the takeover with which it was entered.
    """
    letter = PaperLetter.objects.create(
        bank=bank,
        kind=kind,
        number=number,
        date=date,
        signer=signer,
        file=file,
        taken_over_on=clock.today(),
        takeover_number=takeover_number,
    )
    record(subject=letter, reason=takeover_number, effective_on=date)
    return letter


@action(Verb.TAKE_OVER_QUALIFICATION, on="bank", moves=Bank.admit, inner=True)
def take_over_qualification(
    *,
    bank: Bank,
    by: User,
    paper: PaperLetter,
    effective_from: dt.date,
    issuing_from: dt.date | None,
    review_approval_number: str,
    review_approval_date: dt.date | None,
) -> Qualification:
    """Give the bank the qualification that it holds on paper, with effect from its real day.

    Args:
        paper: the letter of the decision.
        effective_from: the day from which it has been in effect (local date).
        issuing_from: the first day on which cards might be issued (local date); None while criterion 8 is open.
        review_approval_number, review_approval_date: the central bank's approval.

    Raises:
        WrongState: the bank is not an applicant.
    """
    bank.admit()
    bank.save(update_fields=["standing", "bar_last_day", "may_apply_from", "bar_period"])
    qualification = Qualification.objects.create(
        bank=bank,
        effective_from=effective_from,
        issuing_from=issuing_from,
        takeover_note=str(paper),
        paper=paper,
        review_approval_number=review_approval_number,
        review_approval_date=review_approval_date,
    )
    data = held(Verb.TAKE_OVER_QUALIFICATION, qualification)
    record(reason=str(paper), effective_on=effective_from, data=data)
    return qualification


@action(Verb.TAKE_OVER_READMISSION, on="bank", moves=Bank.release, inner=True)
def end_bar_for_readmission(*, bank: Bank, by: User, on: dt.date, reason: str) -> Bank:
    """End the bar on the day on which the bank was admitted again on paper, although it ran; the paper is the fact.

    Args:
        on: the day from which the later qualification was in effect (local date).
        reason: the number of the exit case.

    Raises:
        WrongState: the bank is not barred.
    """
    bank.release()
    bank.save(update_fields=["standing"])
    record(reason=reason, effective_on=on)
    return bank


@action(Verb.TAKE_OVER_END, on="qualification", within="bank", moves=Bank.leave, rule=is_in_force, inner=True)
def end_taken_over(*, qualification: Qualification, by: User, on: dt.date, bar: Period, reason: str) -> Bank:
    """End a qualification on the day on which it was cancelled on paper; the bar runs from that day (exit （四）).

    Args:
        on: the day of cancellation (local date).
        bar: the bar, calculated from that day.
        reason: the number of the exit case.

    Raises:
        WrongState: the qualification is cancelled already.
    """
    qualification.cancelled_on = on
    qualification.save(update_fields=["cancelled_on"])
    bank = qualification.bank
    bank.leave(bar)
    bank.save(update_fields=["standing", "bar_last_day", "may_apply_from", "bar_period"])
    data = {"bar_last_day": bar.last_day} | held(Verb.TAKE_OVER_END, qualification)
    record(subject=bank, reason=reason, effective_on=on, data=data)
    return bank
