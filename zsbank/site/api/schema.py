"""Parts of the API's schema that are the same for all operations: security, pages, errors."""

import re
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zsbank.base.refusals import PROBLEM

ABOUT = _(
    "Sign in at `/accounts/login/` and send the cookie `sessionid` with every request. Whatever changes something "
    "also needs the value of the cookie `csrftoken` as the header `X-CSRFToken`, and over https the register's own "
    "address as the header `Referer`.\n\n"
    "Lists come in pages: follow `next` until it is null.\n\n"
    "Every no is a problem (RFC 9457, `application/problem+json`): `title` is a code for programs and does not change, "
    "`detail` says to people what to do, `errors` names the fields. What another bank owns is answered exactly like "
    "what does not exist."
)
BODY = {
    400: _("The request does not fit; `errors` names the fields."),
    413: _("The body is too large."),
    415: _("The body is not JSON."),
}
ALWAYS = {403: _("Not signed in, or not allowed; `detail` says which.")}
NOT_FOUND = {404: _("There is no such thing, or it is another's.")}
QUERY = {400: BODY[400]}
PATH_PARAMETERS: dict[str, str | Promise] = {
    "id": _("The number `id` of the thing, as the list gives it."),
    "number": _("The number of the criterion."),
}
DIGITS = re.compile(r"\^\[0-9\]\{1,(\d+)\}\$")
PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": _("A no, and what to do about it."),
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri", "example": "urn:zsbank:not_found"},
        "title": {"type": "string", "description": _("The code, for programs."), "example": "not_found"},
        "status": {"type": "integer", "description": _("The status of the answer."), "example": 404},
        "detail": {"type": "string", "description": _("What is wrong and what to do, for people.")},
        "errors": {
            "type": "object",
            "description": _(
                "With status 400: what is wrong by field; a field inside another as `outer.inner`."
            ),
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}


def complete(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Add the common parts to every operation; `drf_spectacular` calls it last."""
    result["info"]["description"] = str(ABOUT)
    result["components"]["schemas"]["Problem"] = _plain(PROBLEM_SCHEMA)
    for path in result["paths"].values():
        for method, operation in path.items():
            _complete(operation, changes=method != "get")
    return result


def _complete(operation: dict[str, Any], *, changes: bool) -> None:
    for parameter in operation.get("parameters", []):
        _number(parameter)
    if not changes:
        for needed in operation["security"]:
            needed.pop("csrf", None)
    answers = operation["responses"]
    for status, words in _error_responses(operation).items():
        answers.setdefault(str(status), {"description": str(words)})
    for status in [status for status in answers if status >= "400"]:
        answers[status]["content"] = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    operation["responses"] = dict(sorted(answers.items()))


def _error_responses(operation: dict[str, Any]) -> dict[int, str | Promise]:
    """Return the error responses that follow from the parameters of the operation."""
    taken = {parameter["in"] for parameter in operation.get("parameters", [])}
    said: dict[int, str | Promise] = dict(ALWAYS)
    if "path" in taken:
        said |= NOT_FOUND
    if "query" in taken:
        said |= QUERY
    if "requestBody" in operation:
        said |= BODY
    return said


def _number(parameter: dict[str, Any]) -> None:
    """Describe numeric path parameters as integers; the framework knows only their pattern."""
    digits = DIGITS.fullmatch(parameter["schema"].get("pattern", ""))
    if parameter["in"] == "path" and digits:
        parameter["schema"] = {"type": "integer", "minimum": 0, "maximum": 10 ** int(digits[1]) - 1}
        parameter["description"] = str(PATH_PARAMETERS[parameter["name"]])


def _plain(given: Any) -> Any:
    """Return the same data with translated texts."""
    if isinstance(given, dict):
        return {name: _plain(inner) for name, inner in given.items()}
    return str(given) if isinstance(given, Promise) else given
