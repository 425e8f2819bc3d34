"""The read side of outlets: a bank's list with what falls short, and who has which code."""

from dataclasses import dataclass

from banks.outlets.models import Outlet
from banks.outlets.names import folded
from banks.outlets.rules import CodeHolders, SharedCodes, shortcomings
from banks.register.models import Bank


@dataclass(frozen=True)
class ListedOutlet:
    """An outlet of the list, with what it falls short on."""

    outlet: Outlet
    short: list[str]


def listed_outlets(bank: Bank) -> list[ListedOutlet]:
    """All outlets of a bank in the order of the numbers in their names; one query however many there are."""
    outlets = list(bank.outlets.order_by("name_order", "pk"))
    shared = SharedCodes.among(outlets, bank)
    return [ListedOutlet(outlet, shortcomings(outlet, shared)) for outlet in outlets]


def matching(listed: list[ListedOutlet], search: str) -> list[ListedOutlet]:
    """The outlets in which all words of a search stand, in whatever width, case or kind of bracket."""
    words = [folded(word) for word in search.split()]
    return [one for one in listed if all(word in _said_of(one.outlet) for word in words)] if words else listed


def _said_of(outlet: Outlet) -> str:
    fields = (
        outlet.name,
        outlet.town,
        outlet.address,
        outlet.uscc,
        outlet.license_institution_code,
        outlet.phone,
    )
    return "\n".join(folded(field) for field in fields)


def code_hints_of(outlet: Outlet) -> dict[str, str]:
    """By field, what is said of an outlet's codes that another outlet of its bank, or the bank itself, has too."""
    holders = CodeHolders(outlet.bank)
    for field in ("uscc", "license_institution_code"):
        code = getattr(outlet, field)
        for other in outlet.bank.outlets.filter(**{field: code}).exclude(pk=outlet.pk)[:5] if code else ():
            holders.add(other.name, other)
    return holders.hints(outlet.name, outlet)
