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
    """Whose sign-in it is, for which bank, how many seconds it lasts, and the token for forms; POST prolongs it."""
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
    """The end of a step that was taken in another tab; that tab closes, and the page that asked goes on."""
    return render(request, "portal/signed_in.html")
