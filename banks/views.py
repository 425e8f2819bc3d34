"""Pages of a bank's own affairs: outlets, letters, members."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from banks import actions, hearing
from banks.forms import (
    ConfirmForm,
    MemberForm,
    OutletForm,
    PageForm,
    SecondFactorForm,
    StatementForm,
    as_entered,
)
from banks.models import Bank, Member, Outlet, PriorNotice
from banks.rules import may_state, roles_for
from banks.scope import MemberRequest, for_members, own_or_404, refusal_shown_in
from zsbank.accounts.permissions import Verb
from zsbank.accounts.roles import Role
from zsbank.accounts.rules import may
from zsbank.letters.models import Letter
from zsbank.letters.views import give

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


@require_http_methods(["GET", "POST"])
@for_members
def members(request: MemberRequest, bank: Bank) -> HttpResponse:
    """Who acts for the bank; its administrator adds a colleague."""
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            person, role = form.cleaned_data["username"], Role(form.cleaned_data["role"])
            actions.add_member(bank=bank, user=person, role=role, by=request.user)
            messages.success(request, _("%(person)s acts for the bank from now on.") % {"person": person})
            return redirect("banks:members")
    context = {
        "bank": bank,
        "form": form,
        "members": bank.members.filter(left_on=None).select_related("user").order_by("pk"),
        "may_change": may(roles_for(request.user, bank), Verb.ADD_MEMBER).allowed,
        "room": "banks:members",
    }
    return render(request, "banks/members.html", context)


@require_POST
@for_members
def second_factor(request: MemberRequest, bank: Bank) -> HttpResponse:
    """The administrator demands a second factor of the bank's people, or no longer does."""
    form = SecondFactorForm(request.POST)
    if form.is_valid():
        with refusal_shown_in(form):
            actions.demand_second_factor(bank=bank, demanded=form.cleaned_data["demanded"], by=request.user)
            messages.success(request, _("It holds from everybody's next page on."))
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return redirect("banks:members")


@require_http_methods(["GET", "POST"])
@for_members
def remove_member(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Ask once, then end a colleague's acting for the bank."""
    member = own_or_404(Member.objects.select_related("user").filter(left_on=None), bank, pk)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            actions.remove_member(member=member, by=request.user)
            messages.success(request, _("%(person)s no longer acts for the bank.") % {"person": member.user})
            return redirect("banks:members")
    context = {"bank": bank, "form": form, "member": member, "room": "banks:members"}
    return render(request, "banks/remove_member.html", context)
