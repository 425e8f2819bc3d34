"""What answers say of themselves, by room; Alpine, with which the desk's Unfold is built, evaluates text."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

STYLES = {"style-src-attr": ["'unsafe-inline'"], "style-src-elem": ["'self'", "'unsafe-inline'"]}
"""Unfold and Swagger write styles into their pages; their scripts are files like all others."""

DESK = STYLES | {"script-src": ["'unsafe-eval'"]}


DATA = {"default-src": ["'none'"], "frame-ancestors": ["'none'"], "sandbox": True}
"""What the API answers is data: opened by itself in a browser it loads and runs nothing."""


class Policy:
    """Adds to the content security policy by room; inline scripts stay forbidden everywhere.

    No other site may load anything from here, and what is text says how it is encoded.
    """

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
        elif request.path.startswith("/api/"):
            response._csp_config = DATA  # type: ignore[attr-defined]  # noqa: SLF001
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        said = response.headers.get("Content-Type", "")
        if said.startswith("text/") and "charset" not in said:
            response.headers["Content-Type"] = f"{said}; charset=utf-8"
        return response
