"""The health check for monitoring."""

from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zsbank.site.operations import health


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """Return 200 if every part is healthy, otherwise 503 with the faults; always in English."""
    with translation.override("en"):
        findings = health.check()
    wrong = [f"{finding.part}: {finding.says}" for finding in findings if not finding.well]
    answer = {
        "status": "wrong" if wrong else "ok",
        "wrong": wrong,
        "parts": {finding.part: finding.says for finding in findings},
    }
    return JsonResponse(answer, status=503 if wrong else 200)
