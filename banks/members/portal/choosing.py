"""Choosing which bank to act for."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from banks.members.forms import ChoiceOfBankForm
from banks.register.access import bank_of, banks_of, choose, own_banks


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def choose_bank(request: HttpRequest) -> HttpResponse:
    """Let a member of several banks choose one, then redirect to the requested page or home."""
    if request.user.is_staff or not own_banks(request):
        return redirect("portal:home")
    form = ChoiceOfBankForm(request.POST if request.method == "POST" else request.GET, banks_of(request.user))
    valid = form.is_valid()
    going_to = _safe_address(request, form.cleaned_data.get("next", ""))
    if request.method == "POST" and valid:
        choose(request, form.cleaned_data["bank"])
        return redirect(going_to)
    context = {"banks": own_banks(request), "acting": bank_of(request), "next": going_to}
    return render(request, "banks/choose.html", context)


def _safe_address(request: HttpRequest, address: str) -> str:
    """Return the address if it is a path on this server, else the home page's.

    `redirect` takes a word without a slash for the name of a view.
    """
    safe = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe else reverse("portal:home")
