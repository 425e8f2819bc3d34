"""Sensitive verbs require recent re-authentication."""

from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zsbank.base.accounts.allauth_private import did_recently_reauthenticate, get_reauthentication_flows
from zsbank.base.accounts.steps import is_scripted
from zsbank.base.permissions import REAUTH_VERBS, Verb


def is_missing(request: HttpRequest, verb: Verb) -> bool:
    """Return whether the verb requires that this person confirms who they are, which they did not do recently."""
    return verb in REAUTH_VERBS and not did_recently_reauthenticate(request)


def require(request: HttpRequest, verb: Verb) -> None:
    """Ask for password or second factor again if the verb requires it; submitted data are kept.

    Raises:
        ReauthenticationRequired: allauth's middleware redirects to the page that asks, and back.
        ImmediateHttpResponse: the person has neither, such as with the identity service only; redirects to
            the page where a second factor is set up. A page's script is redirected to the page that asks, and
            sends its form again.
    """
    if verb not in REAUTH_VERBS:
        return
    if not get_reauthentication_flows(request.user):
        messages.warning(
            request, _("This step requires re-authentication. Set up an authenticator or a passkey first.")
        )
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("mfa_index")))
    if not did_recently_reauthenticate(request):
        if is_scripted(request):
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_reauthenticate")))
        raise ReauthenticationRequired
