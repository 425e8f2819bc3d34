"""Actions on the register: banks, vendors, qualifications, and where a bank stands."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from banks.register import identifiers
from banks.register.models import Bank, CardVendor, CaseCounter, Qualification
from banks.register.rules import may_allow_issuing, qualification_in_force, require
from banks.register.states import Standing
from banks.register.terms import BankCategory
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Period
from zsbank.base.files.models import StoredFile
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused, WrongState


def lock(bank_id: int) -> Bank:
    """The bank as it stands now, its row locked until the verb is done.

    Every verb that may move a standing takes this lock before any other, so that no two wait for each other.
    """
    return Bank.objects.select_for_update(no_key=True).get(pk=bank_id)


@transaction.atomic(durable=True)
def register_bank(
    *, name: str, uscc: str, category: BankCategory, license_institution_code: str, address: str, by: User
) -> Bank:
    """Enter a bank in the register as an applicant, known by its unified social credit code (criteria 1 and 2).

    Raises:
        Refused: the code is not valid, or the bank is registered already.
    """
    require(by, Verb.REGISTER_BANK)
    code, licence = identifiers.normalise(uscc), identifiers.normalise(license_institution_code)
    identifiers.check_uscc(code).require()
    identifiers.check_licence(licence).require()
    if Bank.objects.filter(uscc=code).exists():
        raise Refused(_("A bank with this unified social credit code is registered already."), "taken")
    bank = Bank.objects.create(
        name=name.strip(),
        uscc=code,
        category=category,
        license_institution_code=licence,
        address=address.strip(),
    )
    journal.record(verb=Verb.REGISTER_BANK, by=by, subject=bank, uscc=code, to_state=bank.standing)
    return bank


@transaction.atomic(durable=True)
def demand_second_factor(*, bank: Bank, demanded: bool, by: User) -> Bank:
    """The bank's administrator says whether its people sign in with a second factor only."""
    require(by, Verb.DEMAND_SECOND_FACTOR, bank=bank)
    bank = lock(bank.pk)
    if bank.second_factor_required == demanded:
        raise WrongState.moved_on()
    bank.second_factor_required = demanded
    bank.save(update_fields=["second_factor_required"])
    changed = {"second_factor_required": [not demanded, demanded]}
    journal.record(
        verb=Verb.DEMAND_SECOND_FACTOR, by=by, subject=bank, uscc=bank.uscc, data={"changed": changed}
    )
    return bank


@transaction.atomic(durable=True)
def register_vendor(
    *, name: str, uscc: str, tender_number: str, tender_from: dt.date, tender_until: dt.date, by: User
) -> CardVendor:
    """Enter a card maker that the bureau's tender chose, with the term of the tender, both days included."""
    require(by, Verb.REGISTER_VENDOR)
    code = identifiers.normalise(uscc)
    identifiers.check_uscc(code).require()
    if tender_until < tender_from:
        raise Refused(_("The tender's term ends before it begins."))
    if CardVendor.objects.filter(uscc=code).exists():
        raise Refused(_("This card vendor is registered already."), "taken")
    vendor = CardVendor.objects.create(
        name=name.strip(),
        uscc=code,
        tender_number=tender_number.strip(),
        tender_from=tender_from,
        tender_until=tender_until,
    )
    journal.record(verb=Verb.REGISTER_VENDOR, by=by, subject=vendor)
    return vendor


@transaction.atomic
def admit(
    *,
    bank: Bank,
    by: User,
    reason: str,
    issuing_from: dt.date | None,
    review_approval_number: str = "",
    review_approval_date: dt.date | None = None,
) -> Qualification:
    """Give the bank the qualification from today; called inside the decision that admits it."""
    bank = lock(bank.pk)
    if bank.standing != Standing.APPLICANT:
        raise WrongState.moved_on()
    before = bank.standing
    bank.admit()
    bank.save(update_fields=["standing", "bar_last_day", "may_apply_from", "bar_period"])
    qualification = Qualification.objects.create(
        bank=bank,
        effective_from=clock.today(),
        issuing_from=issuing_from,
        review_approval_number=review_approval_number,
        review_approval_date=review_approval_date,
    )
    _note_move(bank, before, verb=Verb.ADMIT, by=by, reason=reason)
    return qualification


