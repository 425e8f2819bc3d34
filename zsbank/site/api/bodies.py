"""Bodies of requests that take an action: their schema from the fields of its form, and the form's input from them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.http import parse_header_parameters as parsed
from django.utils.translation import gettext as _
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.serializers import ValidationError

from zsbank.base.files.forms import ChosenFilesField
from zsbank.base.files.posted import handed_in
from zsbank.base.texts import PlainForm

JSON = "application/json"
MULTIPART = "multipart/form-data"
FILE = {"type": "string", "format": "binary"}
TEXT = {"type": "string"}
KEY = {"type": "integer", "minimum": 1}
TAKEN = {"boolean": bool, "integer": int, "string": str}
Form = type[PlainForm]
Fields = Mapping[str, forms.Field]


def media_type_of(form: Form) -> str:
    """Return the media type of the body: a form with parts if there are files, otherwise JSON."""
    files = any(isinstance(field, forms.FileField) for field in form.base_fields.values())
    return MULTIPART if files else JSON


def schema_of(form: Form) -> dict[str, Any]:
    """Return the JSON schema of the fields of a form."""
    fields = form.base_fields
    given: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _described(field) for name, field in fields.items()},
    }
    required = [name for name, field in fields.items() if field.required]
    return given | {"required": required} if required else given


def input_of(form: Form, request: Request) -> tuple[MultiValueDict[str, Any], MultiValueDict[str, Any]]:
    """Return texts and files for a form, from the body of a request.

    Raises:
        UnsupportedMediaType: the body is of another media type than the schema says.
        ValidationError: a field does not exist, or its value is of another type than the schema says.
    """
    if form.base_fields and media_type_of(form) != parsed(request.content_type or "")[0]:
        raise UnsupportedMediaType(request.content_type or "")
    given, fields = request.data, form.base_fields
    if not isinstance(given, Mapping):
        raise ValidationError(_("Send an object with the fields of the action."))
    _demand_known(fields, given)
    texts: MultiValueDict[str, Any] = given if isinstance(given, MultiValueDict) else _texts(fields, given)
    _demand_truth_values(fields, texts)
    return texts, handed_in(request._request) or MultiValueDict()  # noqa: SLF001 the framework's name for Django's


def _described(field: forms.Field) -> dict[str, Any]:
    words = {"title": str(field.label or ""), "description": str(field.help_text)}
    return {**_type_of(field), **{name: said for name, said in words.items() if said}}


def _type_of(field: forms.Field) -> dict[str, Any]:
    return next(made(field) for kind, made in TYPES if isinstance(field, kind))


def _one_of(field: Any) -> dict[str, Any]:
    values = [value for value, _words in choices_of(field)]
    return {"type": "string", "enum": values} if values else TEXT


def choices_of(field: Any) -> Iterator[tuple[str, str]]:
    """Yield the choices of a field with their texts, those of groups too; the empty one is left out."""
    yield from _flat(getattr(field, "choices", ()))


def _flat(choices: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for value, words in choices:
        if isinstance(words, list | tuple):
            yield from _flat(words)
        elif value not in ("", None):
            yield str(value), str(words)


def _text(field: Any) -> dict[str, Any]:
    longest = getattr(field, "max_length", None)
    return {"type": "string", "maxLength": longest} if longest else TEXT


def _number(field: Any) -> dict[str, Any]:
    bounds = {"minimum": field.min_value, "maximum": field.max_value}
    return {"type": "integer", **{name: bound for name, bound in bounds.items() if bound is not None}}


TYPES: tuple[tuple[type[forms.Field], Callable[[Any], dict[str, Any]]], ...] = (
    (ChosenFilesField, lambda field: {"type": "array", "items": FILE}),
    (forms.FileField, lambda field: FILE),
    (forms.BooleanField, lambda field: {"type": "boolean"}),
    (forms.ModelMultipleChoiceField, lambda field: {"type": "array", "items": KEY}),
    (forms.ModelChoiceField, lambda field: KEY),
    (forms.MultipleChoiceField, lambda field: {"type": "array", "items": _one_of(field)}),
    (forms.ChoiceField, _one_of),
    (forms.DecimalField, lambda field: {"type": "string", "format": "decimal"}),
    (forms.IntegerField, _number),
    (forms.DateField, lambda field: {"type": "string", "format": "date"}),
    (forms.Field, _text),
)
"""The schema of each kind of field; the first that fits counts."""


def _demand_known(fields: Fields, given: Mapping[str, Any]) -> None:
    """Refuse fields that the form does not have.

    Raises:
        ValidationError: there is one.
    """
    if unknown := given.keys() - fields.keys():
        raise ValidationError({name: _("This action does not have this field.") for name in unknown})


def _texts(fields: Fields, given: Mapping[str, Any]) -> MultiValueDict[str, Any]:
    """Return the values of a JSON object as a browser would send them.

    Raises:
        ValidationError: a value is of another type than the schema says.
    """
    texts: MultiValueDict[str, Any] = MultiValueDict()
    for name, value in given.items():
        wanted: dict[str, Any] = _type_of(fields[name]) if name in fields else TEXT
        many = wanted["type"] == "array"
        values = value if many and isinstance(value, list) else [value]
        kind = wanted["items"]["type"] if many else wanted["type"]
        if (many and not isinstance(value, list)) or not all(_is(one, kind) for one in values):
            words = _("This has to be of the type %(type)s, as the schema says.")
            raise ValidationError({name: words % {"type": wanted["type"]}})
        texts.setlist(name, [str(one).lower() if kind == "boolean" else str(one) for one in values])
    return texts


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, TAKEN[kind]) and isinstance(value, bool) == (kind == "boolean")


def _demand_truth_values(fields: Fields, texts: MultiValueDict[str, Any]) -> None:
    """Refuse what is neither true nor false: a form takes any text for true.

    Raises:
        ValidationError: a field of truth values has another value.
    """
    for name, field in fields.items():
        if isinstance(field, forms.BooleanField) and texts.get(name, "false") not in ("true", "false"):
            raise ValidationError({name: _("Send true or false.")})
