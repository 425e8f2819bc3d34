"""Portal pages of complaints: what the bank has to answer, what it answered, and the result."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from banks.register.access import MemberRequest, for_members, own_or_404
from banks.register.models import Bank
from inspections.complaints.actions.replies import answer_complaint
from inspections.complaints.forms.complaints import AnswerForm
from inspections.complaints.models import Complaint, ComplaintReply
from inspections.complaints.queries import (
    BY_WORDS,
    By,
    chosen,
    figures_of_year,
    name_of_group,
    names_of_kinds,
    outlet_of_group,
    seen_by,
    sums_of_year,
    to_be_answered_by,
    years,
)
from zsbank.base.calendar import clock
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

ROOM = "inspections:complaints"
PER_PAGE = 50
SHOWN_AT_HOME = 5


def page_of(complaint: Complaint) -> str:
    """Return the URL of a complaint's page."""
    return reverse("inspections:complaint", args=[complaint.pk])


def next_steps(bank: Bank) -> Iterator[NextStep]:
    """Yield a step for each complaint of the bank that is not closed, most urgent first."""
    for complaint in to_be_answered_by(bank)[:SHOWN_AT_HOME]:
        about = f"{complaint} · {complaint.outlet_name}" if complaint.outlet_name else str(complaint)
        yield step_of(complaint, about, gettext_lazy("Open the complaint"))


def _why(complaint: Complaint) -> str:
    """Return what is missing in the last answer, or else what the complaint is about."""
    return complaint.demand or complaint.kind


ASKED_ANSWER = Asked(
    answer_complaint,
    step=lambda complaint: _("answer complaint %(number)s with evidence") % {"number": complaint},
    why=_why,
    address=lambda complaint: reverse("inspections:complaint_answer", args=[complaint.pk]),
    button=gettext_lazy("Answer the complaint"),
    due=lambda complaint: complaint.due_date,
    period=lambda complaint: complaint.period,
)


ANSWER = Offer(
    answer_complaint,
    gettext_lazy("Answer the complaint"),
    (gettext_lazy("The bureau closes the complaint, or sends the answer back with what is missing."),),
    form=lambda complaint: AnswerForm,
    run=lambda by, complaint, given: answer_complaint(
        complaint=complaint, by=by, text=given["text"], files=with_names(given["files"])
    ),
)
BANK_OFFERS = (ANSWER,)


@require_GET
@for_members
def complaints(request: MemberRequest, bank: Bank) -> HttpResponse:
    """List the complaints that were forwarded to the bank, newest first."""
    page = Paginator(seen_by(bank), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "inspections/complaints.html", {"bank": bank, "page": page, "room": ROOM})


def _context(bank: Bank, row: Complaint) -> dict[str, object]:
    return {
        "bank": bank,
        "complaint": row,
        "replies": row.replies.select_related("answered_by").prefetch_related("files"),
        "now": now_of(row),
        "room": ROOM,
        "aside": True,
    }


@require_GET
@for_members
def complaint(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show a complaint: facts, due date, answers and result."""
    return render(request, "inspections/complaint.html", _context(bank, own_or_404(seen_by(bank), bank, pk)))


@require_GET
@for_members
def figures(request: MemberRequest, bank: Bank) -> HttpResponse:
    """Show the figures of the complaints that were forwarded to the bank, of a year; of none chosen, the latest."""
    known, by = years(bank), chosen(request.GET.get("by", ""), By.KIND)
    asked = [one for one in known if str(one) == request.GET.get("year")]
    shown = next(iter([*asked, *known]), clock.today().year)
    page = Paginator(figures_of_year(shown, by, bank), PER_PAGE).get_page(request.GET.get("page"))
    kinds = names_of_kinds() if by is By.KIND else {}
    context = {
        "bank": bank,
        "room": ROOM,
        "year": shown,
        "years": known,
        "by": by,
        "by_words": BY_WORDS[by],
        "choices": [(one, words) for one, words in BY_WORDS.items() if one is not By.BANK],
        "page": page,
        "rows": [(row, _group(row, by, kinds), "") for row in page],
        "sums": sums_of_year(shown, bank),
    }
    return render(request, "inspections/complaint_figures.html", context)


def _group(row: dict[str, Any], by: By, kinds: dict[str, str]) -> str:
    return outlet_of_group(row) if by is By.OUTLET else name_of_group(row, by, kinds)


@require_http_methods(["GET", "POST"])
@for_members
def answer(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show the form of an answer; POST submits it."""
    row = own_or_404(seen_by(bank), bank, pk)
    form = ANSWER.form(row)(request.POST or None, handed_in(request))
    answered = carry_out(
        request,
        form,
        lambda given: ANSWER.carry_out(request.user, row, given),
        to=lambda reply: page_of(row),
        done=lambda reply: _("The answer has been submitted. The next step is the bureau's check."),
    )
    if answered:
        return answered
    context = _context(bank, row) | {
        "form": form,
        "verdict": answer_complaint.verdict(request.user, row),
        "answerable": answer_complaint.is_due(row),
    }
    return render(request, "inspections/complaint_answer.html", context)


def _handed_in(reply: ComplaintReply) -> HandedIn:
    return HandedIn(
        case=reply.complaint,
        number=str(reply.complaint),
        called=gettext_lazy("Complaint"),
        at=reply.answered_at,
        by=reply.answered_by,
        files=tuple((gettext_lazy("evidence"), file) for file in reply.files.order_by("pk")),
        kind=gettext_lazy("Material"),
        texts=((gettext_lazy("answer"), reply.text),),
    )


OF_ANSWER = Receipt(
    Verb.ANSWER_COMPLAINT,
    _handed_in,
    title=gettext_lazy("Receipt of the answer to a complaint"),
    official="投诉答复回执",
    file_name="投诉答复回执",
    url="inspections:complaint_receipt",
    keys=lambda reply: [reply.pk],
    back=lambda reply: page_of(reply.complaint),
)


@require_GET
@for_members
def receipt(request: MemberRequest, bank: Bank, pk: int, *, pdf: bool = False) -> HttpResponse:
    """Show or send the receipt of an answer."""
    rows = ComplaintReply.objects.select_related("complaint__bank", "answered_by")
    row = get_object_or_404(rows.filter(complaint__bank=bank), pk=pk)
    return receipt_page(request, request.user, OF_ANSWER, row, pdf=pdf, room=ROOM)


@require_GET
@for_members
def file(request: MemberRequest, bank: Bank, pk: int, attachment_pk: int) -> HttpResponseBase:
    """Send a file of the bank's own answers."""
    row = own_or_404(seen_by(bank), bank, pk)
    own = StoredFile.objects.filter(complaint_replies__complaint=row).distinct()
    found = get_object_or_404(own, pk=attachment_pk)
    page = look_at(request, found, back=page_of(row), over=str(row))
    if page is not None:
        return page
    try:
        response = serve(found, in_page=OPEN in request.GET)
    except Refused as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=409)
    record_opening(file=found, case=row, by=request.user)
    return response
