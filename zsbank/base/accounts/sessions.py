"""How long a sign-in lasts: so long without a request, and so long at most; and how it is ended before."""

import time
from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User

BEGAN, SEEN = "began", "seen"
NOTED_EVERY = 60
UNATTENDED = "X-Unattended"
"""The header of what a page asks by itself; it does not keep anybody signed in."""


def end(person: User, *, but: str | None = None) -> int:
    """End a person's sign-ins, those of every browser; gives how many.

    Args:
        but: the key of the one that goes on.
    """
    ended = UserSession.objects.filter(user=person).exclude(session_key=but)
    for sign_in in ended:
        sign_in.end()
    return len(ended)


def age(request: HttpRequest) -> float:
    """How many seconds ago the person of this request signed in."""
    now = time.time()
    return now - float(request.session.get(BEGAN, now))


def seconds_left(request: HttpRequest) -> int:
    """How many seconds the sign-in of this request lasts if nothing more is asked; 0 where nobody is signed in."""
    if not request.user.is_authenticated:
        return 0
    idle = time.time() - float(request.session.get(SEEN, 0))
    return int(max(0, min(settings.SESSION_IDLE_SECONDS - idle, settings.SESSION_COOKIE_AGE - age(request))))


def stay(request: HttpRequest) -> None:
    """Count this moment as use of the sign-in."""
    request.session[SEEN] = time.time()


class SessionLimits:
    """Ends a sign-in that was idle, or lasted, too long; the next page says so and asks to sign in.

    Who shows again who they are goes on under a new key: whoever has read the old one gains nothing by it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django calls it."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the clock first; every page behind then sees who is still signed in."""
        if request.user.is_authenticated:
            self._look(request, time.time())
        shown = _shown_again(request)
        answer = self.get_response(request)
        if _shown_again(request) > shown:
            _renew_key(request)
        return answer

    def _look(self, request: HttpRequest, now: float) -> None:
        began = request.session.setdefault(BEGAN, now)
        seen = request.session.setdefault(SEEN, now)
        if now - seen > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
            logout(request)
            request.sign_in_ran_out = True  # type: ignore[attr-defined]
            messages.info(request, _("Your session has expired. Sign in to continue."))
        elif now - seen > NOTED_EVERY and UNATTENDED not in request.headers:
            request.session[SEEN] = now


def _shown_again(request: HttpRequest) -> int:
    """How often the person has shown again who they are since they signed in."""
    person = request.user if isinstance(request.user, User) else None
    return sum(bool(record.get("reauthenticated")) for record in get_authentication_records(request, person))


def _renew_key(request: HttpRequest) -> None:
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
