"""Portal pages of the outlet import: template, upload, preview."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from banks.outlets.actions.imports import import_outlets, read_import
from banks.outlets.forms import ImportForm, LeaveOutForm
from banks.outlets.models import OutletImport
from banks.outlets.template import column_help, csv_template, xlsx_template
from banks.outlets.terms import COLUMN_HELP_IN_ENGLISH
from banks.register.access import MemberRequest, for_members, own_or_404
from banks.register.models import Bank
from zsbank.base.calendar.wording import reader_language
from zsbank.base.files.actions import displayable_name
from zsbank.base.files.kinds import CONTENT_TYPES
from zsbank.base.files.models import FileKind
from zsbank.base.pages.submitted_form import carry_out

ROOM = "banks:outlets"
SHOWN = 20


@require_GET
@for_members
def template(_request: MemberRequest, _bank: Bank, kind: str) -> HttpResponse:
    """Send the empty template."""
    xlsx = kind == "xlsx"
    content = xlsx_template() if xlsx else csv_template()
    answer = HttpResponse(
        content, content_type=CONTENT_TYPES[FileKind.XLSX] if xlsx else "text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"网点导入模板.{kind}") or ""
    return answer


@require_http_methods(["GET", "POST"])
@for_members
def upload(request: MemberRequest, bank: Bank) -> HttpResponse:
    """Read a spreadsheet and lead to its preview; show why a file cannot be read."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    read = carry_out(
        request,
        form,
        lambda given: read_import(
            bank=bank,
            by=request.user,
            content=given["file"].read(),
            name=displayable_name(given["file"].name),
        ),
        to=lambda row: reverse("banks:import", args=[row.pk]),
    )
    context = {"bank": bank, "form": form, "columns": _columns(), "room": ROOM}
    return read or render(request, "banks/import_upload.html", context)


def _columns() -> list[tuple[str, str]]:
    """Return title and explanation of each column, explained in the reader's language."""
    in_reader = COLUMN_HELP_IN_ENGLISH if reader_language() == "en" else {}
    return [(title, in_reader.get(title, words)) for title, words in column_help().items()]


@require_http_methods(["GET", "POST"])
@for_members
def preview(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show the rows read, errors first; POST saves them, leaving out the chosen rows."""
    read = own_or_404(OutletImport.objects.all(), bank, pk)
    wrong = [row for row in read.rows if row["errors"]]
    numbers = [row["number"] for row in wrong]
    form = LeaveOutForm(numbers, request.POST if request.method == "POST" else None)
    saved = carry_out(
        request,
        form,
        lambda given: import_outlets(read=read, by=request.user, left_out=given["left_out"]),
        to=lambda counts: reverse(ROOM),
        done=lambda counts: (
            _("Saved: %(new)s new outlets, %(changed)s changed.") % {"new": counts[0], "changed": counts[1]}
        ),
    )
    if saved:
        return saved
    there = set(bank.outlets.values_list("name", flat=True))
    right = [row for row in read.rows if not row["errors"]]
    context = {
        "bank": bank,
        "read": read,
        "form": form,
        "wrong": wrong,
        "noted": [row for row in right if row["notes"]],
        "right": right[:SHOWN],
        "more": max(len(right) - SHOWN, 0),
        "there": there,
        "counts": {
            "all": len(read.rows),
            "new": sum(row["data"]["name"] not in there for row in right),
            "changed": sum(row["data"]["name"] in there for row in right),
            "wrong": len(wrong),
        },
        "chosen": form.data.getlist("left_out") if form.is_bound else (),  # type: ignore[attr-defined]
        "room": ROOM,
    }
    return render(request, "banks/import_preview.html", context)
