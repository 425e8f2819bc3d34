"""Errors of the API as problems (RFC 9457): type, title, status, detail, and errors by field."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from zsbank.base.refusals import PROBLEM, Incomplete, NotAllowed, Refused, WrongState, problem

STATUS: tuple[tuple[type[Refused], int], ...] = (
    (NotAllowed, 403),
    (WrongState, 409),
    (Incomplete, 422),
    (Refused, 409),
)
MESSAGES: tuple[tuple[type[Exception], str, str | Promise], ...] = (
    (
        Http404,
        "not_found",
        _("There is nothing at this address, or you do not have access to it. Addresses end with a slash."),
    ),
    (PermissionDenied, "not_allowed", _("Your role does not allow this action.")),
    (exceptions.PermissionDenied, "not_allowed", _("Your role does not allow this action.")),
    (
        exceptions.NotAuthenticated,
        "not_authenticated",
        _("Sign in first, and send the session cookie."),
    ),
    (exceptions.ValidationError, "invalid", _("The request is not valid; see errors.")),
)
"""Exceptions with a fixed code and message; the others provide their own."""


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """Convert an exception to a problem; return None for server errors, which Django handles."""
    if isinstance(error, Refused):
        status = next(status for kind, status in STATUS if isinstance(error, kind))
        return _response(status, error.code, str(error))
    if isinstance(error, RequestDataTooBig):
        return _response(413, "too_large", _("The request body is too large. Send less data at a time."))
    response = exception_handler(error, context)
    if response is None:
        return None
    given = _response(response.status_code, *_code_and_detail(error))
    if isinstance(error, exceptions.ValidationError):
        given.data["errors"] = errors_by_field(response.data)
    for header in ("Allow", "WWW-Authenticate", "Retry-After"):
        if header in response.headers:
            given[header] = response.headers[header]
    return given


def _response(status: int, code: str, detail: str | Promise) -> Response:
    return Response(problem(status, code, str(detail)), status=status, content_type=PROBLEM)


def _code_and_detail(error: Exception) -> tuple[str, str | Promise]:
    for kind, code, detail in MESSAGES:
        if isinstance(error, kind):
            return code, detail
    return str(getattr(error, "default_code", "error")), str(getattr(error, "detail", ""))


def errors_by_field(given: Any) -> dict[str, list[str]]:
    """Return messages by field: nested fields with dots, general messages under the empty name."""
    found: dict[str, list[str]] = {}
    for name, message in _flat("", given):
        found.setdefault(name.removesuffix(".non_field_errors").removeprefix("non_field_errors"), []).append(
            message
        )
    return found


def _flat(name: str, given: Any) -> Iterator[tuple[str, str]]:
    if isinstance(given, Mapping):
        for key, inner in given.items():
            yield from _flat(f"{name}.{key}" if name else str(key), inner)
    elif isinstance(given, list):
        for inner in given:
            yield from _flat(name, inner)
    else:
        yield name, str(given)
