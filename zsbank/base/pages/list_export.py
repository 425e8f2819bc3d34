"""A list as a file: CSV or a spreadsheet, with the columns and filters of the page."""

import csv
import html
from collections.abc import Iterable, Iterator
from enum import StrEnum
from tempfile import TemporaryFile
from typing import IO, Any

from django.contrib import messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from openpyxl import Workbook

from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import list_page
from zsbank.base.pages.actions import export_list
from zsbank.base.pages.lists import cell, columns_of

MOST_ROWS = 50_000
AT_ONCE = 500
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that spreadsheet programs take for a formula."""


class ListFormat(StrEnum):
    """The formats of an exported list."""

    CSV = "csv"
    XLSX = "xlsx"


def export(desk: Any, request: HttpRequest, form: ListFormat) -> HttpResponseBase:
    """Return the list as a file and record the export; too long lists are redirected to the page.

    Raises:
        PermissionDenied: the person may not see the list.
    """
    if not desk.has_view_permission(request) or not isinstance(request.user, User):
        raise PermissionDenied
    shown: ChangeList = desk.get_changelist_instance(request)
    query = request.GET.urlencode()
    if shown.result_count > MOST_ROWS:
        messages.warning(
            request,
            _("A file holds at most %(most)s rows. Filter the list first.") % {"most": f"{MOST_ROWS:,}"},
        )
        return HttpResponseRedirect(list_page(shown.model, f"?{query}"))
    export_list(
        reader=request.user,
        kind=shown.opts.label_lower,
        rows=shown.result_count,
        query=query,
        by=request.user,
    )
    name = f"{shown.opts.model_name}-{clock.today().isoformat()}.{form}"
    lines = _lines(desk, shown)
    return _csv(lines, name) if form == ListFormat.CSV else _xlsx(lines, name)


def _lines(desk: Any, shown: ChangeList) -> Iterator[list[str]]:
    yield [column.label for column in columns_of(desk, shown)]
    for row in shown.queryset[:MOST_ROWS].iterator(chunk_size=AT_ONCE):
        yield [_plain(cell(desk, row, name)) for name in shown.list_display]


def _plain(text: str) -> str:
    """Return a cell as text that no spreadsheet program takes for a formula."""
    plain = html.unescape(strip_tags(text)) if isinstance(text, SafeString) else text
    plain = " ".join(plain.split())
    return f"'{plain}" if plain.startswith(FORMULA) else plain


class _Line:
    """A file for the csv writer that returns what is written."""

    def write(self, text: str) -> str:
        return text


def _csv(lines: Iterable[list[str]], name: str) -> StreamingHttpResponse:
    """Return the lines as CSV; the mark at the beginning tells spreadsheet programs that it is UTF-8."""
    writer = csv.writer(_Line())
    parts = (prefix + str(writer.writerow(line)) for prefix, line in _marked(lines))
    answer = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _marked(lines: Iterable[list[str]]) -> Iterator[tuple[str, list[str]]]:
    for number, line in enumerate(lines):
        yield ("" if number else "\ufeff"), line


def _xlsx(lines: Iterable[list[str]], name: str) -> FileResponse:
    """Return the lines as a spreadsheet, written row by row to a temporary file."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for line in lines:
        sheet.append(line)
    file: IO[bytes] = TemporaryFile()  # noqa: SIM115 the response closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name)
