"""The second factor: demanded of the bureau's people, and of a bank's where its administrator says so."""

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

OPEN = ("/accounts/", "/i18n/", "/static/", "/healthz")
"""What somebody needs to set it up, and what asks for no sign-in."""

PROGRAMS = ("/api/v1/", "/api/schema/")
"""What programs ask for: they cannot follow to a page."""


def is_demanded(request: HttpRequest) -> bool:
    """Whether the person of this request may go on only with a second factor."""
    if not isinstance(request.user, User):
        return False
    if request.user.is_staff:
        return bool(settings.SECOND_FACTOR_REQUIRED)
    return any(bank.second_factor_required for bank in own_banks(request))


class SecondFactor:
    """Leads who has none to the page where it is set up, before any other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django calls it."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Ask before every page but those that set it up."""
        if not request.path.startswith(OPEN) and is_demanded(request) and not is_mfa_enabled(request.user):
            said = _("Set up a second factor first: an authenticator or a passkey.")
            if request.path.startswith(PROGRAMS):
                return JsonResponse(problem(403, "second_factor", said), status=403, content_type=PROBLEM)
            messages.warning(request, said)
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)
