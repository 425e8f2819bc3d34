"""Rules that depend on a bank's standing or qualification."""

import datetime as dt
from collections.abc import Collection, Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from banks.register import identifiers
from banks.register.models import Bank, Division, Qualification
from banks.register.states import BARRED, IN_FORCE
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate
from zsbank.base.calendar.periods import Unit
from zsbank.base.calendar.wording import in_words, through
from zsbank.base.cases.dates import only_by_a_person
from zsbank.base.refusals import ALLOWED, Reason, Verdict, WrongState


def may_apply(bank: Bank, *, on: dt.date) -> Verdict:
    """Check that the bank may apply on a day (local date): not qualified, not succeeded or ended, not barred.

    A bar passes to the successor after a merger, and to every successor after a division (exit （四）, 公司法 221, 223,
    民法典 67): a bank may not apply while a predecessor's bar runs.
    """
    if bank.succeeded_by is not None and bank.succeeded_on is not None:
        words = _("The bank was absorbed by %(bank)s on %(day)s; only the successor may apply.")
        said = words % {"bank": bank.succeeded_by, "day": in_words(bank.succeeded_on)}
        return Verdict.no("succeeded", said)
    ended = ended_by_division(bank)
    if ended is not None:
        words = _("The bank ended by its division on %(day)s; only banks that came out of it may apply.")
        return Verdict.no("divided", words % {"day": in_words(ended.on)})
    if bank.standing in IN_FORCE:
        return Verdict.no(
            "qualified", _("The bank already has the qualification; it does not need to apply.")
        )
    return Verdict.of(_bars(bank, on))


def may_carry_on(by: User | None, bank: Bank) -> Verdict:
    """Check that a bank may carry on the qualification of one from whose division it came, as if it applied today."""
    return may_apply(bank, on=clock.today())


def _bars(bank: Bank, on: dt.date) -> Iterator[Reason]:
    """Yield the bank's own bar, and those of its predecessors; the latest last day counts."""
    if is_barred(bank, on=on):
        words = _(
            "The bank may apply again from %(first_day)s: the five-year reapplication bar runs until %(last_day)s."
        )
        yield Reason("barred", words % _days_of_bar(bank))
    for predecessor in barred_predecessors(bank, on=on):
        words = (
            _(
                "The reapplication bar of %(bank)s, which the bank has absorbed, passes to it and runs until "
                "%(last_day)s: it may apply from %(first_day)s."
            )
            if predecessor.is_absorbed
            else _(
                "The reapplication bar of %(bank)s, from whose division the bank came, binds it and runs until "
                "%(last_day)s: it may apply from %(first_day)s."
            )
        )
        yield Reason("barred", words % ({"bank": str(predecessor)} | _days_of_bar(predecessor)))


def _days_of_bar(bank: Bank) -> dict[str, str]:
    first, last = bank.may_apply_from, bank.bar_last_day
    return {"first_day": in_words(first) if first else "", "last_day": through(last) if last else ""}


def is_barred(bank: Bank, *, on: dt.date) -> bool:
    """Whether the bank's own bar runs on a day (local date)."""
    return (
        bank.standing in BARRED
        and bank.bar_last_day is not None
        and bank.may_apply_from is not None
        and on < bank.may_apply_from
    )


def predecessors_of(bank: Bank) -> list[Bank]:
    """Return the banks that this one absorbed or came from by division, and theirs; one query for each generation."""
    found: dict[int, Bank] = {}
    generation = [bank.pk]
    while generation:
        into = Q(succeeded_by__in=generation) | Q(divisions__successor__in=generation)
        rows = Bank.objects.filter(into).exclude(pk__in=[bank.pk, *found]).distinct().order_by("pk")
        generation = [row.pk for row in rows]
        found |= {row.pk: row for row in rows}
    return list(found.values())


