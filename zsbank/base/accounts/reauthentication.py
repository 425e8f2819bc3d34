"""Who decides, changes roles or exports has shown within the last minutes that it is still they who sit there."""

from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zsbank.base.accounts.allauth_private import did_recently_reauthenticate, get_reauthentication_flows
from zsbank.base.accounts.steps import is_scripted
from zsbank.base.permissions import REAUTH_VERBS, Verb


def demand(request: HttpRequest, verb: Verb) -> None:
    """Ask for password or second factor again where a verb needs it; what was typed is kept and goes on after.

    Raises:
        ReauthenticationRequired: the account's middleware leads to the page that asks, and back.
        ImmediateHttpResponse: where there is nothing to ask for, as with who signs in by the identity service alone,
            the middleware leads to the page where a second factor is set up; a page's script is led to the page that
            asks, and sends its form again by itself.
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
