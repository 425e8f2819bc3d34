"""What is shown when something went wrong."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults

from zsbank.base.accounts.steps import is_scripted
from zsbank.base.refusals import PROBLEM, problem


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or came from elsewhere: say so, and how to go on."""
    if is_scripted(request):
        said = _("The form was open too long. Reload the page and send it again.")
        return JsonResponse(problem(403, "form_token", said), status=403, content_type=PROBLEM)
    return render(request, "403_csrf.html", {"reason": reason}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke: people are shown a page, programs a problem."""
    if not request.path.startswith("/api/"):
        return defaults.server_error(request)
    said = _(
        "This request cannot be answered right now. Confirmed actions are not affected; try again later."
    )
    return JsonResponse(problem(500, "out_of_order", said), status=500, content_type=PROBLEM)
