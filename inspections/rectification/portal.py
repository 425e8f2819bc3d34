"""Portal pages of rectification orders."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from banks.register.access import MemberRequest, for_members, own_or_404
from banks.register.models import Bank
from inspections.rectification.actions.reports import report_progress, report_rectification
from inspections.rectification.forms import ProgressForm, ReportForm
from inspections.rectification.models import RectificationOrder, RectificationReport
from inspections.rectification.queries import ground_in_words, open_orders_of
from inspections.rectification.rules import may_report, may_report_progress, too_late
from inspections.rectification.terms import ReportKind
from zsbank.base.cases.now import now_of, step_of
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import NextStep
from zsbank.base.cases.receipts import HandedIn, Receipt
from zsbank.base.cases.work import Asked
from zsbank.base.files.actions import record_opening
from zsbank.base.files.forms import with_names
from zsbank.base.files.models import StoredFile
from zsbank.base.files.posted import handed_in
from zsbank.base.pages.file_response import serve
from zsbank.base.pages.look import OPEN, look_at
from zsbank.base.pages.receipts import receipt_page
from zsbank.base.pages.submitted_form import carry_out
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused

ROOM = "inspections:orders"
PER_PAGE = 50
SHOWN_AT_HOME = 5
ON_TIME = _("A report submitted before 24:00 on the due date is on time, even if it is accepted later.")


def next_steps(bank: Bank) -> Iterator[NextStep]:
    """Yield a step for each of the bank's open orders."""
    for order in open_orders_of(bank)[:SHOWN_AT_HOME]:
        about = str(order.letter or order.get_ground_display())
        yield step_of(order, about, _("Open the order"))


def page_of(order: RectificationOrder) -> str:
    """Return the URL of an order's page."""
    return reverse("inspections:order", args=[order.pk])


ASKED_REPORT = Asked(
    report_rectification,
    step=lambda order: str(_("complete the rectification and report it with evidence")),
    why=ground_in_words,
    address=lambda order: reverse("inspections:report", args=[order.pk]),
    button=_("Submit a rectification report"),
    due=lambda order: order.due_date,
    period=lambda order: order.period,
    when=lambda order: may_report(None, order).allowed,
    late=too_late,
)


REPORT = Offer(
    report_rectification,
    _("Submit a rectification report"),
    (_("The bureau verifies the report; a decider accepts it, or rejects it with what is still missing."),),
    form=lambda order: ReportForm,
    run=lambda by, order, given: report_rectification(
        order=order, by=by, text=given["text"], files=with_names(given["files"])
    ),
)
PROGRESS = Offer(
    report_progress,
    _("Submit a plan or an interim report"),
    (_("Nobody decides on it; the due date does not change."),),
    form=lambda order: ProgressForm,
    run=lambda by, order, given: report_progress(
        order=order,
        by=by,
        kind=ReportKind(given["kind"]),
        text=given["text"],
        files=with_names(given["files"]),
    ),
)
BANK_OFFERS = (REPORT, PROGRESS)


@require_GET
@for_members
def orders(request: MemberRequest, bank: Bank) -> HttpResponse:
    """List the bank's rectification orders, newest first."""
    rows = RectificationOrder.objects.filter(bank=bank).select_related("determination", "letter", "paper")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "inspections/orders.html", {"bank": bank, "page": page, "room": ROOM})


def _own(bank: Bank, pk: int) -> RectificationOrder:
    rows = RectificationOrder.objects.select_related("determination__document", "letter", "bank", "paper")
    return own_or_404(rows, bank, pk)


