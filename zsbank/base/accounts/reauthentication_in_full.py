"""Who changes how they sign in has shown lately everything that they sign in with: the password and the second factor.

A decision asks for one of them again (`recent.py`); a change that would let somebody else in asks for both, unless the
sign-in itself was within the last minutes: then for one again.
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

IN_FULL = "asked_in_full"
"""Where in the session it stands that all has to be shown."""

PAGES = {"password": "reauthenticate", "mfa": "mfa_reauthenticate"}


def demand_in_full(request: HttpRequest) -> None:
    """Ask for what the person has not shown again within the last minutes; nothing that was typed is lost.

    Raises:
        ImmediateHttpResponse: leads to the page that asks for the rest, and back. Who has shown nothing is led by
            allauth, and from its page on by `InFull`.
    """
    request.session[IN_FULL] = True
    rest = not_shown(request)
    if rest and len(rest) < len(get_reauthentication_flows(request.user)):
        raise ImmediateHttpResponse(suspend_request(request, rest[0]))


def not_shown(request: HttpRequest) -> list[str]:
    """The addresses of the pages that ask for what was not shown lately, at the sign-in or since."""
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


class InFull(BaseReauthenticateView):  # type: ignore[misc]
    """Goes on to what else has to be shown, before it goes back."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """What was asked here fits."""
        rest = not_shown(self.request) if self.request.session.get(IN_FULL) else []
        if rest:
            return HttpResponseRedirect(self.passthrough_next_url(rest[0]))
        self.request.session.pop(IN_FULL, None)
        answer: HttpResponse = super().form_valid(form)
        return answer


class Password(ReauthenticateView, InFull):  # type: ignore[misc]
    """Asks for the password."""


class Code(CodeView, InFull):  # type: ignore[misc]
    """Asks for a code."""


class Passkey(ReauthenticateWebAuthnView, InFull):  # type: ignore[misc]
    """Asks for a passkey."""
