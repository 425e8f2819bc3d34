"""Parts of the API's schema that are the same for all operations: security, pages, errors."""

import re
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zsbank.base.cases.registry import cases
from zsbank.base.refusals import PROBLEM
from zsbank.site.api.actions import bodies

ABOUT = _(
    "Sign in at `/accounts/login/` and send the `sessionid` cookie with every request. Requests "
    "that change data also need the value of the `csrftoken` cookie in the `X-CSRFToken` header "
    "and, over HTTPS, the address of the register in the `Referer` header.\n\n"
    "Lists are paginated: follow `next` until it is null.\n\n"
    "What can be done with a row now is at `…/{id}/actions/`, with fields and choices; each action has an "
    "address of its own. Actions with files take `multipart/form-data`, others JSON.\n\n"
    "Every refusal is a problem document (RFC 9457, `application/problem+json`): `title` is a "
    "stable code for programs, `detail` tells people what to do, `errors` names the fields. Objects "
    "of other banks get exactly the same response as objects that do not exist."
)
BODY = {
    400: _("The request is not valid; `errors` names the fields."),
    413: _("The request body is too large."),
    415: _("The body is not of the media type that the schema names."),
}
ALWAYS = {403: _("Not signed in, or no permission; `detail` says which.")}
NOT_FOUND = {404: _("The object does not exist or belongs to someone else.")}
QUERY = {400: BODY[400]}
PATH_PARAMETERS: dict[str, str | Promise] = {
    "id": _("The `id` of the object, as in the list."),
    "number": _("Number of the criterion."),
}
DIGITS = re.compile(r"\^\[0-9\]\{1,(\d+)\}\$")
PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": _("A refusal, and how to respond to it."),
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri", "example": "urn:zsbank:not_found"},
        "title": {"type": "string", "description": _("Code for programs."), "example": "not_found"},
        "status": {"type": "integer", "description": _("Status code of the response."), "example": 404},
        "detail": {
            "type": "string",
            "description": _("Explanation for people: what is wrong and what to do."),
        },
        "errors": {
            "type": "object",
            "description": _("For status 400: the errors by field; nested fields as `outer.inner`."),
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}


def complete(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Add the common parts to every operation; `drf_spectacular` calls it last."""
    result["info"]["description"] = str(ABOUT)
    result["components"]["schemas"]["Problem"] = _plain(PROBLEM_SCHEMA)
    for at, body in (asked for kind in cases() for asked in bodies(kind)):
        result["paths"][at]["post"]["requestBody"] = body
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
