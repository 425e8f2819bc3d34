"""Addresses to open: those without parameters, and a few of each pattern that pages link to."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.pictures.names import order_of, pattern_of

LEFT_OUT = re.compile(
    r"logout|/export/|/download/|/files/|/evidence/\d|^/letters/\d|^/bank/letters/\d|setlang|jsi18n|autocomplete"
    r"|^/static/|^/api/(?!docs/)|^/healthz|\.(pdf|xlsx|csv|json|ofd|svg|ico)$"
)
"""What ends the sign-in, is no page, or is a file."""

SAME_AGAIN = {"o", "_facets", "_changelist_filters"}
"""Keys of a query that show the same rows in another order, or the same page with the way back to them."""

OF_A_PATTERN = 2
NOWHERE = "/nowhere/"
"""An address that leads to nothing: its page is pictured too."""


def routes() -> Iterator[str]:
    """Return every route known to the resolver."""
    yield from _routes(get_resolver().url_patterns, "")


def _routes(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern)


def seeds() -> list[str]:
    """Return the addresses without parameters."""
    plain = {
        f"/{route}".replace("^", "").replace("$", "") for route in routes() if not re.search(r"[<(]", route)
    }
    return sorted(address for address in plain if is_page(address))


def is_page(address: str) -> bool:
    """Whether an address is worth opening."""
    parts = urlsplit(address)
    keys = {key for key, _value in parse_qsl(parts.query, keep_blank_values=True)}
    return not LEFT_OUT.search(parts.path) and not SAME_AGAIN & keys


def route_of(address: str) -> str:
    """Return the route that matches an address; empty if none does."""
    try:
        return resolve(urlsplit(address).path).route
    except Resolver404:
        return ""


class Frontier:
    """Addresses one person has still to open, level by level; a few of each pattern.

    A list with different filters is the same page; each filter is opened once, by the first person to reach it.
    """

    def __init__(self, first: Iterable[str], filters: set[str]) -> None:
        """`first` is opened before linked pages; `filters` are shared by all persons."""
        self.filters = filters
        self.opened: dict[str, int] = defaultdict(int)
        self.seen: set[str] = set()
        self._next: set[str] = set()
        self._add(first)

    def _add(self, addresses: Iterable[str], *, on: str = "") -> None:
        """Add the links of page `on`; filters of the page itself are followed one at a time."""
        here = urlsplit(on)
        for address in addresses:
            there = urlsplit(address)
            plain = urlunsplit(there._replace(fragment=""))
            narrower = bool(here.query and there.query) and here.path == there.path
            if is_page(plain) and plain not in self.seen and not narrower:
                self._next.add(plain)

    def levels(self) -> Iterator[str]:
        """Yield the addresses of each level; addresses added meanwhile belong to the next.

        Of several addresses of a pattern the first and the last are taken: the oldest case and the newest.
        """
        while self._next:
            level, self._next = self._next, set()
            for address in self._chosen(level):
                if address not in self.seen:
                    self.seen.add(address)
                    yield address

    def _chosen(self, level: set[str]) -> list[str]:
        of_pattern: dict[str, list[str]] = defaultdict(list)
        for address in sorted(level, key=order_of):
            of_pattern[pattern_of(address)].append(address)
        chosen = []
        for pattern, addresses in of_pattern.items():
            if pattern not in self.filters:
                ends = [*dict.fromkeys((addresses[0], addresses[-1]))]
                most = 1 if "?" in pattern else OF_A_PATTERN
                chosen += ends[: max(0, most - self.opened[pattern])]
        return chosen

    def opens(self, address: str, links: Iterable[str]) -> None:
        """Count an opened page and add its links."""
        pattern = pattern_of(address)
        self.seen.add(address)
        self.opened[pattern] += 1
        if "?" in pattern:
            self.filters.add(pattern)
        self._add(links, on=address)
