"""The portal page of a determination: what is intended or made, how the bank was heard, and the letter."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from banks.hearings.rules import notices_on
from banks.register.access import MemberRequest, for_members, own_or_404
from banks.register.models import Bank
from inspections.determinations.models import Determination
from inspections.determinations.queries import awaits_decision, shown_to
from zsbank.base.cases.now import now_of, step_of
from zsbank.base.cases.pages import NextStep
from zsbank.base.files.actions import record_opening
from zsbank.base.pages.file_response import serve
from zsbank.base.pages.look import OPEN, look_at
from zsbank.base.refusals import Refused

SHOWN_AT_HOME = 5


def page_of(determination: Determination) -> str:
    """Return the URL of a determination's page."""
    return reverse("inspections:determination", args=[determination.pk])


def next_steps(bank: Bank) -> Iterator[NextStep]:
    """Yield a step for each proposed determination on which the bank was heard; before, the notice has one."""
    for determination in awaits_decision(bank)[:SHOWN_AT_HOME]:
        yield step_of(determination, determination.get_kind_display(), _("View the case"))


@require_GET
@for_members
def determination(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Show a determination of which the bank knows: facts, criteria, document, notices, and what came of it."""
    row = own_or_404(shown_to(bank).select_related("document"), bank, pk)
    context = {
        "bank": bank,
        "determination": row,
        "criteria": row.criteria.order_by("number"),
        "notices": notices_on(row),
        "now": now_of(row),
        "room": "",
        "aside": True,
    }
    return render(request, "inspections/determination.html", context)


@require_GET
@for_members
def document(request: MemberRequest, bank: Bank, pk: int) -> HttpResponseBase:
    """Send the document of a determination of which the bank knows."""
    row = own_or_404(shown_to(bank).select_related("document"), bank, pk)
    page = look_at(request, row.document, back=page_of(row), over=row.get_kind_display())
    if page is not None:
        return page
    try:
        response = serve(row.document, in_page=OPEN in request.GET)
    except Refused as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=409)
    record_opening(file=row.document, case=row, by=request.user)
    return response
