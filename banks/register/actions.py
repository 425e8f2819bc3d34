"""Actions on banks, vendors, qualifications and standings.

A standing changes inside the action of the case that causes it, such as a decision.
"""

import datetime as dt

from django.utils.translation import gettext as _

from banks.register import identifiers
from banks.register.models import Bank, CardVendor, CaseCounter, Qualification
from banks.register.queries import known_like
from banks.register.rules import (
    bar_begins_on,
    checked_data,
    is_in_force,
    is_new,
    may_be_locked_out,
    may_be_released,
)
from banks.register.states import BARRED, Standing
from banks.register.terms import BankCategory
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import again
from zsbank.base.calendar.periods import Period
from zsbank.base.cases.dates import store_anew
from zsbank.base.journal.facts import ask_journal, held
from zsbank.base.letters.models import Letter
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused, WrongState


@action(Verb.REGISTER_BANK, makes=True)
def register_bank(
    *, name: str, uscc: str, category: BankCategory, license_institution_code: str, address: str, by: User
) -> Bank:
    """Register a bank as an applicant, identified by its unified social credit code.

    Raises:
        NotAllowed: `by` is not an intake officer.
        Refused: a code is not valid, the bank is registered already, or its data look like those of a known bank
            (code "known"): then a second person judges the registration (`banks/registrations`).
    """
    data = checked_data(name, uscc, category, license_institution_code, address)
    alike = known_like(data)
    if alike:
        words = _(
            "These data look like those of a bank in the register: %(banks)s. If it is that bank, enter the change of "
            "its data on its page. If it is another legal entity, say why: then another person judges the registration."
        )
        raise Refused(words % {"banks": "；".join(map(str, alike))}, "known")
    return Bank.objects.create(**data)


@action(Verb.REGISTER_BANK, makes=True, inner=True)
def register_judged_bank(*, data: dict[str, str], by: User) -> Bank:
    """Register a bank whose data look like those of a known one; runs inside the action of the person who judged it.

    Args:
        data: as `checked_data` returned them.

    Raises:
        Refused: the bank is registered already.
    """
    is_new(data["uscc"]).require()
    return Bank.objects.create(**data)


@action(Verb.DEMAND_SECOND_FACTOR, on="bank")
def demand_second_factor(*, bank: Bank, demanded: bool, by: User) -> Bank:
    """Require a second factor from the bank's members at sign-in, or stop requiring it.

    Raises:
        NotAllowed: `by` is not the bank's administrator.
        WrongState: the setting has this value already.
    """
    if bank.second_factor_required == demanded:
        raise WrongState.moved_on()
    bank.second_factor_required = demanded
    bank.save(update_fields=["second_factor_required"])
    record(data={"changed": {"second_factor_required": [not demanded, demanded]}})
    return bank


@action(Verb.REGISTER_VENDOR, makes=True)
def register_vendor(
    *, name: str, uscc: str, tender_number: str, tender_from: dt.date, tender_until: dt.date, by: User
) -> CardVendor:
    """Register a card vendor chosen in the bureau's tender (criterion 13).

    Args:
        tender_from, tender_until: first and last day of the tender's term, local dates, both included.

    Raises:
        NotAllowed: `by` is not an intake officer.
        Refused: the code is not valid, the term ends before it begins, or the vendor is registered already.
    """
    code = identifiers.normalise(uscc)
    identifiers.check_uscc(code).require()
    if tender_until < tender_from:
        raise Refused(_("The tender period ends before it begins."))
    if CardVendor.objects.filter(uscc=code).exists():
        raise Refused(_("This card vendor is already registered."), "taken")
    return CardVendor.objects.create(
        name=name.strip(),
        uscc=code,
        tender_number=tender_number.strip(),
        tender_from=tender_from,
        tender_until=tender_until,
    )


@action(Verb.ADMIT, on="bank", moves=Bank.admit, inner=True)
def admit(
    *,
    bank: Bank,
    by: User,
    reason: str,
    issuing_from: dt.date | None,
    letter: Letter | None = None,
    takeover_note: str = "",
    review_approval_number: str = "",
    review_approval_date: dt.date | None = None,
) -> Qualification:
    """Give the bank the qualification from today; runs inside the action that makes the decision effective.

    Args:
        reason: the case number, for the journal.
        issuing_from: first day on which cards may be issued (local date); None until criterion 8 is met.
        letter: the decision's letter, the basis of the qualification.
        takeover_note: the basis in place of a letter, for a qualification older than this register.
        review_approval_number: number of the central bank's approval; empty until criterion 8 is met.
        review_approval_date: date of that approval (local date).

    Raises:
        WrongState: the bank is not an applicant.
    """
    bank.admit()
    bank.save(update_fields=["standing", "bar_last_day", "may_apply_from", "bar_period"])
    qualification = Qualification.objects.create(
        bank=bank,
        effective_from=clock.today(),
        issuing_from=issuing_from,
        letter=letter,
        takeover_note=takeover_note,
        review_approval_number=review_approval_number,
        review_approval_date=review_approval_date,
    )
    record(reason=reason, data=held(Verb.ADMIT, qualification))
    return qualification


