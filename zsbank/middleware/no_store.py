"""What may be asked, and what a browser keeps of the answers: no page stays behind, least of all after signing out."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
SIGNED_OUT, RAN_OUT = '"cache", "storage"', '"cache"'
"""What the browser clears at the end of a sign-in. Cookies it keeps, for the language chosen is one of them; when the
sign-in has run out it keeps what was typed and not sent, too, until the person goes on with it or signs out."""


class KnownMethods:
    """Answers no method but those that pages, forms and the API are asked by; TRACE is none of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django calls it."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Before anything else looks at the request."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)


class NoTraces:
    """Forbids to store whatever a view answers, and has the browser forget the rest once a sign-in ends.

    Static files are served before it and may be kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django calls it."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Stands before what ends a sign-in: the page for it, and the limits of time."""
        signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if "no-store" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "private, no-store"
        if signed_in and not request.user.is_authenticated:
            response["Clear-Site-Data"] = RAN_OUT if hasattr(request, "sign_in_ran_out") else SIGNED_OUT
        return response
