"""Portal pages of the letters addressed to a bank."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from banks.register.access import MemberRequest, for_members
from banks.register.forms import PageForm
from banks.register.models import Bank
from zsbank.base.letters.models import Letter
from zsbank.base.pages.letter_response import letter_response

PAGE_SIZE = 50


@require_GET
@for_members
def letters(request: MemberRequest, bank: Bank) -> HttpResponse:
    """List the letters addressed to the bank, newest first."""
    page = Paginator(Letter.objects.filter(uscc=bank.uscc), PAGE_SIZE).get_page(PageForm(request.GET).number)
    return render(request, "banks/letters.html", {"bank": bank, "page": page, "room": "banks:letters"})


@require_GET
@for_members
def letter(request: MemberRequest, bank: Bank, pk: int) -> HttpResponseBase:
    """Send one of the bank's letters as a file and record the download."""
    return letter_response(
        request, get_object_or_404(Letter.objects.select_related("file"), uscc=bank.uscc, pk=pk)
    )