def put_under_rectification(*, bank: Bank, by: User | None, reason: str, on: dt.date | None = None) -> Bank:
    """Put the bank under rectification; does nothing if it is under rectification already.

    Args:
        on: the day it takes effect (local date), if not today.

    Raises:
        WrongState: the bank does not hold the qualification.
    """
    standing = Bank.objects.values_list("standing", flat=True).get(pk=bank.pk)
    if standing == Standing.UNDER_RECTIFICATION:
        return bank
    if standing != Standing.QUALIFIED:
        raise WrongState(_("Only a bank with the qualification can be placed under rectification."))
    return begin_rectification(bank=bank, by=by, reason=reason, on=on)


@action(Verb.PUT_UNDER_RECTIFICATION, on="bank", moves=Bank.put_under_rectification, inner=True)
def begin_rectification(*, bank: Bank, by: User | None, reason: str, on: dt.date | None = None) -> Bank:
    """Put the bank under rectification; runs inside the action that opens its first order.

    Args:
        reason: number of the order, for the journal.
        on: the day it takes effect (local date), if not today.

    Raises:
        WrongState: the bank does not hold the qualification, or is under rectification already.
    """
    bank.put_under_rectification()
    bank.save(update_fields=["standing"])
    record(reason=reason, effective_on=on)
    return bank


@action(Verb.END_RECTIFICATION, on="bank", moves=Bank.end_rectification, inner=True)
def end_rectification(*, bank: Bank, by: User | None, reason: str, on: dt.date | None = None) -> Bank:
    """End the bank's rectification; runs inside the action that closes its last open order.

    Args:
        reason: number of the order, for the journal.
        on: the day it takes effect (local date), if not today.

    Raises:
        WrongState: the bank is not under rectification.
    """
    bank.end_rectification()
    bank.save(update_fields=["standing"])
    record(reason=reason, effective_on=on)
    return bank


@action(Verb.LEAVE, on="qualification", within="bank", moves=Bank.leave, rule=is_in_force, inner=True)
def leave(*, qualification: Qualification, by: User, reason: str, bar: Period) -> Bank:
    """Cancel the qualification today: issuing ends, and the bar begins tomorrow (exit （三）, （四）).

    Runs inside the action that signs the exit letter.

    Args:
        reason: the case number, for the journal.
        bar: the bar of five years, calculated from today.

    Raises:
        WrongState: the qualification is cancelled already.
    """
    qualification.cancelled_on = clock.today()
    qualification.save(update_fields=["cancelled_on"])
    bank = qualification.bank
    bank.leave(bar)
    bank.save(update_fields=["standing", "bar_last_day", "may_apply_from", "bar_period"])
    data = {"bar_last_day": bar.last_day} | held(Verb.LEAVE, qualification)
    record(subject=bank, reason=reason, data=data)
    return bank


@action(Verb.LOCK_OUT, on="bank", moves=Bank.lock_out, rule=may_be_locked_out, by_clock=True)
def lock_out(*, bank: Bank, by: User | None) -> Bank:
    """Begin the five-year bar on the day after cancellation; run by the sweep (exit （四）).

    Raises:
        WrongState: the bank is not exited, or exited today.
        Refused: the journal contradicts the bank or its qualification (code "contradicted").
    """
    ask_journal(bank, *bank.qualifications.exclude(cancelled_on=None).order_by("-pk")[:1])
    bank.lock_out()
    bank.save(update_fields=["standing"])
    record(effective_on=bar_begins_on(bank))
    return bank


@action(Verb.RELEASE, on="bank", moves=Bank.release, rule=may_be_released, by_clock=True)
def release(*, bank: Bank, by: User | None) -> Bank:
    """Let the bank apply again from the first day after the bar; run by the sweep (exit （四）).

    Raises:
        WrongState: there is no bar, or it has not ended.
        Refused: the journal contradicts the bank (code "contradicted").
    """
    ask_journal(bank)
    due = bank.may_apply_from
    bank.release()
    bank.save(update_fields=["standing"])
    record(effective_on=due)
    return bank


@action(Verb.RECALCULATE_DUE, on="bank", states=BARRED, inner=True)
def recalculate_bar(*, bank: Bank, by: User | None) -> Bank:
    """Store the last day of the bar as the confirmed holidays give it; only a bar that rest days move depends on them.

    Raises:
        WrongState: the bank is not barred, or the day stays.
    """
    if bank.bar_period is None:
        raise WrongState.moved_on()
    anew = again(bank.bar_period)
    bank.may_apply_from = anew.first_day_after
    store_anew(bank, "bar_last_day", "bar_period", anew)
    bank.save(update_fields=["bar_last_day", "bar_period", "may_apply_from"])
    return bank


def next_case_number(prefix: str) -> str:
    """Return the next case number of the year, such as ZR-2026-0007; call inside the action that opens the case."""
    year = clock.today().year
    CaseCounter.objects.get_or_create(prefix=prefix, year=year)
    counter = CaseCounter.objects.select_for_update(no_key=True).get(prefix=prefix, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return str(counter)
