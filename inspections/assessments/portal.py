"""The portal page of a bank's annual assessments."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from banks.register.access import MemberRequest, for_members
from banks.register.models import Bank
from inspections.assessments.queries import final_of

PER_PAGE = 50


@require_GET
@for_members
def assessments(request: MemberRequest, bank: Bank) -> HttpResponse:
    """List the bank's final assessments, newest year first; drafts are hidden."""
    page = Paginator(final_of(bank), PER_PAGE).get_page(request.GET.get("page"))
    context = {"bank": bank, "page": page, "room": "inspections:assessments"}
    return render(request, "inspections/assessments.html", context)
