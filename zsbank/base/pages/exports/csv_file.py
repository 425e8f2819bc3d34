"""A list as CSV (RFC 4180), which Excel opens correctly: UTF-8 with a byte order mark, texts in quotation marks."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from itertools import islice

from django.utils import translation

from zsbank.base.pages.exports.listed import AT_ONCE, ExportedList
from zsbank.base.pages.exports.values import Value
from zsbank.base.texts import half_width, with_apostrophe

MARK = "\ufeff"
CONVERTED = re.compile(r"(?=.*\d)[\d\s.,:/%()¥$年月日时分秒-]+(e[+-]?\d+)?|true|false", re.IGNORECASE)
"""Texts that a spreadsheet program replaces by a number, a date or a truth value, such as codes of digits."""


def csv_parts(listed: ExportedList) -> Iterator[str]:
    """Yield the file in parts of some hundred lines, in the language in which it was asked for."""
    parts, language = _parts(listed), translation.get_language()
    while True:
        with translation.override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part


def _parts(listed: ExportedList) -> Iterator[str]:
    rows = listed.rows()
    yield MARK + _lines([list(listed.labels)])
    while portion := list(islice(rows, AT_ONCE)):
        yield _lines(portion)


def _lines(rows: list[list[Value]]) -> str:
    """Return lines; texts are quoted, so that no other sign in them separates cells for any program."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_NONNUMERIC).writerows([map(_cell, row) for row in rows])
    return out.getvalue()


def _cell(value: Value) -> Value:
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        return f"'{value}" if CONVERTED.fullmatch(half_width(value)) else with_apostrophe(value)
    return value
