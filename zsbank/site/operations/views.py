"""The one page of the clock: /healthz, for machines that watch."""

from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zsbank.site.operations import health


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 when every part is well, 503 with what is wrong when not; in English, whoever asks."""
    with translation.override("en"):
        findings = health.look()
    wrong = [f"{finding.part}: {finding.says}" for finding in findings if not finding.well]
    answer = {
        "status": "wrong" if wrong else "ok",
        "wrong": wrong,
        "parts": {finding.part: finding.says for finding in findings},
    }
    return JsonResponse(answer, status=503 if wrong else 200)
