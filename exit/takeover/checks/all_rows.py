"""Checks of the rows with each other and with the register; a row is judged again when the takeover is confirmed."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from banks.register.states import Standing
from exit.takeover.checks.context import Context
from exit.takeover.checks.exits import exit_faults
from exit.takeover.checks.faults import Fault
from exit.takeover.checks.grouped import Held, OfBank, by_bank
from exit.takeover.checks.notices import notice_faults
from exit.takeover.checks.orders import order_faults
from exit.takeover.checks.qualifications import qualification_faults
from exit.takeover.data import BankRow, Paper, Rows
from exit.takeover.terms import BANK_LIMIT, Part
from zsbank.base.calendar import clock
from zsbank.base.cases.folding import folded
from zsbank.base.roles import Role


def faults_of(rows: Rows, context: Context) -> list[Fault]:
    """Return everything for which the rows are not taken over, in the order of the sheets."""
    return in_order(_all(rows, context))


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults in the order of the sheets and rows."""
    order = {part: place for place, part in enumerate(Part)}
    return sorted(faults, key=lambda fault: (order.get(fault.part, -1) if fault.part else -1, fault.number))


def _all(rows: Rows, context: Context) -> Iterator[Fault]:
    if context.edition is None:
        yield Fault(_("No policy edition is in force today. Ask the bureau to publish one."))
        return
    if len(rows.banks) > BANK_LIMIT:
        yield Fault(
            _("There are more than %(n)s banks. Take them over in parts.") % {"n": BANK_LIMIT}, Part.BANKS
        )
    yield from _repeated_banks(rows.banks)
    codes = {row.uscc for row in rows.banks}
    for row in rows:
        if row.uscc not in codes:
            words = _("The sheet 银行 has no bank with the code %(code)s.") % {"code": row.uscc}
            yield Fault(words, row.part, row.number, "uscc")
    for paper in rows.papers():
        yield from _paper_faults(paper)
    for of_bank in by_bank(rows):
        yield from _bank_faults(of_bank, context)
        yield from qualification_faults(of_bank)
        for held in of_bank.held:
            yield from order_faults(held, context, context.edition)
            yield from _result_faults(held)
            yield from exit_faults(held, context.edition)
            yield from notice_faults(held, context.edition)
        yield from _people_faults(of_bank, context)


def _repeated_banks(banks: Iterable[BankRow]) -> Iterator[Fault]:
    """Yield banks that look like another bank of the same workbook."""
    first: dict[tuple[str, str], int] = {}
    for row in banks:
        for name in ("uscc", "name", "license_institution_code"):
            key = (name, folded(getattr(row, name)))
            if key in first:
                words = _("Row %(n)s has the same.") % {"n": first[key]}
                yield Fault(words, Part.BANKS, row.number, name)
            first.setdefault(key, row.number)


def _paper_faults(row: Paper) -> Iterator[Fault]:
    if row.issued_on > clock.today():
        yield Fault(
            _("This date lies ahead. Enter the date on the document."), row.part, row.number, "issued_on"
        )


def _bank_faults(of_bank: OfBank, context: Context) -> Iterator[Fault]:
    """Yield why a bank cannot be entered: known with other data, with facts of its own, or like another bank."""
    row, bank = of_bank.bank, context.banks.get(of_bank.bank.uscc)
    if bank is None:
        if alike := context.alike.get(row.uscc):
            words = _(
                "These data look like those of a bank in the register: %(banks)s. If it is another legal entity, "
                "register it at the desk first: then another person judges that."
            )
            yield Fault(words % {"banks": "；".join(map(str, alike))}, Part.BANKS, row.number)
        return
    for name, value in row.data.items():
        if folded(str(getattr(bank, name))) != folded(value):
            words = _(
                "The register says %(value)s. Correct the row, or enter the change on the bank's page first."
            )
            shown = bank.get_category_display() if name == "category" else getattr(bank, name)
            yield Fault(words % {"value": shown or "—"}, Part.BANKS, row.number, name)
    if bank.standing != Standing.APPLICANT or bank.held or bank.succeeded_by_id:  # type: ignore[attr-defined]
        words = _(
            "The bank is in the register already, with what it holds; nothing older can be added to it."
        )
        yield Fault(words, Part.BANKS, row.number)
    elif bank.pk in context.applying:
        words = _("The bank has an application under way in the register. It has to be withdrawn first.")
        yield Fault(words, Part.BANKS, row.number)
    elif not of_bank.qualifications:
        words = _("The bank is in the register already, and the workbook has no qualification of it.")
        yield Fault(words, Part.BANKS, row.number)


def _result_faults(held: Held) -> Iterator[Fault]:
    last = held.left_on.year if held.left_on else clock.today().year - 1
    first: dict[int, int] = {}
    for row in held.results:
        if not held.since.year <= row.year <= min(last, clock.today().year - 1):
            words = _("The bank was not qualified in this year, or the year is not over.")
            yield Fault(words, Part.RESULTS, row.number, "year")
        if row.year in first:
            words = _("Row %(n)s has the same.") % {"n": first[row.year]}
            yield Fault(words, Part.RESULTS, row.number, "year")
        first.setdefault(row.year, row.number)
        if row.issued_on.year < row.year:
            words = _("A result is not older than the year that it assesses.")
            yield Fault(words, Part.RESULTS, row.number, "issued_on")


def _people_faults(of_bank: OfBank, context: Context) -> Iterator[Fault]:
    bank = context.banks.get(of_bank.bank.uscc)
    first: dict[str, int] = {}
    for row in of_bank.people:
        key = row.email.casefold()
        if key in first:
            words = _("Row %(n)s has the same.") % {"n": first[key]}
            yield Fault(words, Part.PEOPLE, row.number, "email")
        first.setdefault(key, row.number)
        if bank is not None and (bank.pk, key) in context.known_people:
            words = _("This person acts for the bank or is invited already. Remove the row.")
            yield Fault(words, Part.PEOPLE, row.number, "email")
    if of_bank.people and Role.BANK_ADMINISTRATOR not in Counter(row.role for row in of_bank.people):
        words = _("Each bank with people has a 管理员, who invites the others later.")
        yield Fault(words, Part.PEOPLE, of_bank.people[0].number, "role")
