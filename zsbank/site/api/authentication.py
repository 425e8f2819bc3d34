"""Who asks: the person of the session that the sign-in page opened."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from zsbank.base.refusals import NotAllowed


class Session(SessionAuthentication):
    """The session's cookie; who changes something also shows that the request is their own."""

    def enforce_csrf(self, request: Request) -> None:
        """Refuse a change that another site may have sent, and say what a program has to send along."""
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
    """How the schema says it."""

    target_class = Session
    name = ["session", "csrf"]

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, Any]]:
        """The cookie, and the header that goes with a change."""
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