@transaction.atomic
def allow_issuing(
    *, qualification: Qualification, approval_number: str, approval_date: dt.date, file: StoredFile, by: User
) -> Qualification:
    """Note that the central bank's technical review is in (criterion 8): from today the bank may issue."""
    row = Qualification.objects.select_for_update(no_key=True).get(pk=qualification.pk)
    may_allow_issuing(row).require(WrongState)
    row.review_approval_number, row.review_approval_date = approval_number, approval_date
    row.issuing_from, row.review_file = clock.today(), file
    row.save(update_fields=["review_approval_number", "review_approval_date", "issuing_from", "review_file"])
    data = {
        "approval_number": approval_number,
        "approval_date": approval_date,
        "file": file.name,
        "sha256": file.sha256,
    }
    journal.record(verb=Verb.ALLOW_ISSUING, by=by, subject=row, uscc=row.bank.uscc, data=data)
    return row


@transaction.atomic
def put_under_rectification(*, bank: Bank, by: User | None, reason: str) -> Bank:
    """Note the bank's first open rectification order; with one open already nothing moves."""
    bank = lock(bank.pk)
    if bank.standing == Standing.UNDER_RECTIFICATION:
        return bank
    if bank.standing != Standing.QUALIFIED:
        raise WrongState(_("Only a bank that holds the qualification can be put under rectification."))
    before = bank.standing
    bank.put_under_rectification()
    bank.save(update_fields=["standing"])
    return _note_move(bank, before, verb=Verb.PUT_UNDER_RECTIFICATION, by=by, reason=reason)


@transaction.atomic
def end_rectification(*, bank: Bank, by: User | None, reason: str) -> Bank:
    """Note that the bank's last open rectification order is closed."""
    bank = lock(bank.pk)
    if bank.standing != Standing.UNDER_RECTIFICATION:
        raise WrongState.moved_on()
    before = bank.standing
    bank.end_rectification()
    bank.save(update_fields=["standing"])
    return _note_move(bank, before, verb=Verb.END_RECTIFICATION, by=by, reason=reason)


@transaction.atomic
def leave(*, qualification: Qualification, by: User, reason: str, bar: Period) -> Bank:
    """Cancel the qualification today: no more issuing, and the bar begins tomorrow (exit （三）, （四）).

    Args:
        bar: the five years as reckoned from today by the edition's terms.
    """
    bank = lock(qualification.bank_id)
    row = Qualification.objects.select_for_update(no_key=True).get(pk=qualification.pk)
    if row.cancelled_on is not None:
        raise WrongState.moved_on()
    row.cancelled_on = clock.today()
    row.save(update_fields=["cancelled_on"])
    before = bank.standing
    bank.leave(bar)
    bank.save(update_fields=["standing", "bar_last_day", "may_apply_from", "bar_period"])
    return _note_move(
        bank, before, verb=Verb.LEAVE, by=by, reason=reason, data={"bar_last_day": bar.last_day}
    )


def lock_out(bank_id: int) -> bool:
    """The daily run, from the day after cancellation: the bar is running."""
    with transaction.atomic(durable=True):
        bank = lock(bank_id)
        left_on = (
            bank.qualifications.exclude(cancelled_on=None).values_list("cancelled_on", flat=True).first()
        )
        if bank.standing != Standing.EXITED or left_on is None or clock.today() <= left_on:
            return False
        before = bank.standing
        bank.lock_out()
        bank.save(update_fields=["standing"])
        _note_move(bank, before, verb=Verb.LOCK_OUT, by=None, reason="")
    return True


def release(bank_id: int) -> bool:
    """The daily run, from the first day after the bar: the bank may apply again."""
    with transaction.atomic(durable=True):
        bank = lock(bank_id)
        due = bank.may_apply_from
        if bank.standing != Standing.LOCKED_OUT or due is None or clock.today() < due:
            return False
        before = bank.standing
        bank.release()
        bank.save(update_fields=["standing"])
        _note_move(bank, before, verb=Verb.RELEASE, by=None, reason="", effective_on=due)
    return True


def next_case_number(prefix: str) -> str:
    """Give the next case number of the year, such as ZR-2026-0007; inside the transaction that opens the case."""
    year = clock.today().year
    CaseCounter.objects.get_or_create(prefix=prefix, year=year)
    counter = CaseCounter.objects.select_for_update(no_key=True).get(prefix=prefix, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return str(counter)


def _note_move(
    bank: Bank,
    before: str,
    *,
    verb: Verb,
    by: User | None,
    reason: str,
    data: dict[str, object] | None = None,
    effective_on: dt.date | None = None,
) -> Bank:
    journal.record(
        verb=verb,
        by=by,
        subject=bank,
        uscc=bank.uscc,
        from_state=before,
        to_state=bank.standing,
        reason=reason,
        data=data,
        effective_on=effective_on,
    )
    return bank


def lock_in_force(bank: Bank) -> Qualification:
    bank = lock(bank.pk)
    qualification = qualification_in_force(bank)
    if qualification is None:
        raise WrongState(_("The bank holds no qualification."))
    return qualification
