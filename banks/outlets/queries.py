"""The read side of outlets: a bank's list with what falls short, and who has which code."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from banks.outlets.models import Outlet
from banks.outlets.names import folded
from banks.outlets.rules import CODE_FIELDS, CodeHolders, SharedCodes, falling_short, shortcomings
from banks.register.models import Bank

NAMED, PAGE_SIZE = 5, 50


@dataclass(frozen=True)
class ListedOutlet:
    """An outlet of the list, with what it falls short on."""

    outlet: Outlet
    short: list[str]


def search_of(text: str) -> Q:
    """Finds the outlets in which all words of a search stand, whatever width, case and kind of bracket."""
    found = Q()
    for word in text.split()[:NAMED]:
        found &= Q(search_text__contains=folded(word))
    return found


def page_of(bank: Bank, search: Q, *, only_short: bool, number: int) -> tuple[Page[Outlet], dict[str, int]]:
    """A page of a bank's outlets in the order of the numbers in their names, with how many there are.

    Returns:
        The page; the number of all outlets, of those found, and of those found that fall short.
    """
    short = Q(pk__in=falling_short(bank, bank.outlets.order_by()).values("pk"))
    counts = bank.outlets.order_by().aggregate(
        all=Count("pk"), found=Count("pk", filter=search), short=Count("pk", filter=search & short)
    )
    rows = bank.outlets.filter(search & short if only_short else search).order_by("name_order", "pk")
    pages = Paginator(rows, PAGE_SIZE)
    pages.count = counts["short" if only_short else "found"]
    return pages.get_page(number), counts


def listed(bank: Bank, outlets: Iterable[Outlet]) -> list[ListedOutlet]:
    """Outlets of a page with what each falls short on; two queries however many there are."""
    page = list(outlets)
    shared = SharedCodes(_shared(bank, "uscc", page), _shared(bank, "license_institution_code", page))
    return [ListedOutlet(outlet, shortcomings(outlet, shared)) for outlet in page]


def _shared(bank: Bank, field: str, outlets: list[Outlet]) -> frozenset[str]:
    """Which of the codes of these outlets another outlet of the bank, or the bank itself, has too."""
    codes = {code for outlet in outlets if (code := getattr(outlet, field))}
    counted = bank.outlets.filter(**{f"{field}__in": codes}).order_by().values_list(field)
    shared = {code for code, count in counted.annotate(holders=Count("pk")) if count > 1}
    return frozenset(shared | ({getattr(bank, field)} & codes))


def code_hints_of(outlet: Outlet) -> dict[str, str]:
    """By field, what is said of an outlet's codes that another outlet of its bank, or the bank itself, has too."""
    holders = CodeHolders(outlet.bank)
    for field in CODE_FIELDS:
        code = getattr(outlet, field)
        for other in (
            outlet.bank.outlets.filter(**{field: code}).exclude(pk=outlet.pk)[:NAMED] if code else ()
        ):
            holders.add_code(other.name, field, code)
    return holders.hints(outlet.name, outlet)
