"""Rules of changes of a bank's data."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from banks.changes.models import BankChange
from banks.changes.states import ChangeState
from banks.changes.terms import ChangeKind
from banks.register import identifiers
from banks.register.models import Bank
from banks.register.rules import ended_by_division, may_carry_on, predecessors_of, qualification_in_force
from banks.register.terms import DATA, BankCategory, BankField
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.refusals import ALLOWED, NotAllowed, Reason, Verdict

Pairs = dict[str, list[str]]


def may_request(by: User | None, bank: Bank) -> Verdict:
    """Check that no other request of the bank is open."""
    if BankChange.objects.filter(bank=bank, by_bank=True, state=ChangeState.REQUESTED).exists():
        words = _(
            "A request of the bank to change its data is being decided. Withdraw it, or wait for the decision."
        )
        return Verdict.no("open", words)
    return ALLOWED


def may_enter(by: User | None, bank: Bank) -> Verdict:
    """Check that no other change that the bureau entered for the bank is open."""
    if BankChange.objects.filter(bank=bank, by_bank=False, state=ChangeState.REQUESTED).exists():
        return Verdict.no("open", _("A change of this bank's data waits for its decision already."))
    return ALLOWED


def may_enter_succession(by: User | None, bank: Bank) -> Verdict:
    """Check that the bank has no successor yet, and that no other change is open."""
    return exists_on(bank) and may_enter(by, bank)


def may_enter_division(by: User | None, bank: Bank) -> Verdict:
    """Check that the bank exists on, and that no other change is open."""
    return exists_on(bank) and may_enter(by, bank)


def exists_on(bank: Bank) -> Verdict:
    """Check that a bank was neither absorbed nor ended by a division."""
    if bank.succeeded_by is not None:
        return Verdict.no("succeeded", _("The bank has a successor already."))
    if ended_by_division(bank) is not None:
        return Verdict.no("divided", _("The bank ended by its division already."))
    return ALLOWED


def may_withdraw(by: User | None, change: BankChange) -> Verdict:
    """Check that the bank itself asked for the change."""
    if not change.by_bank:
        return Verdict.no("not_own", _("The bureau entered this change; the bank cannot withdraw it."))
    return ALLOWED


def may_decide(by: User | None, change: BankChange) -> Verdict:
    """Check that this person did not enter the change (four eyes)."""
    if by is not None and by.pk == change.entered_by_id:
        return Verdict.no(
            "four_eyes", _("You entered this change; another person must decide it."), NotAllowed
        )
    return ALLOWED


def may_accept(by: User | None, change: BankChange) -> Verdict:
    """Check that this person may decide, and that the change still fits the register."""
    return Verdict.of(may_decide(by, change).reasons or tuple(_misfits(change)))


def still_fits(change: BankChange) -> Verdict:
    """Check that the register holds the old values as when the change was entered, and that the new ones are free."""
    return Verdict.of(_misfits(change))


def _misfits(change: BankChange) -> Iterator[Reason]:
    bank = change.bank
    for name, (old, _new) in change.pairs.items():
        now = getattr(bank, name)
        if now != old:
            words = _(
                "%(field)s has changed since this was entered: then “%(then)s”, now “%(now)s”. Decline it and have it "
                "entered again."
            )
            field = BankField(name)
            said = {
                "field": field.label,
                "then": value_in_words(field, old),
                "now": value_in_words(field, now),
            }
            yield Reason("moved", words % said)
    if BankField.USCC in change.pairs:
        yield from may_take(change.pairs[BankField.USCC][1], bank).reasons
    if change.successor is not None:
        yield from may_succeed(change.successor, bank).reasons
    if change.is_division:
        kind, successors = ChangeKind(change.kind), list(change.successors.order_by("pk"))
        yield from may_divide(bank, kind, successors, change.carrier).reasons


def may_take(code: str, bank: Bank) -> Verdict:
    """Check a new unified social credit code (normalised): valid, another one, and no other bank's."""
    verdict = identifiers.check_uscc(code)
    if verdict and Bank.objects.filter(uscc=code).exclude(pk=bank.pk).exists():
        words = _("A bank with this unified social credit code is already registered.")
        return Verdict.no("taken", words)
    return verdict


def may_succeed(successor: Bank, bank: Bank) -> Verdict:
    """Check that a bank can be the successor of another: it exists on, and was not itself absorbed by that one."""
    if successor == bank:
        return Verdict.no("same", _("A bank is not its own successor."))
    if not (still := exists_on(bank)):
        return still
    if successor in predecessors_of(bank):
        return Verdict.no("circle", _("The successor was itself absorbed by this bank."))
    if successor.succeeded_by is not None:
        words = _("%(bank)s was itself absorbed by %(other)s; choose that bank.")
        return Verdict.no("absorbed", words % {"bank": successor, "other": successor.succeeded_by})
    if ended_by_division(successor) is not None:
        return Verdict.no("divided", _("%(bank)s itself ended by a division.") % {"bank": successor})
    return ALLOWED


