"""What the desk's scripts need beyond the policy of every page: Alpine, with which Unfold is built, evaluates text."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

STYLES = {"style-src-attr": ["'unsafe-inline'"], "style-src-elem": ["'self'", "'unsafe-inline'"]}
"""Unfold and Swagger write styles into their pages; their scripts are files like all others."""

DESK = STYLES | {"script-src": ["'unsafe-eval'"]}


class Policy:
    """Adds to the content security policy by room; inline scripts stay forbidden everywhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django calls it."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark the answer for the middleware that writes the header."""
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_update = DESK  # type: ignore[attr-defined]  # noqa: SLF001 django-csp's own way
        elif request.path.startswith("/api/docs"):
            response._csp_update = STYLES  # type: ignore[attr-defined]  # noqa: SLF001
        return response
