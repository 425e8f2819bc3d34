"""Answers to what a page's script sends: where to go on, or which step comes first; each form is carried out once."""

import re
from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.http.response import HttpResponseRedirectBase
from django.utils.translation import gettext as _

from zsbank.base.accounts.steps import FORM_KEY, is_scripted, step_at
from zsbank.base.refusals import PROBLEM, problem

KEY = re.compile(r"[0-9a-f]{32}")
KEPT_SECONDS = 24 * 3600
"""How long a form that was carried out is known: a script whose answer got lost sends it again."""
RUNNING_SECONDS = 60


class FormAnswers:
    """Answers scripts in their own way; requests of the browser for a page pass untouched.

    A redirect after a form becomes JSON with the address, one to the sign-in a problem with status 401, one to another
    step aside a problem with status 403. A form that is sent again with the same key gets the answer of the first time.
    Stands behind the middleware that knows who is signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django calls it."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look whether a script asks."""
        if not is_scripted(request):
            return self.get_response(request)
        key = request.headers.get(FORM_KEY, "")
        if request.method == "POST" and KEY.fullmatch(key):
            return self._once(request, f"form:{request.user.pk}:{key}")
        response = self.get_response(request)
        return _step(response) or response

    def _once(self, request: HttpRequest, place: str) -> HttpResponseBase:
        """Carry a form out, or give the answer it had."""
        if (known := cache.get(place)) is not None:
            return JsonResponse({"to": known})
        running = f"{place}:running"
        if not cache.add(running, True, RUNNING_SECONDS):
            said = _("This form is being processed already.")
            return JsonResponse(problem(425, "running", said), status=425, content_type=PROBLEM)
        try:
            response = self.get_response(request)
            if not isinstance(response, HttpResponseRedirectBase):
                return response
            if step := _step(response):
                return step
            cache.set(place, response.url, KEPT_SECONDS)
            return JsonResponse({"to": response.url})
        finally:
            cache.delete(running)


def _step(response: HttpResponseBase) -> JsonResponse | None:
    return step_at(response.url) if isinstance(response, HttpResponseRedirectBase) else None
