"""Portal pages of inspections: what was found, the bank's answer, and the correction."""

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
from inspections.visits.actions.reports import answer_inspection, state_correction
from inspections.visits.forms import AnswerForm, CorrectionForm
from inspections.visits.models import InspectionVisit, VisitAnswer
from inspections.visits.queries import (
    evidence_of,
    files_of_answers,
    findings_of,
    shown_to,
    unsettled_of,
)
from zsbank.base.actions.door import Action
from zsbank.base.calendar.wording import in_words
from zsbank.base.cases.now import now_of, step_of
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import NextStep
from zsbank.base.cases.receipts import HandedIn, Receipt
from zsbank.base.cases.work import Asked
from zsbank.base.files.actions import record_opening
from zsbank.base.files.forms import with_names
from zsbank.base.files.posted import handed_in
from zsbank.base.pages.file_response import serve
from zsbank.base.pages.look import OPEN, look_at
from zsbank.base.pages.receipts import receipt_page
from zsbank.base.pages.submitted_form import carry_out
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused
from zsbank.base.texts import PlainForm

ROOM = "inspections:visits"
PER_PAGE = 50
SHOWN_AT_HOME = 5


def page_of(visit: InspectionVisit) -> str:
    """Return the URL of an inspection's page."""
    return reverse("inspections:visit", args=[visit.pk])


def next_steps(bank: Bank) -> Iterator[NextStep]:
    """Yield a step for each inspection that the bank knows of and that is not over, the oldest first."""
    for visit in unsettled_of(bank)[:SHOWN_AT_HOME]:
        about = _("Inspection %(number)s of %(day)s") % {"number": visit, "day": in_words(visit.visit_day)}
        yield step_of(visit, about, gettext_lazy("Open the inspection"))


ASKED_ANSWER = Asked(
    answer_inspection,
    step=lambda visit: str(_("answer the findings of inspection %(number)s") % {"number": visit}),
    why=lambda visit: str(_("The report names findings; your bank may explain or object.")),
    address=lambda visit: reverse("inspections:visit_answer", args=[visit.pk]),
    button=gettext_lazy("Answer the report"),
    due=lambda visit: visit.answer_due,
    period=lambda visit: visit.answer_period,
    may=True,
)
ASKED_CORRECTION = Asked(
    state_correction,
    step=lambda visit: str(
        _("correct the findings of inspection %(number)s, and state it") % {"number": visit}
    ),
    why=lambda visit: visit.outcome_reason,
    address=lambda visit: reverse("inspections:visit_correction", args=[visit.pk]),
    button=gettext_lazy("State the correction"),
    due=lambda visit: visit.correct_by,
    period=lambda visit: visit.correct_period,
)


def _offer(action: Action[..., Any], label: Any, cause: Any, form: type[PlainForm]) -> Offer:
    """Return an action of the bank with text and files."""
    return Offer(
        action,
        label,
        (cause,),
        form=lambda visit: form,
        run=lambda by, visit, given: action(
            visit=visit, by=by, text=given["text"], files=with_names(given["files"])
        ),
    )


ANSWER = _offer(
    answer_inspection,
    gettext_lazy("Answer the report"),
    gettext_lazy("The bureau reads the answer before it says what follows."),
    AnswerForm,
)
CORRECTION = _offer(
    state_correction,
    gettext_lazy("State the correction"),
    gettext_lazy("The bureau checks the correction and closes the inspection, or demands it again."),
    CorrectionForm,
)
BANK_OFFERS = (ANSWER, CORRECTION)


@require_GET
@for_members
def visits(request: MemberRequest, bank: Bank) -> HttpResponse:
    """List the inspections that the bank knows of, newest first."""
    page = Paginator(shown_to(bank), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "inspections/visits.html", {"bank": bank, "page": page, "room": ROOM})


def _context(bank: Bank, row: InspectionVisit) -> dict[str, object]:
    return {
        "bank": bank,
        "visit": row,
        "places": row.outlets.all(),
        "findings": findings_of(row) if row.is_reported else (),
        "answers": row.answers.select_related("submitted_by").prefetch_related("files"),
        "now": now_of(row),
        "room": ROOM,
        "aside": True,
    }


