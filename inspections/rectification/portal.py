"""Pages of a bank's rectification orders."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from banks.register.access import MemberRequest, for_members, own_or_404, refusal_shown_in
from banks.register.models import Bank
from inspections.rectification.actions.reports import report_rectification
from inspections.rectification.forms import ReportForm
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from zsbank.base.files.actions import note_opened
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.file_response import serve
from zsbank.base.refusals import Refused

ROOM = "inspections:orders"


@require_GET
@for_members
def orders(request: MemberRequest, bank: Bank) -> HttpResponse:
    """The bank's rectification orders, newest first."""
    rows = RectificationOrder.objects.filter(bank=bank).select_related("determination", "letter")
    return render(request, "inspections/orders.html", {"bank": bank, "orders": rows, "room": ROOM})


def _own(bank: Bank, pk: int) -> RectificationOrder:
    rows = RectificationOrder.objects.select_related("determination__document", "letter", "bank")
    return own_or_404(rows, bank, pk)


@require_GET
@for_members
def order(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """One order: what was found, what was reported, and how its date was reckoned."""
    row = _own(bank, pk)
    return render(request, "inspections/order.html", _context(bank, row))


def _context(bank: Bank, row: RectificationOrder) -> dict[str, object]:
    return {
        "bank": bank,
        "order": row,
        "criteria": row.determination.criteria.order_by("number") if row.determination else (),
        "reports": row.reports.select_related("submitted_by").prefetch_related("files"),
        "reportable": row.state == OrderState.OPEN,
        "done": row.closed_on is not None,
        "room": ROOM,
        "aside": True,
    }


@require_http_methods(["GET", "POST"])
@for_members
def report(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Report what was put right, with evidence."""
    row = _own(bank, pk)
    form = ReportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            report_rectification(
                order=row, by=request.user, text=form.cleaned_data["text"], files=form.named_files()
            )
            messages.success(request, _("The report is handed in. The bureau checks it next."))
            return redirect("inspections:order", pk)
    return render(request, "inspections/report.html", {**_context(bank, row), "form": form})


@require_GET
@for_members
def file(request: MemberRequest, bank: Bank, pk: int, file_pk: int) -> HttpResponseBase:
    """The document of the determination, or one of the bank's own report files."""
    row = _own(bank, pk)
    own = StoredFile.objects.filter(rectification_reports__order=row)
    told = StoredFile.objects.filter(determination__order=row)
    found = get_object_or_404((own | told).distinct(), pk=file_pk)
    try:
        response = serve(found, in_page=True)
    except Refused as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=409)
    note_opened(file=found, case=row, by=request.user, uscc=bank.uscc)
    return response
