"""Allowed request methods, and headers that keep pages out of the browser's storage."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

ALLOWED_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
SIGNED_OUT, TIMED_OUT = '"cache", "storage"', '"cache"'
"""Cleared by the browser when a session ends. Cookies are kept, because one of them holds the chosen language; after a
timeout drafts are kept too, until the person continues or signs out."""


class AllowedMethods:
    """Refuses methods that neither pages nor the API use, such as TRACE."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Runs first, before other middleware reads the request."""
        if request.method not in ALLOWED_METHODS:
            return HttpResponseNotAllowed(ALLOWED_METHODS)
        return self.get_response(request)


class NoStore:
    """Forbids storing responses, and clears the browser's storage when a session ends.

    Static files are served by an earlier middleware and may be cached.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Runs around the session limits and the sign-out view, to detect that the session ended."""
        signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if "no-store" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "private, no-store"
        if signed_in and not request.user.is_authenticated:
            timed_out = hasattr(request, "session_timed_out")
            response["Clear-Site-Data"] = TIMED_OUT if timed_out else SIGNED_OUT
        return response
