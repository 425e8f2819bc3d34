"""Search over what a bank sees in the portal: its cases, letters and outlets, by number or name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from banks.outlets.models import Outlet
from banks.papers.models import PaperLetter
from banks.papers.queries import papers_of
from banks.register.models import Bank
from banks.register.queries import letters_of
from zsbank.base.cases.case import Case
from zsbank.base.cases.now import page_for_bank
from zsbank.base.cases.registry import case_of, cases
from zsbank.base.cases.search import Search, normalised
from zsbank.base.cases.urls import base_of
from zsbank.base.letters.models import Letter
from zsbank.base.pages.finding import PER_KIND, Found, FoundKind
from zsbank.base.pages.states import shown_state

OF_THE_BANK = "bank__"
"""Fields of the bank itself: each of its rows would be found by them."""


@dataclass(frozen=True)
class Place:
    """One kind of row that a bank sees, with the URL of a row's page, and of the list with the query."""

    kind: Case
    rows: Callable[[Bank], QuerySet[Any]]
    address: Callable[[Any], str]
    list_address: Callable[[str], str] = lambda query: ""


def find_for_bank(bank: Bank, query: str) -> list[FoundKind]:
    """Return the bank's rows that match, by kind; at most one query of the database for each kind.

    Args:
        query: as typed.
    """
    if not normalised(query):
        return []
    return [found for place in _places() if (found := _found_at(place, bank, query)) is not None]


def _places() -> Iterator[Place]:
    for kind in cases():
        if kind.bank_page is not None or kind.portal is not None:
            yield Place(kind, kind.shown_to, _page_of(kind), _list_of(kind))
    yield Place(_kind(Letter), letters_of, _letter_page, _letters)
    yield Place(_kind(PaperLetter), papers_of, lambda row: reverse("banks:paper", args=[row.pk]), _papers)
    yield Place(
        _kind(Outlet), _kind(Outlet).shown_to, lambda row: reverse("banks:outlet", args=[row.pk]), _outlets
    )


def _kind(model: type[Model]) -> Case:
    kind = case_of(model)
    if kind is None:
        raise LookupError(f"{model._meta.label} is declared in no case.py")
    return kind


def _page_of(kind: Case) -> Callable[[Any], str]:
    return lambda row: page_for_bank(kind, row)


def _list_of(kind: Case) -> Callable[[str], str]:
    """Return the address of the bank's list of a kind; empty for a kind of which a bank has a few rows at most."""
    if kind.portal is not None:
        return lambda query: reverse(f"portal:{base_of(kind.model)}_list")
    return lambda query: reverse(kind.menu[0].url) if kind.menu else ""


def _letter_page(letter: Letter) -> str:
    """Return the letter's page, or the list while its file is being made."""
    return f"{reverse('banks:letter', args=[letter.pk])}?look" if letter.file_id else reverse("banks:letters")


def _letters(query: str) -> str:
    return reverse("banks:letters")


def _papers(query: str) -> str:
    return reverse("banks:papers")


def _outlets(query: str) -> str:
    return f"{reverse('banks:outlets')}?{urlencode({'q': query})}"


def _found_at(place: Place, bank: Bank, query: str) -> FoundKind | None:
    search = _besides_the_bank(place.kind.search)
    if search is None:
        return None
    rows = search.find(place.rows(bank), query).select_related(*_related(place.kind.model))
    first = list(rows[: PER_KIND + 1])
    shown = tuple(_found(place, row, address) for row in first if (address := place.address(row)))
    if not shown:
        return None
    more = place.list_address(query) if len(first) > PER_KIND else ""
    return FoundKind(str(place.kind.model._meta.verbose_name_plural), shown[:PER_KIND], more)


def _besides_the_bank(search: Search | None) -> Search | None:
    """Return the search without fields of the bank; None if nothing is left to look in."""
    if search is None:
        return None
    codes, names = (
        tuple(name for name in fields if not name.startswith(OF_THE_BANK))
        for fields in (search.codes, search.names)
    )
    left = replace(search, codes=codes, names=names)
    return left if codes or names or left.case_number or left.numbered else None


def _related(model: type[Model]) -> list[str]:
    """Return what the title of a row needs."""
    return ["bank"] if any(field.name == "bank" for field in model._meta.concrete_fields) else []


def _found(place: Place, row: Any, address: str) -> Found:
    title = str(row)
    state = shown_state(row, staff=False)["label"] if place.kind.states else ""
    subject = str(getattr(row, "title", "") or getattr(row, "address", ""))
    about = " · ".join(part for part in (subject, state) if part and part not in title)
    return Found(title, about, address)
