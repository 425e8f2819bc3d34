"""What columns of lists and facts of pages say of all rows: words or markup, and in files numbers as numbers."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import lookup_field
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from tests.actions.situations import is_new, names_now, shape_of
from zsbank.base.cases.registry import cases
from zsbank.base.pages.exports.values import value_of

MARKUP, NUMBER = re.compile(r"</?[a-z]"), re.compile(r"-?[\d,]+\.\d+")


def faults(rows: int) -> Iterator[str]:
    """Yield each column whose markup would be shown as text, or whose number would be text in a file.

    Args:
        rows: of each kind of case the newest are read, so many; of those that are alike one in each process.
    """
    names = names_now()
    for kind in cases():
        desk: Any = admin.site._registry.get(kind.model) if kind.desk else None
        newest: Iterable[Any] = QuerySet(kind.model).order_by("-pk")[:rows] if desk else ()
        for row in newest:
            if not is_new(f"columns of {kind.key}", shape_of(row, names)):
                continue
            for name in (*desk.list_display, *desk.facts):
                yield from faults_of(desk, row, name)


def faults_of(desk: Any, row: Any, name: Any) -> Iterator[str]:
    """Yield what is wrong in one column of a row."""
    try:
        _field, _attribute, shown = lookup_field(name, row, desk)
    except ObjectDoesNotExist:
        return
    where = f"{row._meta.label} {getattr(name, '__name__', name)}"
    if isinstance(shown, str) and MARKUP.search(shown) and not isinstance(shown, SafeString):
        yield f"{where} shows its markup: {shown}"
    if NUMBER.fullmatch(str(shown)) and isinstance(value_of(desk, row, name), str):
        yield f"{where} is text in files: {shown}"
