"""Search over everything a person may see at the desk: rows by number or name, lists and actions by name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Model
from django.http import HttpRequest
from django.utils.http import urlencode

from zsbank.base.cases.registry import cases
from zsbank.base.cases.search import normalised
from zsbank.base.cases.urls import case_page, list_action_page, list_page
from zsbank.base.pages.list_offers import is_offered_on_list
from zsbank.base.pages.lists import MAX_QUERY_LENGTH
from zsbank.base.pages.states import shown_state
from zsbank.base.texts import BadText, require_visible

PER_KIND = 6
"""Results shown of one kind; the list has the others."""


@dataclass(frozen=True)
class Found:
    """One result: its name, what it is about, and the URL of its page."""

    title: str
    about: str
    address: str


@dataclass(frozen=True)
class FoundKind:
    """The results of one kind, with the URL of the filtered list if there are more."""

    label: str
    results: tuple[Found, ...]
    more: str = ""


def query_of(request: HttpRequest) -> str:
    """Return the query; empty if it has invisible characters or is too long."""
    query = request.GET.get("q", "")
    try:
        return require_visible(query) if len(query) <= MAX_QUERY_LENGTH else ""
    except BadText:
        return ""


def find_everywhere(
    site: AdminSite, request: HttpRequest, query: str, pages: Iterable[Found]
) -> list[FoundKind]:
    """Return results by kind; at most one query of the database for each kind, whatever is found.

    Args:
        site: the desk's site, which knows the lists and who may see them.
        request: the request of the person who searches.
        query: as typed.
        pages: the pages that the person may open, found by their title.
    """
    if not normalised(query):
        return []
    named = (*(page for page in pages if _is_named(page.title, query)), *_actions(request, query))[:PER_KIND]
    found = [FoundKind("", named)] if named else []
    return [*found, *_rows(site, request, query)]


def _is_named(title: str, query: str) -> bool:
    return normalised(query) in normalised(title)


def _actions(request: HttpRequest, query: str) -> Iterator[Found]:
    """Yield the actions on lists that the person may take now and whose name contains the query."""
    for case in cases():
        for offer in case.list_offers if case.desk else ():
            if _is_named(str(offer.label), query) and is_offered_on_list(request.user, offer):
                kind = str(case.model._meta.verbose_name_plural)
                yield Found(str(offer.label), kind, list_action_page(case.model, offer.action))


def _rows(site: AdminSite, request: HttpRequest, query: str) -> Iterator[FoundKind]:
    for case in cases():
        if case.search is None or case.desk is None:
            continue
        desk: Any = site.get_model_admin(case.model)
        if not desk.has_view_permission(request):
            continue
        rows = desk.get_queryset(request)
        if desk.list_select_related:
            rows = rows.select_related(*desk.list_select_related)
        found, _distinct = desk.get_search_results(request, rows, query)
        first = list(found[: PER_KIND + 1])
        if first:
            yield FoundKind(
                str(case.model._meta.verbose_name_plural),
                tuple(_found(row) for row in first[:PER_KIND]),
                list_page(case.model, f"?{urlencode({'q': query})}") if len(first) > PER_KIND else "",
            )


def _found(row: Model) -> Found:
    title = str(row)
    bank = str(getattr(row, "bank", ""))
    case = next(case for case in cases() if case.model is type(row))
    state = shown_state(row, staff=True)["label"] if case.states else ""
    subject = str(getattr(row, "title", "") or bank)
    about = " · ".join(part for part in (subject, state) if part and part not in title)
    return Found(title, about, case_page(row))
