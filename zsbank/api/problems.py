"""Every no of the API in one shape (RFC 9457): type, title, status, detail, and errors by field."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from zsbank.accounts import refused
from zsbank.refusals import Incomplete, NotAllowed, Refused, WrongState

CONTENT_TYPE = "application/problem+json"
STATUS: tuple[tuple[type[Refused], int], ...] = (
    (NotAllowed, 403),
    (WrongState, 409),
    (Incomplete, 422),
    (Refused, 409),
)


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception into a problem; None leaves what is no client's fault to Django."""
    if isinstance(error, Refused):
        refused.note(error)
        status = next(status for kind, status in STATUS if isinstance(error, kind))
        return _problem(status, error.code, str(error))
    response = exception_handler(error, context)
    if response is None:
        return None
    problem = _problem(response.status_code, _code(error), _detail(error))
    if isinstance(error, ValidationError):
        problem.data["errors"] = response.data
    for header in ("Allow", "WWW-Authenticate", "Retry-After"):
        if header in response.headers:
            problem[header] = response.headers[header]
    return problem


def _problem(status: int, code: str, detail: str) -> Response:
    data = {"type": f"urn:zsbank:{code}", "title": code, "status": status, "detail": detail}
    return Response(data, status=status, content_type=CONTENT_TYPE)


def _code(error: Exception) -> str:
    if isinstance(error, Http404):
        return "not_found"
    if isinstance(error, PermissionDenied):
        return "not_allowed"
    return str(getattr(error, "default_code", "error"))


def _detail(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return str(ValidationError.default_detail)
    if isinstance(error, APIException):
        return str(error.detail)
    return ""
