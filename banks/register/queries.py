"""Banks that data look like, and banks whose standing does not match their qualifications."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from banks.register.models import Bank, CardVendor, Qualification
from banks.register.states import IN_FORCE, Standing
from banks.register.terms import BankField, Ground
from zsbank.base.calendar import clock
from zsbank.base.cases.folding import folded
from zsbank.base.cases.set_up import Proof
from zsbank.base.letters.models import Letter

GROUNDS: dict[str, tuple[Ground, Ground]] = {
    BankField.NAME: (Ground.NAME, Ground.FORMER_NAME),
    BankField.LICENCE: (Ground.LICENCE, Ground.FORMER_LICENCE),
    BankField.ADDRESS: (Ground.ADDRESS, Ground.FORMER_ADDRESS),
    BankField.USCC: (Ground.USCC, Ground.FORMER_USCC),
}
"""By field, why a bank is recognised: by its present and by a former value. Many banks share a category."""


@dataclass(frozen=True)
class Likeness:
    """A bank of the register that data look like, and why."""

    bank: Bank
    grounds: tuple[Ground, ...]

    def __str__(self) -> str:
        words = pgettext("between reasons", ", ").join(str(ground.label) for ground in self.grounds)
        said = {"bank": self.bank, "standing": self.bank.get_standing_display(), "grounds": words}
        return _("%(bank)s (%(standing)s): %(grounds)s") % said


def known_like(data: Mapping[str, str], *, besides: Bank | None = None) -> list[Likeness]:
    """Return the banks that data look like, by name: whatever their standing, by present and former values.

    Names and addresses are compared whatever the width of letters and brackets, and without blanks; codes also with
    those of the banks' outlets. The register holds the banks of one city, so all are compared, with three queries.

    Args:
        data: values by `BankField`; empty ones are not compared.
        besides: the bank whose data they are.
    """
    given = {name: key for name in GROUNDS if (key := folded(data.get(name, "")))}
    with_outlet = _with_outlet_of(given)
    rows = Bank.objects.prefetch_related("former_values")
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    alike = ((bank, tuple(_grounds(bank, given, with_outlet))) for bank in rows)
    return [Likeness(bank, grounds) for bank, grounds in alike if grounds]


def known_like_each(many: Sequence[Mapping[str, str]]) -> list[list[Likeness]]:
    """Return for each data the banks that they look like, as `known_like`; the number of queries does not grow."""
    rows = list(Bank.objects.prefetch_related("former_values")) if many else []
    givens = [{name: key for name in GROUNDS if (key := folded(data.get(name, "")))} for data in many]
    by_code = _outlets_with({key for given in givens for key in given.values()})
    found = []
    for given in givens:
        of_outlets = {
            pk
            for name in (BankField.USCC, BankField.LICENCE)
            for pk in by_code.get((name, given.get(name)), ())
        }
        alike = ((bank, tuple(_grounds(bank, given, of_outlets))) for bank in rows)
        found.append([Likeness(bank, grounds) for bank, grounds in alike if grounds])
    return found


def _outlets_with(codes: set[str]) -> dict[tuple[str, str | None], set[int]]:
    """Return the keys of the banks with outlets that have one of these codes, by field and code."""
    found: dict[tuple[str, str | None], set[int]] = {}
    for name in (BankField.USCC, BankField.LICENCE):
        rows = Bank.objects.filter(**{f"outlets__{name}__in": codes}) if codes else Bank.objects.none()
        for pk, code in rows.values_list("pk", f"outlets__{name}"):
            found.setdefault((name, code), set()).add(pk)
    return found


def _grounds(bank: Bank, given: Mapping[str, str], with_outlet: set[int]) -> Iterator[Ground]:
    former = {(row.field, folded(row.value)) for row in bank.former_values.all()}
    for name, (present, earlier) in GROUNDS.items():
        if name not in given:
            continue
        if folded(getattr(bank, name)) == given[name]:
            yield present
        elif (name, given[name]) in former:
            yield earlier
    if bank.pk in with_outlet:
        yield Ground.OUTLET


def _with_outlet_of(given: Mapping[str, str]) -> set[int]:
    """Return the keys of the banks one of whose outlets has one of the codes."""
    codes = {name: given[name] for name in (BankField.USCC, BankField.LICENCE) if name in given}
    asked = Q()
    for name, code in codes.items():
        asked |= Q(**{f"outlets__{name}": code})
    return set(Bank.objects.filter(asked).values_list("pk", flat=True)) if codes else set()


def letters_of(bank: Bank) -> QuerySet[Letter]:
    """Return the letters to a bank under any of its codes, and those about what went to it by a division, newest first.

    Each letter is there once.
    """
    passed = Letter.objects.filter(passed_by__successor=bank, passed_by__carries_on=True)
    return Letter.objects.filter(Q(uscc__in=bank.codes) | Q(pk__in=passed.values("pk")))


def wrong_standings() -> Iterable[tuple[int, str]]:
    """Return key and standing of each bank in force without a qualification, or holding one without being in force."""
    in_force = Exists(Qualification.objects.filter(bank=OuterRef("pk"), cancelled_on=None))
    banks = Bank.objects.annotate(holds=in_force)
    wrong = banks.filter(Q(standing__in=IN_FORCE, holds=False) | Q(holds=True) & ~Q(standing__in=IN_FORCE))
    return wrong.order_by("pk").values_list("pk", "standing")


def to_be_released() -> QuerySet[Bank]:
    """Return banks whose bar has ended on a provisional day: a person confirms it, the earliest first."""
    rows = Bank.objects.filter(standing=Standing.LOCKED_OUT, may_apply_from__lte=clock.today())
    return rows.filter(bar_period__provisional=True).order_by("may_apply_from", "pk")


def vendors_of_today() -> Proof:
    """Look for card vendors whose tender term covers today."""
    today = clock.today()
    count = CardVendor.objects.filter(tender_from__lte=today, tender_until__gte=today).count()
    if not count:
        return Proof.open(_("No vendor's tender term covers today"))
    return Proof.done(ngettext("%(n)s vendor", "%(n)s vendors", count) % {"n": count})
