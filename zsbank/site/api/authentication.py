"""Authentication of the API: by the session of the sign-in page."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from zsbank.base.refusals import NotAllowed


class Session(SessionAuthentication):
    """Session authentication with a CSRF check of changes."""

    def enforce_csrf(self, request: Request) -> None:
        """Check the CSRF token.

        Raises:
            NotAllowed: the token is missing or wrong; the message says what to send.
        """
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            said = _(
                "Also send the value of the csrftoken cookie in the X-CSRFToken header and, over "
                "HTTPS, the address of the register in the Referer header. Selecting a bank changes "
                "the cookie."
            )
            raise NotAllowed(said, "csrf") from error


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The security schemes of the API's schema."""

    target_class = Session
    name = ["session", "csrf"]

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, Any]]:
        """Return the cookie, and the header for changes."""
        return [
            {
                "type": "apiKey",
                "in": "cookie",
                "name": "sessionid",
                "description": _("The session cookie, obtained by signing in at /accounts/login/."),
            },
            {
                "type": "apiKey",
                "in": "header",
                "name": "X-CSRFToken",
                "description": _("Required for all methods except GET: the value of the csrftoken cookie."),
            },
        ]
