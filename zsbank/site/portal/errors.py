"""Error pages."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults

from zsbank.base.accounts.steps import is_scripted
from zsbank.base.refusals import PROBLEM, problem


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show that the form was open too long or came from another site, and how to continue."""
    if is_scripted(request):
        said = _("The form was open too long. Reload the page and send it again.")
        return JsonResponse(problem(403, "form_token", said), status=403, content_type=PROBLEM)
    return render(request, "403_csrf.html", {"reason": reason}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return a page, or a problem for the API."""
    if not request.path.startswith("/api/"):
        return defaults.server_error(request)
    message = _(
        "This request cannot be answered right now. Confirmed actions are not affected; try again later."
    )
    return JsonResponse(problem(500, "out_of_order", message), status=500, content_type=PROBLEM)
