"""Requires a second factor of bureau staff, and of a bank's users if the bank requires it."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from banks.register.access import own_banks
from zsbank.base.accounts.models import User
from zsbank.base.refusals import PROBLEM, problem

EXEMPT_PATHS = ("/accounts/", "/i18n/", "/static/", "/healthz")
"""Paths needed to set up a second factor, and paths without sign-in."""

API_PATHS = ("/api/v1/", "/api/schema/")
"""API paths: they answer with a problem instead of a redirect."""


def is_required(request: HttpRequest) -> bool:
    """Return whether the person of this request needs a second factor to continue."""
    if not isinstance(request.user, User):
        return False
    if request.user.is_staff:
        return bool(settings.SECOND_FACTOR_REQUIRED)
    return any(bank.second_factor_required for bank in own_banks(request))


class RequireSecondFactor:
    """Redirects people without a required second factor to the page where they set it up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Check every request except those needed for the set-up."""
        if (
            not request.path.startswith(EXEMPT_PATHS)
            and is_required(request)
            and not is_mfa_enabled(request.user)
        ):
            message = _("Set up a second factor first: an authenticator or a passkey.")
            if request.path.startswith(API_PATHS):
                return JsonResponse(problem(403, "second_factor", message), status=403, content_type=PROBLEM)
            messages.warning(request, message)
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)
