"""Portal pages of the letters addressed to a bank."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from banks.register.access import MemberRequest, for_members
from banks.register.forms import PageForm
from banks.register.models import Bank
from banks.register.queries import letters_of
from zsbank.base.pages.letter_response import letter_response
from zsbank.base.pages.look import look_at

PAGE_SIZE = 50


@require_GET
@for_members
def letters(request: MemberRequest, bank: Bank) -> HttpResponse:
    """List the letters addressed to the bank, newest first."""
    rows = letters_of(bank).prefetch_related("services")
    page = Paginator(rows, PAGE_SIZE).get_page(PageForm(request.GET).number)
    return render(request, "banks/letters.html", {"bank": bank, "page": page, "room": "banks:letters"})


@require_GET
@for_members
def letter(request: MemberRequest, bank: Bank, pk: int) -> HttpResponseBase:
    """Show or send one of the bank's letters and record the download."""
    row = get_object_or_404(letters_of(bank).select_related("file"), pk=pk)
    back = reverse("banks:letters")
    page = look_at(request, row.file, back=back, over=_("Letters")) if row.file else None
    return page or letter_response(request, row)
