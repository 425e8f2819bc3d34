"""Stable names of pages, so that two sets of screenshots can be compared."""

import re
from urllib.parse import parse_qsl, urlsplit

RENAMED: tuple[tuple[str, str], ...] = (("/admin/operations/", "/admin/operations/"),)
"""Beginnings of addresses that changed; both get the name of the second. Add a line when an address moves."""

NUMBER = re.compile(r"(?<![^/=.,-])\d+(?![^/=.,-])")
TOKEN = re.compile(r"(?<=/)[\w:-]{32,}(?=/)")
PLAIN = re.compile(r"[^\w.=&-]+")


def pattern_of(address: str) -> str:
    """Return the address without numbers, tokens and query values."""
    parts = urlsplit(address)
    path = parts.path
    for before, after in RENAMED:
        if path.startswith(before):
            path = after + path.removeprefix(before)
    path = TOKEN.sub("TOKEN", NUMBER.sub("N", path))
    keys = "&".join(sorted({key for key, _value in parse_qsl(parts.query, keep_blank_values=True)}))
    return f"{path}?{keys}" if keys else path


def order_of(address: str) -> tuple[str, list[int], str]:
    """Return a sort key: pattern, then numbers."""
    return pattern_of(address), [int(digits) for digits in NUMBER.findall(urlsplit(address).path)], address


def name_of(pattern: str, ordinal: int) -> str:
    """Return the name of a screenshot without person and width; `ordinal` counts pages of the pattern from 1."""
    path, _mark, query = pattern.partition("?")
    words = path.strip("/").replace("/", ".") or "home"
    if not path.endswith("/"):
        words += "_"
    if query:
        words += f"__{query}"
    return f"{PLAIN.sub('-', words)}~{ordinal}"
