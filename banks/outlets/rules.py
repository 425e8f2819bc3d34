"""Rules of outlets: shortcomings against the criteria, shared codes, steps of an import."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks.outlets.models import Outlet, OutletImport
from banks.outlets.terms import CardService
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.refusals import ALLOWED, Incomplete, Verdict

NAMED = 3
CODE_FIELDS: dict[str, Promise] = {
    "uscc": gettext_lazy("unified social credit code"),
    "license_institution_code": gettext_lazy("institution code of the financial licence"),
}


class Codes(Protocol):
    """An object with the two codes of an outlet."""

    @property
    def uscc(self) -> str:
        """The unified social credit code."""

    @property
    def license_institution_code(self) -> str:
        """The institution code of the financial licence."""


@dataclass(frozen=True)
class SharedCodes:
    """The codes that several outlets of a bank share with each other or with the bank."""

    usccs: frozenset[str]
    licences: frozenset[str]

    @classmethod
    def among(cls, outlets: Iterable[Codes], bank: Codes) -> "SharedCodes":
        """Return the codes that outlets of one bank share with each other or with the bank."""
        rows = [*outlets, bank]
        usccs = Counter(row.uscc for row in rows if row.uscc)
        licences = Counter(row.license_institution_code for row in rows if row.license_institution_code)
        return cls(
            frozenset(code for code, count in usccs.items() if count > 1),
            frozenset(code for code, count in licences.items() if count > 1),
        )


@dataclass(frozen=True)
class Requirement:
    """One requirement of a criterion for every outlet.

    Args:
        falls_short: the message on an outlet that does not meet it.
        holds: tests an outlet, given the shared codes.
        short: the filter for outlets of one bank that do not meet it.
        code: the field of the code that it is about, which is named with the outlet.
    """

    falls_short: Promise
    holds: Callable[[Outlet, SharedCodes], bool]
    short: Callable[[Bank], Q]
    code: str = ""

    def named(self, outlet: Outlet, bank: Bank) -> str:
        """Return the outlet's name, with the code if it is about one, and whether that is the bank's own."""
        code = str(getattr(outlet, self.code)) if self.code else ""
        if not code:
            return outlet.name
        own = _("the bank's own") if code == getattr(bank, self.code) else ""
        return " ".join(filter(None, (outlet.name, code, own)))


class CodeHolders:
    """The names at a bank by code: the bank itself, and its outlets as they are added."""

    def __init__(self, bank: Bank) -> None:
        """Start with the bank itself."""
        self._names: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.add(bank.name, bank)

    def add(self, name: str, codes: Codes) -> None:
        """Add the codes of an outlet."""
        for field in CODE_FIELDS:
            self.add_code(name, field, getattr(codes, field))

    def add_code(self, name: str, field: str, code: str) -> None:
        """Add one code of an outlet."""
        if code:
            self._names[field, code].append(name)

    def hints(self, name: str, codes: Codes) -> dict[str, str]:
        """Return hints on codes of this outlet that another one has too, by field."""
        found = {}
        for field, label in CODE_FIELDS.items():
            others = [other for other in self._names[field, getattr(codes, field)] if other != name]
            if others and getattr(codes, field):
                words = _("%(name)s has the same %(code)s. Each outlet has its own.")
                found[field] = words % {"name": "、".join(others[:NAMED]), "code": label}
        return found


def _shared(bank: Bank, field: str) -> Q:
    """Return a filter for outlets with a code that another outlet of the bank, or the bank itself, has too."""
    codes = bank.outlets.exclude(**{field: ""}).order_by().values(field).annotate(holders=Count("pk"))
    shared = Q(**{f"{field}__in": codes.filter(holders__gt=1).values(field)})
    own = getattr(bank, field)
    return shared | Q(**{field: own}) if own else shared


def _not_all_services(_bank: Bank) -> Q:
    """Return a filter for outlets without one of the services; it searches the stored list as text."""
    lacking = Q()
    for service in CardService:
        lacking |= ~Q(services_text__contains=f'"{service.value}"')
    return lacking


REGISTERED: tuple[Requirement, ...] = (
    Requirement(
        gettext_lazy("has no unified social credit code"),
        lambda outlet, shared: bool(outlet.uscc),
        lambda bank: Q(uscc=""),
    ),
    Requirement(
        gettext_lazy("has no institution code"),
        lambda outlet, shared: bool(outlet.license_institution_code),
        lambda bank: Q(license_institution_code=""),
    ),
    Requirement(
        gettext_lazy("has a unified social credit code that is not its own alone"),
        lambda outlet, shared: outlet.uscc not in shared.usccs,
        lambda bank: _shared(bank, "uscc"),
        code="uscc",
    ),
    Requirement(
        gettext_lazy("has an institution code that is not its own alone"),
        lambda outlet, shared: outlet.license_institution_code not in shared.licences,
        lambda bank: _shared(bank, "license_institution_code"),
        code="license_institution_code",
    ),
)
"""Every outlet is registered, with its own codes."""
OPEN: tuple[Requirement, ...] = (
    Requirement(
        gettext_lazy("is not open for card business"),
        lambda outlet, shared: outlet.open_for_card_business,
        lambda bank: Q(open_for_card_business=False),
    ),
    Requirement(
        gettext_lazy("has no windows"),
        lambda outlet, shared: outlet.windows >= 1,
        lambda bank: Q(windows=0),
    ),
    Requirement(
        gettext_lazy("has no trained staff"),
        lambda outlet, shared: outlet.trained_staff >= 1,
        lambda bank: Q(trained_staff=0),
    ),
    Requirement(
        gettext_lazy("has no announced hours"),
        lambda outlet, shared: bool(outlet.opening_hours),
        lambda bank: Q(opening_hours=""),
    ),
    Requirement(
        gettext_lazy("does not offer all services"),
        lambda outlet, shared: {service.value for service in CardService} <= set(outlet.services),
        _not_all_services,
    ),
)
"""Every outlet is open for card business, with all services."""


def falling_short(bank: Bank, outlets: QuerySet[Outlet]) -> QuerySet[Outlet]:
    """Return those of a bank's outlets that fall short of a criterion about outlets."""
    short = Q()
    for one in (*REGISTERED, *OPEN):
        short |= one.short(bank)
    return outlets.annotate(services_text=Cast("services", TextField())).filter(short)


def shortcomings(outlet: Outlet, shared: SharedCodes) -> list[str]:
    """Return the shortcomings of an outlet against the criteria about outlets."""
    return [str(one.falls_short) for one in (*REGISTERED, *OPEN) if not one.holds(outlet, shared)]


def may_be_saved(by: User | None, read: OutletImport) -> Verdict:
    """Check that the import was not saved before and the meaning of its columns is known."""
    if read.done_at is not None:
        return Verdict.moved_on()
    if not read.is_settled:
        return Verdict.no("columns", _("Say first which column is which."), Incomplete)
    return ALLOWED


def may_be_laid_out(by: User | None, read: OutletImport) -> Verdict:
    """Check that the columns may be chosen: the import was not saved, and its cells are kept."""
    return ALLOWED if read.done_at is None and read.sheet else Verdict.moved_on()
