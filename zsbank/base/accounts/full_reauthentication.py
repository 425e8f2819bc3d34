"""A change of credentials requires recent re-authentication with both password and second factor.

A sensitive verb requires one of them (`reauthentication.py`). A change that could admit another person
requires both; methods used at a sign-in within the time limit count.
"""

import time

from allauth.account.authentication import get_authentication_records
from allauth.account.views import BaseReauthenticateView, ReauthenticateView
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base.views import ReauthenticateView as CodeView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from zsbank.base.accounts.allauth_private import get_reauthentication_flows, suspend_request

FULL_REQUIRED = "asked_in_full"
"""Session key: set while all methods are required."""

PAGES = {"password": "reauthenticate", "mfa": "mfa_reauthenticate"}


def require_full(request: HttpRequest) -> None:
    """Require all methods that were not used recently; submitted data are kept.

    Raises:
        ImmediateHttpResponse: redirects to the page of the next method, and back. If no method was used
            recently, allauth redirects to the first page, and `FullReauthenticationView` continues from there.
    """
    request.session[FULL_REQUIRED] = True
    rest = pages_still_required(request)
    if rest and len(rest) < len(get_reauthentication_flows(request.user)):
        raise ImmediateHttpResponse(suspend_request(request, rest[0]))


def pages_still_required(request: HttpRequest) -> list[str]:
    """Return the URLs of the pages for methods that were not used recently, at sign-in or since."""
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    shown = {
        PAGES.get(record["method"])
        for record in get_authentication_records(request, request.user)
        if record["at"] > since
    }
    asked = [flow["id"] for flow in get_reauthentication_flows(request.user)]
    return [
        reverse(f"account_{name}" if name == "reauthenticate" else name)
        for name in asked
        if name not in shown
    ]


class FullReauthenticationView(BaseReauthenticateView):  # type: ignore[misc]
    """Continues with the next required method before it returns."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Redirect to the next required method, or back."""
        rest = pages_still_required(self.request) if self.request.session.get(FULL_REQUIRED) else []
        if rest:
            return HttpResponseRedirect(self.passthrough_next_url(rest[0]))
        self.request.session.pop(FULL_REQUIRED, None)
        answer: HttpResponse = super().form_valid(form)
        return answer


class PasswordView(ReauthenticateView, FullReauthenticationView):  # type: ignore[misc]
    """Asks for the password."""


class CodeReauthenticationView(CodeView, FullReauthenticationView):  # type: ignore[misc]
    """Asks for a code."""


class PasskeyView(ReauthenticateWebAuthnView, FullReauthenticationView):  # type: ignore[misc]
    """Asks for a passkey."""
