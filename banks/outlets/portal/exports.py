"""The list of outlets as a file: the empty template, and the bank's own outlets in the same format."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from banks.outlets.actions.exports import export_outlets
from banks.outlets.template import csv_file, xlsx_file
from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank
from zsbank.base.calendar import clock
from zsbank.base.files.formats import FileKind
from zsbank.base.files.kinds import CONTENT_TYPES


@require_GET
@for_members
def template(_request: MemberRequest, _bank: Bank, kind: str) -> HttpResponse:
    """Return the empty template."""
    return _given(xlsx_file() if kind == "xlsx" else csv_file(), kind, "网点导入模板")


@require_GET
@for_members
def export(request: MemberRequest, bank: Bank, kind: str) -> HttpResponse:
    """Export the bank's outlets; an unchanged file imported again changes nothing."""
    outlets = export_outlets(bank=bank, by=request.user, kind=kind)
    content = xlsx_file(outlets) if kind == "xlsx" else csv_file(outlets)
    return _given(content, kind, f"网点{clock.today():%Y%m%d}")


def _given(content: bytes, kind: str, name: str) -> HttpResponse:
    content_type = CONTENT_TYPES[FileKind.XLSX] if kind == "xlsx" else "text/csv; charset=utf-8"
    answer = HttpResponse(content, content_type=content_type)
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.{kind}") or ""
    return answer
