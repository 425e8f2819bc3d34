"""The health check for monitoring."""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zsbank.base.accounts.rules import staff_may
from zsbank.base.permissions import Verb
from zsbank.site.operations import health


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Return 200 if every part is healthy, otherwise 503; operators also read the parts, always in English."""
    with translation.override("en"):
        findings = health.check()
    if not _is_operator(request):
        well = all(finding.well for finding in findings)
        return JsonResponse({"status": "ok" if well else "wrong"}, status=200 if well else 503)
    wrong = [f"{finding.part}: {finding.says}" for finding in findings if not finding.well]
    answer = {
        "status": "wrong" if wrong else "ok",
        "wrong": wrong,
        "parts": {finding.part: finding.says for finding in findings},
    }
    return JsonResponse(answer, status=503 if wrong else 200)


def _is_operator(request: HttpRequest) -> bool:
    """Return whether the person may read the details; nobody may while the database does not answer."""
    try:
        return staff_may(request.user, Verb.SEE_SYSTEM)
    except (DatabaseError, OSError):
        return False
