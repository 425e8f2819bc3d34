"""What is refused at the door, before any page looks at it: too much at once, too often, or the API without TLS."""

from collections.abc import Callable
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.core.cache import BaseCache, caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from rest_framework.throttling import SimpleRateThrottle

from zsbank.base.refusals import PROBLEM, Refused, problem

API = "/api/"
MEGABYTE = 1024 * 1024
COSTLY: dict[str, str] = {
    "admission:receipt_pdf": "GET",
    "admin:journal_entry_export": "GET",
    "banks:import_upload": "POST",
    "banks:members": "POST",
    "banks:renew_invitation": "POST",
}
"""Pages whose answer takes long to make, or that send mail to somebody outside, with the method that does it."""


class Pace(SimpleRateThrottle):
    """How often one person, or one address that nobody has signed in from, may do something of a kind."""

    def __init__(self, kind: str) -> None:
        """`kind` is a key of the setting `PACE`; one without a rate is not counted."""
        self.scope = kind
        super().__init__()

    def get_rate(self) -> str | None:
        """Such as `600/min`; None counts nothing."""
        rate: str | None = settings.PACE.get(self.scope or "")
        return rate

    @property
    def cache(self) -> BaseCache:  # type: ignore[override]
        """Counts stay in each program's memory: a brake, not an account."""
        return caches["pace"]

    def get_cache_key(self, request: Any, view: Any) -> str:
        """Who asks."""
        who = f"person:{request.user.pk}" if request.user.is_authenticated else f"at:{get_client_ip(request)}"
        return f"{self.scope}:{who}"


class Door:
    """Turns away what no page should have to bear. Stands behind the middleware that knows who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django calls it."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the request's line and headers only; nothing of its body has been read yet."""
        if settings.SECURE_SSL_REDIRECT and request.path.startswith(API) and not request.is_secure():
            return _no(request, 403, Refused(_("The API is open over HTTPS only."), "https_only"))
        if (most := most_bytes(request)) < _declared(request):
            words = _("What was sent is larger than %(limit)s MB. Send it in parts.")
            return _no(request, 413, Refused(words % {"limit": most // MEGABYTE}, "too_large"))
        return self._paced(request, "reads" if _only_reads(request) else "writes") or self.get_response(
            request
        )

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Costly pages are counted by themselves too."""
        match = request.resolver_match
        costly = match is not None and COSTLY.get(match.view_name) == request.method
        return self._paced(request, "costly") if costly else None

    def _paced(self, request: HttpRequest, kind: str) -> HttpResponseBase | None:
        pace: Any = Pace(kind)
        if pace.allow_request(request, None):
            return None
        answer = _no(request, 429, Refused(_("That was too often. Wait a minute, then go on."), "too_often"))
        answer.headers["Retry-After"] = str(int(pace.wait() or 0) + 1)
        return answer


def most_bytes(request: HttpRequest) -> int:
    """How much a request may bring: files only from who is signed in, by a form, and not to the API."""
    files = request.content_type == "multipart/form-data" and not request.path.startswith(API)
    if files and request.user.is_authenticated:
        return int(settings.REQUEST_MAX_BYTES)
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _declared(request: HttpRequest) -> int:
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isdecimal() else 0


def _only_reads(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD", "OPTIONS")


def _no(request: HttpRequest, status: int, refusal: Refused) -> HttpResponse:
    """The refusal as the API says it, or as a page."""
    if not request.path.startswith(API):
        return render(request, "refused.html", {"refusal": refusal}, status=status)
    return JsonResponse(problem(status, refusal.code, str(refusal)), status=status, content_type=PROBLEM)
