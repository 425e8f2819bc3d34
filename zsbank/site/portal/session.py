"""The state of the sign-in, for the script of open pages (static/js/sign-in.js)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from banks.register.access import bank_of
from zsbank.base.accounts.sessions import seconds_left, stay


@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> JsonResponse:
    """Return the person, the bank, the seconds left and the form token of the sign-in; POST prolongs it."""
    if request.method == "POST" and request.user.is_authenticated:
        stay(request)
    bank = bank_of(request)
    return JsonResponse(
        {
            "person": request.user.pk,
            "acting": bank.pk if bank else None,
            "seconds": seconds_left(request),
            "csrf": get_token(request),
        }
    )


@require_GET
@login_required
def signed_in(request: HttpRequest) -> HttpResponse:
    """Show the end of a step taken in another tab; this tab closes, and the first page continues."""
    return render(request, "portal/signed_in.html")
