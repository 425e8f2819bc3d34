"""Limits of a session: idle time and total time; ending sessions."""

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
SEEN_SAVED_SECONDS = 60
UNATTENDED = "X-Unattended"
"""Header of requests that a page makes by itself; they do not extend the session."""


def end_all(person: User, *, except_key: str | None = None) -> int:
    """End all sessions of a person and return their number.

    Args:
        except_key: the session key of one session to keep.
    """
    ended = UserSession.objects.filter(user=person).exclude(session_key=except_key)
    for sign_in in ended:
        sign_in.end()
    return len(ended)


def seconds_since_sign_in(request: HttpRequest) -> float:
    """Return the seconds since the person of this request signed in."""
    now = time.time()
    return now - float(request.session.get(BEGAN, now))


def seconds_left(request: HttpRequest) -> int:
    """How many seconds the sign-in of this request lasts if nothing more is asked; 0 where nobody is signed in."""
    if not request.user.is_authenticated:
        return 0
    idle = settings.SESSION_IDLE_SECONDS - (time.time() - float(request.session.get(SEEN, 0)))
    total = settings.SESSION_COOKIE_AGE - seconds_since_sign_in(request)
    return int(max(0, min(idle, total)))


def stay(request: HttpRequest) -> None:
    """Count this moment as use of the sign-in."""
    request.session[SEEN] = time.time()


class SessionLimits:
    """Ends sessions that were idle or lasted too long; the next page says so and asks to sign in.

    After a re-authentication the session gets a new key, so that the old one is of no use to anyone who has
    it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Check the limits before the view runs."""
        if request.user.is_authenticated:
            self._check_limits(request, time.time())
        count_before = _reauthentication_count(request)
        answer = self.get_response(request)
        if _reauthentication_count(request) > count_before:
            _renew_key(request)
        return answer

    def _check_limits(self, request: HttpRequest, now: float) -> None:
        began = request.session.setdefault(BEGAN, now)
        seen = request.session.setdefault(SEEN, now)
        if now - seen > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
            logout(request)
            request.session_timed_out = True  # type: ignore[attr-defined]
            messages.info(request, _("Your session has expired. Sign in to continue."))
        elif now - seen > SEEN_SAVED_SECONDS and UNATTENDED not in request.headers:
            request.session[SEEN] = now


def _reauthentication_count(request: HttpRequest) -> int:
    """Return how often the person has re-authenticated in this session."""
    person = request.user if isinstance(request.user, User) else None
    return sum(bool(record.get("reauthenticated")) for record in get_authentication_records(request, person))


def _renew_key(request: HttpRequest) -> None:
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
