"""What a cell of a file holds: the value behind the text on the page, so that days are days and numbers numbers."""

import datetime as dt
import html
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib.admin.utils import lookup_field
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.safestring import SafeString

from zsbank.base.pages.facts import readable

Value = str | int | float | Decimal | dt.date | dt.datetime | None
Column = Callable[..., str]

UNSEEN = re.compile(r'<(\w+)[^>]*\baria-hidden="true"[^>]*>.*?</\1>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
NOT_IN_FILES = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that a spreadsheet cannot hold."""


def in_files(value: Callable[[Any], Value]) -> Callable[[Column], Column]:
    """Let files have a value where the page has markup.

    Args:
        value: returns it for a row.
    """

    def decorated(column: Column) -> Column:
        column.in_files = value  # type: ignore[attr-defined]
        return column

    return decorated


def value_of(desk: Any, row: Any, name: Any) -> Value:
    """Return what a file holds in a column of a desk's list; None where the page has a dash."""
    own = getattr(name if callable(name) else getattr(desk, name, None), "in_files", None)
    if own is not None:
        return plain(own(row))
    try:
        field, _attribute, value = lookup_field(name, row, desk)
    except ObjectDoesNotExist:
        return None
    if field is not None and getattr(field, "flatchoices", None):
        value = dict(field.flatchoices).get(value, value)
    return plain(value)


def plain(value: Any) -> Value:
    """Return a value as a file holds it: local minutes, numbers and days as they are, other things in words."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).replace(tzinfo=None, second=0, microsecond=0)
    if isinstance(value, dt.date) or (
        isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    ):
        return value
    text = _without_markup(value) if isinstance(value, SafeString) else readable(value)
    text = NOT_IN_FILES.sub("", " ".join(text.split()))
    return None if text in ("", "—") else text


def _without_markup(markup: str) -> str:
    return html.unescape(TAG.sub(" ", UNSEEN.sub("", markup)))
