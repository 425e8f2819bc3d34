"""Pages of a bank's own affairs: outlets, letters, what it is told before a decision."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from banks import actions, hearing
from banks.forms import ConfirmForm, OutletForm, PageForm, StatementForm, as_entered
from banks.models import Bank, Outlet, PriorNotice
from banks.rules import may_state
from banks.scope import MemberRequest, for_members, own_or_404, refusal_shown_in
from zsbank.base.letters.models import Letter
from zsbank.base.pages.letter_response import give

A_PAGE = 50


@require_GET
@for_members
def outlets(request: MemberRequest, bank: Bank) -> HttpResponse:
    """The bank's outlets, fifty a page."""
    page = Paginator(bank.outlets.order_by("name", "pk"), A_PAGE).get_page(PageForm(request.GET).number)
    return render(request, "banks/outlets.html", {"bank": bank, "page": page, "room": "banks:outlets"})


@require_http_methods(["GET", "POST"])
@for_members
def edit_outlet(request: MemberRequest, bank: Bank, pk: int | None = None) -> HttpResponse:
    """Enter an outlet, or change one."""
    outlet = None if pk is None else own_or_404(Outlet.objects.all(), bank, pk)
    form = OutletForm(request.POST or None, initial=as_entered(outlet) if outlet else None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            saved = actions.save_outlet(bank=bank, outlet=outlet, data=form.data_of_outlet(), by=request.user)
            messages.success(request, _("%(outlet)s is saved.") % {"outlet": saved})
            return redirect("banks:outlets")
    context = {"bank": bank, "form": form, "outlet": outlet, "room": "banks:outlets"}
    return render(request, "banks/outlet.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def remove_outlet(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Ask once, then take an outlet out of the list."""
    outlet = own_or_404(Outlet.objects.all(), bank, pk)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            name = str(outlet)
            actions.remove_outlet(outlet=outlet, by=request.user)
            messages.success(request, _("%(outlet)s is out of the list.") % {"outlet": name})
            return redirect("banks:outlets")
    context = {"bank": bank, "form": form, "outlet": outlet, "room": "banks:outlets"}
    return render(request, "banks/remove_outlet.html", context)


@require_GET
@for_members
def letters(request: MemberRequest, bank: Bank) -> HttpResponse:
    """The letters addressed to the bank, newest first."""
    page = Paginator(Letter.objects.filter(uscc=bank.uscc), A_PAGE).get_page(PageForm(request.GET).number)
    return render(request, "banks/letters.html", {"bank": bank, "page": page, "room": "banks:letters"})


@require_GET
@for_members
def letter(request: MemberRequest, bank: Bank, pk: int) -> HttpResponseBase:
    """One of the bank's own letters as a file; that it was fetched is recorded."""
    return give(request, get_object_or_404(Letter.objects.select_related("file"), uscc=bank.uscc, pk=pk))


@require_http_methods(["GET", "POST"])
@for_members
def notice(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """What is intended against the bank and why; it states its case, and reads what was answered."""
    told = own_or_404(PriorNotice.objects.select_related("letter", "stated_by"), bank, pk)
    form = StatementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            hearing.state_case(notice=told, text=form.cleaned_data["text"], by=request.user)
            messages.success(
                request, _("The bank's statement is on record. The bureau checks and answers it.")
            )
            return redirect("banks:notice", pk)
    context = {"bank": bank, "notice": told, "form": form, "may": may_state(told), "room": "", "aside": True}
    return render(request, "banks/notice.html", context)
