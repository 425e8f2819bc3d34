"""Portal pages of the letters on paper of a bank."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from banks.papers.queries import papers_of
from banks.register.access import MemberRequest, for_members, own_or_404
from banks.register.forms import PageForm
from banks.register.models import Bank
from banks.register.portal import PAGE_SIZE
from zsbank.base.files.actions import record_opening
from zsbank.base.pages.file_response import serve
from zsbank.base.pages.look import OPEN, look_at
from zsbank.base.refusals import Refused


@require_GET
@for_members
def papers(request: MemberRequest, bank: Bank) -> HttpResponse:
    """List the bank's letters that are older than this register, newest first."""
    page = Paginator(papers_of(bank), PAGE_SIZE).get_page(PageForm(request.GET).number)
    return render(request, "banks/papers.html", {"bank": bank, "page": page, "room": "banks:letters"})


@require_GET
@for_members
def paper(request: MemberRequest, bank: Bank, pk: int) -> HttpResponseBase:
    """Show or send the scan of one of the bank's letters, and record the download."""
    letter = own_or_404(papers_of(bank), bank, pk)
    if letter.file is None:
        raise Http404
    page = look_at(request, letter.file, back=reverse("banks:papers"), over=_("Letters on paper"))
    if page is not None:
        return page
    try:
        response = serve(letter.file, in_page=OPEN in request.GET)
    except Refused as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=409)
    record_opening(file=letter.file, case=letter, by=request.user)
    return response
