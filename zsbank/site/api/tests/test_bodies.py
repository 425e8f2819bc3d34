"""Bodies of actions: the schema of each kind of field, and what a body has to hold."""

import json
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request

from banks.register.models import Bank
from banks.tests.factories import make_bank
from zsbank.base.accounts.models import User
from zsbank.base.files.forms import ChosenFileField, ChosenFilesField
from zsbank.base.texts import PlainForm, TypedDateField, TypedDecimalField, TypedNumberField
from zsbank.site.api import offered
from zsbank.site.api.bodies import JSON, MULTIPART, input_of, media_type_of, schema_of
from zsbank.site.api.offered import fields_of

COLOURS = [("", "—"), ("r", "红"), ("暗色", [("b", "黑"), ("g", "灰")])]


class Plain(PlainForm):
    """A field of each kind but files."""

    text = forms.CharField(label="文字", max_length=9, help_text="写明。")
    free = forms.CharField(required=False, max_length=99)
    number = TypedNumberField(min_value=1, max_value=30)
    amount = TypedDecimalField(min_value=0)
    day = TypedDateField(required=False)
    colour = forms.ChoiceField(choices=COLOURS)
    colours = forms.MultipleChoiceField(choices=COLOURS, required=False)
    bank = forms.ModelChoiceField(Bank.objects.all())
    banks = forms.ModelMultipleChoiceField(Bank.objects.all(), required=False)
    sure = forms.BooleanField(required=False)


class WithFiles(PlainForm):
    """Files, and a field that a form takes for true whatever it is given."""

    paper = ChosenFileField()
    papers = ChosenFilesField(required=False)
    sure = forms.BooleanField(required=False)


WHOLE: dict[str, Any] = {
    "text": "示例",
    "number": 7,
    "amount": "12.50",
    "colour": "g",
    "colours": ["r", "b"],
    "bank": 4,
    "banks": [4, 5],
    "sure": True,
}


def sent(given: Any) -> Request:
    """A request with a JSON body."""
    request = RequestFactory().post("/", json.dumps(given), content_type=JSON)
    request.user = User()
    return Request(request, parsers=[JSONParser()])


def sent_in_parts(**given: Any) -> Request:
    """A request with a form in parts, by somebody who is signed in."""
    request = RequestFactory().post("/", given)
    request.user = User()
    return Request(request, parsers=[MultiPartParser()])


def test_schema_tells_type_bounds_and_choices() -> None:
    schema = schema_of(Plain)
    binary = {"type": "string", "format": "binary"}
    assert schema["properties"] == {
        "text": {"type": "string", "maxLength": 9, "title": "文字", "description": "写明。"},
        "free": {"type": "string", "maxLength": 99},
        "number": {"type": "integer", "minimum": 1, "maximum": 30},
        "amount": {"type": "string", "format": "decimal"},
        "day": {"type": "string", "format": "date"},
        "colour": {"type": "string", "enum": ["r", "b", "g"]},
        "colours": {"type": "array", "items": {"type": "string", "enum": ["r", "b", "g"]}},
        "bank": {"type": "integer", "minimum": 1},
        "banks": {"type": "array", "items": {"type": "integer", "minimum": 1}},
        "sure": {"type": "boolean"},
    }
    assert schema["required"] == ["text", "number", "amount", "colour", "bank"]
    assert schema["additionalProperties"] is False
    of_files = schema_of(WithFiles)["properties"]
    assert (of_files["paper"]["format"], of_files["papers"]["items"]) == ("binary", binary)


def test_media_type_follows_from_files() -> None:
    assert (media_type_of(Plain), media_type_of(WithFiles)) == (JSON, MULTIPART)


def test_values_become_what_a_browser_sends() -> None:
    texts, files = input_of(Plain, sent(WHOLE))
    assert {name: texts.getlist(name) for name in texts} == {
        "text": ["示例"],
        "number": ["7"],
        "amount": ["12.50"],
        "colour": ["g"],
        "colours": ["r", "b"],
        "bank": ["4"],
        "banks": ["4", "5"],
        "sure": ["true"],
    }
    assert not files


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", 7),
        ("text", ["示例"]),
        ("text", None),
        ("number", "7"),
        ("number", 7.0),
        ("number", True),
        ("amount", 12.5),
        ("colours", "r"),
        ("colours", [1]),
        ("bank", "4"),
        ("banks", 4),
        ("banks", [4, "5"]),
        ("sure", "true"),
        ("sure", 1),
        ("unknown", "示例"),
    ],
)
def test_value_of_another_type_is_refused_at_its_field(name: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        input_of(Plain, sent(WHOLE | {name: value}))
    assert list(refused.value.detail) == [name]


@pytest.mark.django_db
def test_form_in_parts_has_texts_and_files_apart() -> None:
    given = {"paper": SimpleUploadedFile("示例.pdf", b"%PDF"), "sure": "true"}
    texts, files = input_of(WithFiles, sent_in_parts(**given))
    assert (texts["sure"], [file.name for file in files.getlist("paper")]) == ("true", ["示例.pdf"])


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "value"), [("sure", "perhaps"), ("sure", "1"), ("unknown", "示例")])
def test_form_in_parts_is_as_strict(name: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        input_of(WithFiles, sent_in_parts(**{name: value}))
    assert list(refused.value.detail) == [name]


@pytest.mark.django_db
def test_fields_tell_choices_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offered, "MOST_CHOICES", 2)
    banks = [make_bank(f"示例银行{n}", f"TEST{n:014d}") for n in range(3)]
    fields = {field["name"]: field for field in fields_of(Plain)}
    known = {str(bank.pk) for bank in banks}
    assert {choice["value"] for choice in fields["bank"]["choices"]} < known
    assert (len(fields["bank"]["choices"]), fields["bank"]["more"]) == (2, True)
    banks[0].delete()
    assert fields_of(Plain)[7]["more"] is False
    assert [choice["text"] for choice in fields["colour"]["choices"]] == ["红", "黑"]
    assert (fields["text"]["choices"], fields["text"]["more"], fields["text"]["initial"]) == ([], False, None)
    assert (fields["free"]["required"], fields["text"]["required"]) == (False, True)
