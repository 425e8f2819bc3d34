"""How long a sign-in lasts: so long without a request, and so long at most."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

BEGAN, SEEN = "began", "seen"
NOTED_EVERY = 60
UNATTENDED = "X-Unattended"
"""The header of what a page asks by itself; it does not keep anybody signed in."""


class SessionLimits:
    """Ends a sign-in that was idle, or lasted, too long; the next page says so and asks to sign in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django calls it."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the clock first; every page behind then sees who is still signed in."""
        if request.user.is_authenticated:
            self._look(request, time.time())
        return self.get_response(request)

    def _look(self, request: HttpRequest, now: float) -> None:
        began = request.session.setdefault(BEGAN, now)
        seen = request.session.setdefault(SEEN, now)
        if now - seen > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
            logout(request)
            messages.info(request, _("You were signed out because of the time. Sign in to go on."))
        elif now - seen > NOTED_EVERY and UNATTENDED not in request.headers:
            request.session[SEEN] = now
