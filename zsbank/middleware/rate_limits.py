"""Request limits, applied before any view runs: size of the body, number of requests, TLS for the API."""

import logging
import sqlite3
import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import BaseCache, caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from zsbank.base.accounts.addresses import counted
from zsbank.base.files.rules import MEGABYTE
from zsbank.base.refusals import PROBLEM, Refused, problem

logger = logging.getLogger(__name__)
API = "/api/"
WINDOW_SECONDS = 60
RETRY_SECONDS = 10
"""Time until the shared cache is tried again after an error."""

COSTLY_PAGES: dict[str, str] = {
    "admission:receipt_pdf": "GET",
    "admission:supplement_receipt_pdf": "GET",
    "banks:notice_receipt_pdf": "GET",
    "exit:receipt_pdf": "GET",
    "inspections:report_receipt_pdf": "GET",
    "admission:whole_pdf": "GET",
    "admission:commitment_sheet": "GET",
    "admin:journal_entry_export": "GET",
    "banks:import_upload": "POST",
    "banks:members": "POST",
    "banks:renew_invitation": "POST",
}
"""Views that are slow or send e-mail to outside addresses, each with the method that does so."""


class RequestCounter:
    """Counts requests per minute in the cache that all processes share.

    If that cache is unavailable, each process counts in its own memory.
    """

    def __init__(self) -> None:
        """Use the shared cache first."""
        self._retry_at = 0.0

    def count(self, key: str) -> int:
        """Count one request under a key and return the number in the current minute."""
        key = f"{key}:{int(machine_seconds()) // WINDOW_SECONDS}"
        if time.monotonic() >= self._retry_at:
            try:
                return _increase(caches["rate_limits"], key)
            except (RedisError, sqlite3.Error, OSError):
                self._retry_at = time.monotonic() + RETRY_SECONDS
                logger.warning(
                    "requests cannot be counted together; each process counts its own", exc_info=True
                )
        return _increase(caches["rate_limits_fallback"], key)


def _increase(cache: BaseCache, key: str) -> int:
    cache.add(key, 0, timeout=WINDOW_SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # it expired in between
        return 1


def machine_seconds() -> float:
    """Return the machine's time in seconds; it is not affected by `clock.playing`."""
    return time.time()


class RequestLimits:
    """Refuses requests that are too large, too frequent, or to the API without TLS. Runs after authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.counter = RequestCounter()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Check the request line and the headers; the body has not been read yet."""
        if settings.SECURE_SSL_REDIRECT and request.path.startswith(API) and not request.is_secure():
            return _refuse(request, 403, Refused(_("The API is available over HTTPS only."), "https_only"))
        if (limit := max_bytes(request)) < _declared_bytes(request):
            words = _("The request is larger than %(limit)s MB. Send the content in parts.")
            return _refuse(request, 413, Refused(words % {"limit": limit // MEGABYTE}, "too_large"))
        return self._limit(request, "reads" if _only_reads(request) else "writes") or self.get_response(
            request
        )

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        """Apply the separate limit for costly views."""
        match = request.resolver_match
        costly = match is not None and COSTLY_PAGES.get(match.view_name) == request.method
        return self._limit(request, "costly") if costly else None

    def _limit(self, request: HttpRequest, kind: str) -> HttpResponseBase | None:
        """Return a refusal if the limit of this kind is exceeded; kinds without a limit are not counted."""
        limit = settings.RATE_LIMITS.get(kind)
        if limit is None or self.counter.count(f"{kind}:{_requester(request)}") <= limit:
            return None
        answer = _refuse(
            request, 429, Refused(_("Too many requests. Wait a minute, then continue."), "too_often")
        )
        answer.headers["Retry-After"] = str(WINDOW_SECONDS - int(machine_seconds()) % WINDOW_SECONDS)
        return answer


def _requester(request: HttpRequest) -> str:
    """Return the counter key of the person, or of the address (IPv6: /64) for anonymous requests."""
    if request.user.is_authenticated:
        return f"person:{request.user.pk}"
    return f"address:{counted(get_adapter().get_client_ip(request))}"


def max_bytes(request: HttpRequest) -> int:
    """Return the maximum size of a request body: files are accepted only in forms of signed-in people."""
    if request.content_type == "multipart/form-data" and request.user.is_authenticated:
        return int(settings.REQUEST_MAX_BYTES)
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _declared_bytes(request: HttpRequest) -> int:
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isdecimal() else 0


def _only_reads(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD", "OPTIONS")


def _refuse(request: HttpRequest, status: int, refusal: Refused) -> HttpResponse:
    """Return the refusal as an RFC 9457 problem for the API, otherwise as a page."""
    if not request.path.startswith(API):
        return render(request, "refused.html", {"refusal": refusal}, status=status)
    return JsonResponse(problem(status, refusal.code, str(refusal)), status=status, content_type=PROBLEM)