@require_GET
@for_members
def order(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show an order: facts, reports, and the calculation of the due date."""
    row = _own(bank, pk)
    return render(request, "inspections/order.html", _context(bank, row))


def _context(bank: Bank, row: RectificationOrder) -> dict[str, object]:
    return {
        "bank": bank,
        "order": row,
        "criteria": row.determination.criteria.order_by("number") if row.determination else (),
        "reports": row.reports.select_related("submitted_by").prefetch_related("files"),
        "now": now_of(row),
        "on_time": ON_TIME if row.awaits_report else "",
        "progress": report_progress.is_due(row) and may_report_progress(None, row).allowed,
        "reportable": report_rectification.is_due(row) and may_report(None, row).allowed,
        "done": row.closed_on is not None,
        "room": ROOM,
        "aside": True,
    }


@require_http_methods(["GET", "POST"])
@for_members
def report(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show the form of a report; POST submits it."""
    row = _own(bank, pk)
    form = REPORT.form(row)(request.POST or None, handed_in(request))
    submitted = carry_out(
        request,
        form,
        lambda given: REPORT.carry_out(request.user, row, given),
        to=lambda report: reverse("inspections:order", args=[pk]),
        done=lambda report: _("The report has been submitted. The next step is the bureau's check."),
    )
    if submitted:
        return submitted
    context = _context(bank, row) | {
        "form": form,
        "verdict": report_rectification.verdict(request.user, row),
        "late": report_rectification.is_due(row) and not may_report(None, row).allowed,
    }
    return render(request, "inspections/report.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def progress(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show the form of a plan or an interim report; POST submits it."""
    row = _own(bank, pk)
    form = PROGRESS.form(row)(request.POST or None, handed_in(request))
    submitted = carry_out(
        request,
        form,
        lambda given: PROGRESS.carry_out(request.user, row, given),
        to=lambda report: reverse("inspections:order", args=[pk]),
        done=lambda report: _("It has been submitted. The order runs on."),
    )
    if submitted:
        return submitted
    context = _context(bank, row) | {"form": form, "verdict": report_progress.verdict(request.user, row)}
    return render(request, "inspections/progress.html", context)


def _handed_in(report: RectificationReport) -> HandedIn | None:
    if report.is_on_paper:
        return None
    return HandedIn(
        case=report.order,
        number=str(report.order.letter or report.order.get_ground_display()),
        called=_("Rectification order"),
        at=report.submitted_at,
        by=report.submitted_by,
        files=tuple((_("evidence"), file) for file in report.files.order_by("pk")),
        kind=_("Material"),
        texts=((report.get_kind_display(), report.text),),
    )


OF_REPORT = Receipt(
    Verb.REPORT_RECTIFICATION,
    _handed_in,
    title=_("Receipt of the rectification report"),
    official="整改报告回执",
    file_name="整改报告回执",
    url="inspections:report_receipt",
    keys=lambda report: [report.pk],
    back=lambda report: page_of(report.order),
)


OF_PROGRESS = Receipt(
    Verb.REPORT_PROGRESS,
    _handed_in,
    title=_("Receipt of the rectification plan or interim report"),
    official="整改方案（中期报告）回执",
    file_name="整改方案（中期报告）回执",
    url="inspections:progress_receipt",
    keys=lambda report: [report.pk],
    back=lambda report: page_of(report.order),
)


@require_GET
@for_members
def receipt(request: MemberRequest, bank: Bank, pk: int, *, final: bool, pdf: bool = False) -> HttpResponse:
    """Show or send the receipt of a report, or of a plan or an interim report."""
    rows = RectificationReport.objects.select_related("order__bank", "order__letter", "submitted_by")
    rows = rows.filter(order__bank=bank)
    of_kind = rows.filter(kind=ReportKind.FINAL) if final else rows.exclude(kind=ReportKind.FINAL)
    kind = OF_REPORT if final else OF_PROGRESS
    return receipt_page(request, request.user, kind, get_object_or_404(of_kind, pk=pk), pdf=pdf, room=ROOM)


@require_GET
@for_members
def file(request: MemberRequest, bank: Bank, pk: int, file_pk: int) -> HttpResponseBase:
    """Send the document of the determination, or a file of the bank's own reports."""
    row = _own(bank, pk)
    own = StoredFile.objects.filter(rectification_reports__order=row)
    shown = StoredFile.objects.filter(determination__order=row)
    found = get_object_or_404((own | shown).distinct(), pk=file_pk)
    back = reverse("inspections:order", args=[pk])
    page = look_at(request, found, back=back, over=str(row.letter or _("Rectification")))
    if page is not None:
        return page
    try:
        response = serve(found, in_page=OPEN in request.GET)
    except Refused as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=409)
    record_opening(file=found, case=row, by=request.user)
    return response
