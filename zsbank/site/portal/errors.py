"""Error pages."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults

from zsbank.base.refusals import PROBLEM, problem


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show that the form was open too long or came from another site, and how to continue."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return a page, or a problem for the API."""
    if not request.path.startswith("/api/"):
        return defaults.server_error(request)
    message = _(
        "This request cannot be answered right now. Confirmed actions are not affected; try again later."
    )
    return JsonResponse(problem(500, "out_of_order", message), status=500, content_type=PROBLEM)
