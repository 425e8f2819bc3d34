"""Portal pages of a bank's outlets."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from banks.outlets.actions import outlets as outlet_actions
from banks.outlets.actions.outlets import save_outlet
from banks.outlets.entry import OutletForm, as_entered
from banks.outlets.models import Outlet
from banks.register.access import MemberRequest, for_members, own_or_404
from banks.register.forms import ConfirmForm, PageForm
from banks.register.models import Bank
from banks.register.portal import PAGE_SIZE
from zsbank.base.pages.submitted_form import carry_out

ROOM = "banks:outlets"


def _list_page(row: object) -> str:
    """Return the address to which every action on outlets leads back."""
    return reverse(ROOM)


@require_GET
@for_members
def outlets(request: MemberRequest, bank: Bank) -> HttpResponse:
    """List the bank's outlets, 50 per page."""
    page = Paginator(bank.outlets.order_by("name", "pk"), PAGE_SIZE).get_page(PageForm(request.GET).number)
    return render(request, "banks/outlets.html", {"bank": bank, "page": page, "room": ROOM})


@require_http_methods(["GET", "POST"])
@for_members
def edit_outlet(request: MemberRequest, bank: Bank, pk: int | None = None) -> HttpResponse:
    """Create or change an outlet."""
    outlet = None if pk is None else own_or_404(Outlet.objects.all(), bank, pk)
    form = OutletForm(request.POST or None, initial=as_entered(outlet) if outlet else None)
    saved = carry_out(
        request,
        form,
        lambda given: save_outlet(bank=bank, outlet=outlet, data=form.data_of_outlet(), by=request.user),
        to=_list_page,
        done=lambda row: _("%(outlet)s has been saved.") % {"outlet": row},
    )
    context = {"bank": bank, "form": form, "outlet": outlet, "room": ROOM}
    return saved or render(request, "banks/outlet.html", context)


@require_http_methods(["GET", "POST"])
@for_members
def remove_outlet(request: MemberRequest, bank: Bank, pk: int) -> HttpResponse:
    """Ask for confirmation, then remove an outlet."""
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