def barred_predecessors(bank: Bank, *, on: dt.date) -> list[Bank]:
    """Return the predecessors whose bar runs on a day (local date) and binds the bank, the longest last."""
    found = predecessors_of(bank)
    among = {bank.pk, *(row.pk for row in found)}
    barred = [row for row in found if is_barred(row, on=on) and _bar_passes(row, among)]
    return sorted(barred, key=lambda row: row.may_apply_from or on)


def _bar_passes(bank: Bank, among: Collection[int]) -> bool:
    """Return whether the bar of a bank binds its successors among these.

    After a merger always. A bank that goes on after its division answers alone for what it does later: only a bar from
    an exit by that day binds those that came out of it.
    """
    if bank.succeeded_by_id in among:
        return True
    left_on = last_left_on(bank)
    return any(
        one.ends_divided or (left_on is not None and left_on <= one.on)
        for one in bank.divisions.filter(successor__in=among)
    )


def ended_by_division(bank: Bank) -> Division | None:
    """Return a division with which the bank ended; None if it exists on."""
    return bank.divisions.filter(ends_divided=True).first()


def qualification_in_force(bank: Bank) -> Qualification | None:
    """Return the bank's qualification that is not cancelled, or None."""
    return bank.qualifications.filter(cancelled_on=None).first()


def is_in_force(by: User | None, qualification: Qualification) -> Verdict:
    """Check that a qualification is not cancelled already."""
    return ALLOWED if qualification.cancelled_on is None else Verdict.moved_on()


def may_allow_issuing(by: User | None, qualification: Qualification) -> Verdict:
    """Check that the qualification is in force and issuing was not allowed before."""
    if qualification.cancelled_on is not None:
        return Verdict.no("cancelled", _("The qualification has been cancelled."), WrongState)
    if qualification.issuing_from is not None:
        return Verdict.no("allowed", _("Issuing has already been allowed."), WrongState)
    return ALLOWED


def may_be_locked_out(by: User | None, bank: Bank) -> Verdict:
    """Check that the day of cancellation has passed, so that the bar begins."""
    begins = bar_begins_on(bank)
    return ALLOWED if begins is not None and clock.today() >= begins else Verdict.moved_on()


def bar_begins_on(bank: Bank) -> dt.date | None:
    """Return the first day of the bar: the calendar day after the latest cancellation; None without one."""
    left_on = last_left_on(bank)
    return calculate(left_on, 1, Unit.DAY, roll=False).last_day if left_on is not None else None


def last_left_on(bank: Bank) -> dt.date | None:
    """Return the day of the bank's latest cancellation (local date); None without one."""
    rows = bank.qualifications.exclude(cancelled_on=None).order_by("-cancelled_on", "-pk")
    return rows.values_list("cancelled_on", flat=True).first()


def may_be_released(by: User | None, bank: Bank) -> Verdict:
    """Check that the first day on which the bank may apply again has come.

    Where that day is provisional, as a bar that rest days move can be, only a person may end the bar.
    """
    due = bank.may_apply_from
    if due is None or clock.today() < due:
        return Verdict.moved_on()
    return only_by_a_person(by, bank.bar_period)


def is_new(code: str) -> Verdict:
    """Check that no bank has this unified social credit code."""
    if Bank.objects.filter(uscc=code).exists():
        return Verdict.no("taken", _("A bank with this unified social credit code is already registered."))
    return ALLOWED


def checked_data(
    name: str, uscc: str, category: str, license_institution_code: str, address: str
) -> dict[str, str]:
    """Return the data of a new bank as stored.

    Raises:
        Refused: a code is not valid, or the bank is registered already.
    """
    code, licence = identifiers.normalise(uscc), identifiers.normalise(license_institution_code)
    identifiers.check_uscc(code).require()
    identifiers.check_licence(licence).require()
    is_new(code).require()
    return {
        "name": name.strip(),
        "uscc": code,
        "category": category,
        "license_institution_code": licence,
        "address": address.strip(),
    }
