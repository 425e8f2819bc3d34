"""Who decides, changes roles or exports has shown within the last minutes that it is still they who sit there."""

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest

from zsbank.accounts.permissions import CONFIRMED_ANEW, Verb


def demand(request: HttpRequest, verb: Verb) -> None:
    """Ask for password or second factor again where a verb needs it; what was typed is kept and goes on after.

    Raises:
        ReauthenticationRequired: the account's middleware leads to the page that asks, and back.
    """
    if verb in CONFIRMED_ANEW and not did_recently_reauthenticate(request):
        raise ReauthenticationRequired
