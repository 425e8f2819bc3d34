"""Content security policy per URL prefix. Desk and portal have the same: no inline scripts or styles, no `eval`."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

INLINE_STYLES = {"style-src-attr": ["'unsafe-inline'"], "style-src-elem": ["'self'", "'unsafe-inline'"]}
"""Swagger UI uses inline styles; its scripts are static files."""

API_POLICY = {"default-src": ["'none'"], "frame-ancestors": ["'none'"], "sandbox": True}
"""API responses are data: opened in a browser they load and run nothing."""


class ContentSecurityPolicy:
    """Extends the content security policy per URL prefix; inline scripts stay forbidden everywhere.

    Also sets Cross-Origin-Resource-Policy, and the charset of text responses.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set the attributes that django-csp reads when it writes the header."""
        response = self.get_response(request)
        if request.path.startswith("/api/docs"):
            response._csp_update = INLINE_STYLES  # type: ignore[attr-defined]  # noqa: SLF001 django-csp's own way
        elif request.path.startswith("/api/"):
            response._csp_config = API_POLICY  # type: ignore[attr-defined]  # noqa: SLF001
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        content_type = response.headers.get("Content-Type", "")
        if content_type.startswith("text/") and "charset" not in content_type:
            response.headers["Content-Type"] = f"{content_type}; charset=utf-8"
        return response