@require_GET
@for_members
def visit(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show an inspection: day and outlets; once reported, the findings and what follows."""
    return render(request, "inspections/visit.html", _context(bank, own_or_404(shown_to(bank), bank, pk)))


@require_http_methods(["GET", "POST"])
@for_members
def answer(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show the form of the answer; POST submits it."""
    row = own_or_404(shown_to(bank), bank, pk)
    return _submit(request, bank, row, ANSWER)


@require_http_methods(["GET", "POST"])
@for_members
def correction(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show the form of a correction; POST states it."""
    row = own_or_404(shown_to(bank), bank, pk)
    return _submit(request, bank, row, CORRECTION)


def _submit(request: MemberRequest, bank: Bank, row: InspectionVisit, offer: Offer) -> HttpResponse:
    """Show the form of an action of the bank, or run it."""
    action = offer.action
    form = offer.form(row)(request.POST or None, handed_in(request))
    submitted = carry_out(
        request,
        form,
        lambda given: offer.carry_out(request.user, row, given),
        to=lambda made: page_of(row),
        done=lambda made: _("It has been submitted. The next step is the bureau's."),
    )
    if submitted:
        return submitted
    context = _context(bank, row) | {
        "form": form,
        "title": offer.label,
        "verdict": action.verdict(request.user, row),
        "open": action.is_due(row) and action.rule(None, row).allowed,
    }
    return render(request, "inspections/visit_answer.html", context)


def _handed_in(answer: VisitAnswer) -> HandedIn:
    return HandedIn(
        case=answer.visit,
        number=answer.visit.case_number,
        called=gettext_lazy("Inspection"),
        at=answer.submitted_at,
        by=answer.submitted_by,
        files=tuple((gettext_lazy("evidence"), file) for file in answer.files.order_by("pk")),
        kind=gettext_lazy("Material"),
        texts=((gettext_lazy("Answer"), answer.text),),
    )


def _receipt(verb: Verb, title: Any, official: str, url: str) -> Receipt:
    return Receipt(
        verb,
        _handed_in,
        title=title,
        official=official,
        file_name=official,
        url=url,
        keys=lambda answer: [answer.pk],
        back=lambda answer: page_of(answer.visit),
    )


OF_ANSWER = _receipt(
    Verb.ANSWER_INSPECTION,
    gettext_lazy("Receipt of the answer"),
    "检查答复回执",
    "inspections:visit_receipt",
)
OF_CORRECTION = _receipt(
    Verb.STATE_CORRECTION,
    gettext_lazy("Receipt of the stated correction"),
    "改正情况回执",
    "inspections:correction_receipt",
)


@require_GET
@for_members
def receipt(request: MemberRequest, bank: Bank, pk: int, *, pdf: bool = False) -> HttpResponse:
    """Show or send the receipt of an answer or of a stated correction."""
    rows = VisitAnswer.objects.select_related("visit__bank", "submitted_by")
    row = get_object_or_404(rows.filter(visit__bank=bank), pk=pk)
    kind = OF_CORRECTION if row.corrects else OF_ANSWER
    return receipt_page(request, request.user, kind, row, pdf=pdf, room=ROOM)


@require_GET
@for_members
def file(request: MemberRequest, bank: Bank, pk: int, evidence_pk: int) -> HttpResponseBase:
    """Send a file of the bank's answers, or once reported the evidence of a finding."""
    row = own_or_404(shown_to(bank), bank, pk)
    shown = files_of_answers(row)
    if row.is_reported:
        shown = (shown | evidence_of(row)).distinct()
    found = get_object_or_404(shown, pk=evidence_pk)
    page = look_at(request, found, back=page_of(row), over=row.case_number)
    if page is not None:
        return page
    try:
        response = serve(found, in_page=OPEN in request.GET)
    except Refused as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=409)
    record_opening(file=found, case=row, by=request.user)
    return response
