"""Error pages."""

import re

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from zsbank.base.accounts.steps import is_scripted
from zsbank.base.refusals import PROBLEM, problem
from zsbank.logs import number_of


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show that the form was open too long or came from another site, and how to continue."""
    if is_scripted(request):
        said = _("The form was open too long. Reload the page and send it again.")
        return JsonResponse(problem(403, "form_token", said), status=403, content_type=PROBLEM)
    return render(request, "403_csrf.html", {"reason": reason}, status=403)


SECRET = re.compile(r"(?i)token|password|secret|login|key|^code$|otp")
"""Names of fields whose input is never shown again."""


def server_error(request: HttpRequest) -> HttpResponse:
    """Return a page with a number for the bureau and what the person entered, or a problem for the API.

    The database may be what broke, so nothing is read from it.
    """
    number = number_of(request)
    if not request.path.startswith("/api/"):
        context = {"number": number, "typed": _typed(request)}
        return HttpResponse(render_to_string("500.html", context), status=500)
    message = _(
        "This request cannot be answered right now. Confirmed actions are not affected; try again later."
    )
    detail = f"{message} ({number})" if number else message
    return JsonResponse(problem(500, "out_of_order", detail), status=500, content_type=PROBLEM)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return a page, or a problem for scripts and the API, for what cannot be read: above all too much text at once.

    What a page shows must not depend on the form, which cannot be read.
    """
    too_much = isinstance(exception, RequestDataTooBig)
    status, code = (413, "too_much_text") if too_much else (400, "unreadable")
    said = (
        _("This is too much text for one form: at most %(megabytes)s MB. Shorten it and send it again.")
        % {"megabytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2}
        if too_much
        else _("What was sent cannot be read. Go back to the page and try again.")
    )
    if is_scripted(request) or request.path.startswith("/api/"):
        return JsonResponse(problem(status, code, said), status=status, content_type=PROBLEM)
    return HttpResponse(render_to_string("400.html", {"said": said}), status=status)


def _typed(request: HttpRequest) -> list[str]:
    """Return the text that the person entered in the form, without passwords and codes."""
    try:
        given = [(name, text) for name, texts in request.POST.lists() for text in texts]
    except Exception:  # noqa: BLE001 the form itself may be what broke
        return []
    return [str(text) for name, text in given if str(text).strip() and not SECRET.search(name)]
