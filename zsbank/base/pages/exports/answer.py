"""The answer to a person who exports a list: the file as a download, recorded."""

import re
from contextlib import nullcontext
from tempfile import TemporaryFile
from typing import IO, Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.accounts.user_lock import Busy, user_lock
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import list_page
from zsbank.base.files.formats import FileKind
from zsbank.base.files.kinds import CONTENT_TYPES
from zsbank.base.pages.actions import export_list
from zsbank.base.pages.exports.csv_file import csv_parts
from zsbank.base.pages.exports.listed import MOST_ROWS, ExportedList, ListFormat
from zsbank.base.pages.exports.xlsx_file import write_xlsx
from zsbank.base.pages.file_response import DOWNLOAD_POLICY
from zsbank.base.pages.lists import check_parameters
from zsbank.base.texts import BadText

NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f]+')
LONGEST_FILTERS = 60
"""Characters of a file's name that say the filters; systems allow 255 bytes in all."""


def export(desk: Any, request: HttpRequest, form: ListFormat) -> HttpResponseBase:
    """Return the list as a file and record the export.

    The list itself answers an address with a filter that it does not know, and where there is nothing to export. A
    person has one spreadsheet made at a time.

    Raises:
        PermissionDenied: the person may not see the list.
    """
    if not desk.has_view_permission(request) or not isinstance(request.user, User):
        raise PermissionDenied
    query = request.GET.urlencode()
    to_list = HttpResponseRedirect(list_page(desk.model, f"?{query}" if query else ""))
    try:
        check_parameters(request)
        listed: ExportedList = desk.exported_list(request)
    except (BadText, IncorrectLookupParameters):
        return to_list
    return file_of(listed, form, request, kind=desk.opts.label_lower, back=to_list)


def file_of(
    listed: ExportedList, form: ListFormat, request: HttpRequest, *, kind: str, back: HttpResponseBase
) -> HttpResponseBase:
    """Return a list as a file and record the export.

    Args:
        kind: the label of the list's model, such as `exit.exitcase`, or `WORK_LIST`.
        back: the answer where the list is empty, too long for a file, or another spreadsheet is being made.
    """
    person: User = request.user  # type: ignore[assignment]
    if not listed.total:
        return back
    if listed.total > MOST_ROWS[form]:
        messages.warning(request, too_long(form))
        return back
    try:
        with user_lock(person, "list") if form == ListFormat.XLSX else nullcontext():
            export_list(
                reader=person,
                kind=kind,
                rows=listed.total,
                query=request.GET.urlencode(),
                filters=listed.filters,
                file_format=form,
                by=person,
            )
            return _given(listed, form)
    except Busy as refusal:
        messages.warning(request, str(refusal))
        return back


def too_long(form: ListFormat) -> str:
    """Return why a list does not fit into a file, and what to do."""
    most = f"{MOST_ROWS[form]:,}"
    if form == ListFormat.XLSX:
        words = _("An Excel file has at most %(most)s rows. Choose CSV, or filter the list.")
    else:
        words = _("A file has at most %(most)s rows. Filter the list first.")
    return words % {"most": most}


def file_name(listed: ExportedList, form: ListFormat) -> str:
    """Return the name of the file: the list, its filters in words, and the local day."""
    filters = NOT_IN_NAMES.sub("-", "_".join(listed.filters))[:LONGEST_FILTERS]
    parts = (NOT_IN_NAMES.sub("-", listed.name), filters, clock.today().isoformat())
    return f"{'_'.join(filter(None, parts))}.{form}"


def _given(listed: ExportedList, form: ListFormat) -> StreamingHttpResponse:
    """Return the file. CSV is sent as it is read; a spreadsheet is written to a temporary file first."""
    if form == ListFormat.CSV:
        answer = StreamingHttpResponse(csv_parts(listed), content_type="text/csv; charset=utf-8")
    else:
        file: IO[bytes] = TemporaryFile()  # noqa: SIM115 the response closes it
        write_xlsx(listed, file)
        file.seek(0)
        answer = FileResponse(file, content_type=CONTENT_TYPES[FileKind.XLSX])
    answer["Content-Disposition"] = content_disposition_header(True, file_name(listed, form)) or ""
    answer["Content-Security-Policy"] = DOWNLOAD_POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
