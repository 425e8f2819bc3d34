"""Steps that a person takes aside before a form goes on: signing in, showing who they are, choosing a bank.

A page's script cannot follow a redirect without losing what is typed in the page. It gets a problem instead, which
names the page where the step is taken; the person takes it in another tab, and the script sends the form again.
"""

from django.http import HttpRequest, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from zsbank.base.refusals import PROBLEM, problem

FORM_KEY = "X-Form-Key"
"""The header of a form that the page's script sends (static/js/delivery.js): a random key, the same at each try."""

SIGN_IN = ("account_login", "admin:login", "portal:identity_login")
STEPS = (
    *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_index"),
    "banks:choose",
)


def is_scripted(request: HttpRequest) -> bool:
    """Return whether a script sent the request, not the browser for a page to show."""
    headers = request.headers
    return (
        FORM_KEY in headers
        or headers.get("X-Requested-With") == "XMLHttpRequest"
        or headers.get("HX-Request") == "true"
        or headers.get("Sec-Fetch-Dest") == "empty"
    )


def step_at(address: str) -> JsonResponse | None:
    """Return the problem for a redirect to a step aside; None for any other redirect.

    Args:
        address: the redirect's, a path or a whole address.
    """
    try:
        name = resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return None
    if name in SIGN_IN:
        said = _("Your sign-in has ended. Sign in again to continue; what you typed is kept.")
        return _problem(401, "sign_in", said)
    if name in STEPS:
        said = _("One more step is needed before this continues; what you typed is kept.")
        return _problem(403, "step", said, at=address)
    return None


def _problem(status: int, code: str, said: str, **more: str) -> JsonResponse:
    return JsonResponse(problem(status, code, said) | more, status=status, content_type=PROBLEM)
