"""Pages of a bank's outlets."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from banks.outlets.actions import outlets as outlet_actions
from banks.outlets.actions.outlets import save_outlet
from banks.outlets.entry import OutletForm, as_entered
from banks.outlets.forms import OutletListForm
from banks.outlets.models import Outlet
from banks.outlets.queries import code_hints_of, listed, page_of, search_of
from banks.register.access import MemberRequest, for_members, own_or_404
from banks.register.forms import ConfirmForm
from banks.register.models import Bank
from zsbank.base.pages.submitted_form import carry_out

ROOM = "banks:outlets"


def _list_page(row: object) -> str:
    """Where every action on an outlet leads back to."""
    return reverse(ROOM)


@require_GET
@for_members
def outlets(request: MemberRequest, bank: Bank) -> HttpResponse:
    """The bank's outlets, fifty a page: all of them, those that a search finds, those that fall short."""
    form = OutletListForm(request.GET)
    page, counts = page_of(bank, search_of(form.search), only_short=form.only_short, number=form.number)
    context = {
        "bank": bank,
        "page": page,
        "rows": listed(bank, page),
        "room": ROOM,
        "search": form.search,
        "only_short": form.only_short,
        "counts": counts,
    }
    return render(request, "banks/outlets.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def edit_outlet(request: MemberRequest, bank: Bank, pk: int | None = None) -> HttpResponse:
    """Enter an outlet, or change one."""
    outlet = None if pk is None else own_or_404(Outlet.objects.all(), bank, pk)
    form = OutletForm(request.POST or None, initial=as_entered(outlet) if outlet else None)
    saved = carry_out(
        request,
        form,
        lambda given: _saved(request, bank, outlet, form),
        to=_list_page,
        done=lambda row: _("%(outlet)s has been saved.") % {"outlet": row},
    )
    if saved:
        return saved
    if outlet is not None and not form.is_bound:
        for field, hint in code_hints_of(outlet).items():
            form.fields[field].help_text = hint
    return render(request, "banks/outlet.html", {"bank": bank, "form": form, "outlet": outlet, "room": ROOM})


def _saved(request: MemberRequest, bank: Bank, outlet: Outlet | None, form: OutletForm) -> Outlet:
    """Save what was entered, and say of a code that is not the outlet's own who else has it."""
    row = save_outlet(bank=bank, outlet=outlet, data=form.data_of_outlet(), by=request.user)
    for hint in code_hints_of(row).values():
        messages.warning(request, hint)
    return row


@require_http_methods(["GET", "POST"])
@for_members
def remove_outlet(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Ask once, then remove an outlet from the list."""
    outlet = own_or_404(Outlet.objects.all(), bank, pk)
    form = ConfirmForm(request.POST or None)
    removed = carry_out(
        request,
        form,
        lambda given: outlet_actions.remove_outlet(outlet=outlet, by=request.user),
        to=_list_page,
        done=lambda nothing: _("%(outlet)s has been removed from the list.") % {"outlet": outlet},
    )
    context = {"bank": bank, "form": form, "outlet": outlet, "room": ROOM}
    return removed or render(request, "banks/remove_outlet.html", context)