def may_divide(bank: Bank, kind: ChangeKind, successors: Sequence[Bank], carrier: Bank | None) -> Verdict:
    """Check that banks can come out of the division of another, and that the carrier can carry its qualification on.

    Of a bank that ends there are at least two (公司法 222: 新设分立); each exists on, and none is its predecessor.
    """
    return exists_on(bank) and Verdict.of(_faults_of_division(bank, kind, successors, carrier))


def _faults_of_division(
    bank: Bank, kind: ChangeKind, successors: Sequence[Bank], carrier: Bank | None
) -> Iterator[Reason]:
    if len(successors) < LEAST[kind]:
        words = _("Select at least %(n)s banks that came out of the division.")
        yield Reason("successors", words % {"n": LEAST[kind]})
    earlier = {one.pk for one in predecessors_of(bank)}
    for one in successors:
        yield from _came_out(one, bank, earlier).reasons
    if carrier is not None:
        yield from _may_be_carrier(carrier, bank, successors).reasons


def _came_out(successor: Bank, bank: Bank, earlier: Collection[int]) -> Verdict:
    """Check that a bank can have come out of another, whose predecessors have these keys."""
    if successor.pk == bank.pk:
        words = _("A bank does not come out of its own division; if it goes on, leave it out.")
        return Verdict.no("same", words)
    said = {"bank": successor}
    if successor.pk in earlier:
        return Verdict.no("circle", _("%(bank)s is itself a predecessor of this bank.") % said)
    if not exists_on(successor):
        return Verdict.no("gone", _("%(bank)s does not exist any more.") % said)
    if bank.divisions.filter(successor=successor).exists():
        return Verdict.no("entered", _("It is entered already that %(bank)s came out of it.") % said)
    return ALLOWED


def _may_be_carrier(carrier: Bank, bank: Bank, successors: Sequence[Bank]) -> Verdict:
    """Check that a bank can carry another's qualification on: it came out of it, and might apply itself."""
    if carrier not in successors:
        words = _("The bank that carries the qualification on has to be one of those selected.")
        return Verdict.no("carrier", words)
    if qualification_in_force(bank) is None:
        return Verdict.no("carrier", _("The bank holds no qualification that could be carried on."))
    may = may_carry_on(None, carrier)
    if may:
        return ALLOWED
    words = _("%(bank)s cannot carry the qualification on: %(why)s")
    return Verdict.no("carrier", words % {"bank": carrier, "why": may.why_not})


LEAST = {ChangeKind.SPLIT_OFF: 1, ChangeKind.SPLIT_UP: 2}
"""So many banks come out of a division at least."""


def not_ahead(day: dt.date) -> Verdict:
    """Check that a change has happened: its day (local date) is not after today."""
    if day > clock.today():
        return Verdict.no("ahead", _("The change has not happened yet: its day is after today."))
    return ALLOWED


def changed_pairs(bank: Bank, values: Mapping[str, str]) -> Pairs:
    """Return old and new value of each field that differs from the register, normalised as the register stores it.

    Args:
        values: by `BankField`; fields that are left out do not change.
    """
    new = {name: _stored(BankField(name), values[name]) for name in DATA if name in values}
    return {name: [getattr(bank, name), value] for name, value in new.items() if value != getattr(bank, name)}


def _stored(field: BankField, value: str) -> str:
    return identifiers.normalise(value) if field is BankField.LICENCE else value.strip()


def are_valid(pairs: Pairs) -> Verdict:
    """Check that something changes, that nothing becomes empty, and that codes are valid."""
    if not pairs:
        words = _("Nothing is changed: all values are those of the register. Change at least one.")
        return Verdict.no("unchanged", words)
    return Verdict.of(_faults(pairs))


def _faults(pairs: Pairs) -> Iterator[Reason]:
    for name, (_old, new) in pairs.items():
        if not new:
            yield Reason("empty", _("%(field)s cannot become empty.") % {"field": BankField(name).label})
    if pairs.get(BankField.LICENCE, ["", ""])[1]:
        yield from identifiers.check_licence(pairs[BankField.LICENCE][1]).reasons
    if BankField.CATEGORY in pairs and pairs[BankField.CATEGORY][1] not in BankCategory.values:
        yield Reason("category", _("This is no category of banks."))


def value_in_words(field: BankField, value: str) -> str:
    """Return a value of a field as people read it; a dash if it is empty."""
    if field is BankField.CATEGORY and value in BankCategory.values:
        return str(BankCategory(value).label)
    return value or "—"
