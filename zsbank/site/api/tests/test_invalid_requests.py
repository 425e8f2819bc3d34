"""Invalid requests to the API are answered with problems that say what to do."""

import base64
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from admission.applications.actions.applications import start_application
from admission.editions.facts import Choice, FactField, clean_facts, clean_typed_facts
from admission.editions.models import PolicyEdition
from admission.editions.terms import FactKind
from banks.register.api import BankViewSet
from banks.register.models import Bank
from banks.tests.factories import make_bank
from conftest import People
from zsbank.base.accounts.models import User
from zsbank.site.api.tests.test_api import problem

pytestmark = pytest.mark.django_db
BANKS = "/api/v1/banks/"


@pytest.fixture
def as_intake(client: Client, people: People, bank: Bank) -> Client:
    client.force_login(people.intake)
    return client


@pytest.fixture
def answer_to(client: Client, bank: Bank, clerk: User, edition: PolicyEdition) -> str:
    """The URL of the answer to criterion 11 in the clerk's own draft."""
    client.force_login(clerk)
    application = start_application(bank=bank, by=clerk)
    return f"/api/v1/applications/{application.pk}/answers/11/"


def put(client: Client, address: str, body: Any) -> Any:
    return client.put(address, body, content_type="application/json")


@pytest.mark.parametrize("position", ["p=abc", "p=\x00", "p=1 or 1", "o=x", "p=-1"])
def test_forged_cursor_is_refused(as_intake: Client, position: str) -> None:
    forged = base64.b64encode(position.encode()).decode()

    refused = as_intake.get(BANKS, {"cursor": forged})

    assert refused.status_code == 400
    assert [*problem(refused)["errors"]] == ["cursor"]


@pytest.mark.parametrize("size", ["0", "-1", "201", "all", "", "１０", "1\n", "\x00"])
def test_invalid_page_size_is_refused(as_intake: Client, size: str) -> None:
    refused = as_intake.get(BANKS, {"page_size": size})

    assert refused.status_code == 400
    assert [*problem(refused)["errors"]] == ["page_size"]


def test_pages_list_every_bank_once(as_intake: Client) -> None:
    for number in range(4):
        make_bank(f"示例银行{number}", f"TEST{number:014d}")

    pages = [as_intake.get(BANKS, {"page_size": "2"}).json()]
    while following := pages[-1]["next"]:
        pages.append(as_intake.get(following).json())

    keys = [row["id"] for page in pages for row in page["results"]]
    assert keys == sorted(set(keys), reverse=True)
    assert [len(page["results"]) for page in pages] == [2, 2, 1]
    assert as_intake.get(pages[1]["previous"]).json()["results"] == pages[0]["results"]


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize(
    "address",
    ["/api/", "/api/v1/", "/api/v1/nowhere/", "/api/v1/banks", "/api/v1/banks/x/", "/api/v1/banks/x%0Ay/"],
)
def test_unknown_url_is_answered_like_hidden_object(as_intake: Client, method: str, address: str) -> None:
    hidden = as_intake.get(f"{BANKS}999999/")

    nowhere = getattr(as_intake, method)(address)

    assert nowhere.status_code == hidden.status_code == 404
    assert nowhere.content == hidden.content
    assert problem(nowhere)["detail"]


def test_anonymous_answer_does_not_reveal_urls(client: Client) -> None:
    there, nowhere = client.get(BANKS), client.get("/api/v1/nowhere/")

    assert there.status_code == nowhere.status_code == 403
    assert there.content == nowhere.content


def test_change_without_csrf_token_is_refused_with_hint(clerk: User, edition: PolicyEdition) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk)

    refused = client.post(reverse("api:application-list"))

    assert refused.status_code == 403
    assert problem(refused)["title"] == "csrf"
    assert "X-CSRFToken" in problem(refused)["detail"]


def test_server_error_is_problem_without_details(as_intake: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(view: BankViewSet) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(BankViewSet, "get_queryset", broken)
    as_intake.raise_request_exception = False

    answer = as_intake.get(BANKS)

    assert answer.status_code == 500
    assert problem(answer)["title"] == "out_of_order"
    assert b"secret" not in answer.content


def test_docs_page_redirects_to_sign_in(client: Client) -> None:
    answer = client.get(reverse("api:docs"))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "body",
    ["[" * 100_000 + "]" * 100_000, '{"facts": {"\\ud800": ""}}', '{"text": NaN}', '{"text": ', "\x00"],
)
def test_invalid_json_is_refused(client: Client, answer_to: str, body: str) -> None:
    refused = put(client, answer_to, body)

    assert refused.status_code == 400
    assert problem(refused)["title"] == "parse_error"


def test_too_large_body_is_refused(client: Client, answer_to: str, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    assert put(client, answer_to, {"text": "a" * 50}).status_code == 200
    refused = put(client, answer_to, {"text": "a" * 100, "version": 1})

    assert refused.status_code == 413
    assert problem(refused)["title"] == "too_large"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], ""),
        ({"text": 5}, "text"),
        ({"signatory": None}, "signatory"),
        ({"version": "0"}, "version"),
        ({"version": True}, "version"),
        ({"version": 2**31}, "version"),
        ({"facts": []}, "facts"),
        ({"facts": {"name": None}}, "facts.name"),
        ({"facts": {"name": {"first": "张"}}}, "facts.name"),
        ({"facts": {"email": "nobody"}}, "facts.email"),
        ({"facts": {"nmae": "张三"}}, "facts.nmae"),
    ],
)
def test_errors_are_named_by_field(client: Client, answer_to: str, body: Any, field: str) -> None:
    refused = put(client, answer_to, body)

    assert refused.status_code == 400
    errors = problem(refused)["errors"]
    assert [*errors] == [field]
    assert all(isinstance(message, str) for message in errors[field])


def test_criterion_lists_facts_of_answer(client: Client, answer_to: str) -> None:
    asked = client.get(reverse("api:criterion-detail", args=[11])).json()["facts"]
    samples = {"text": "张三", "phone": "0760-88880000", "email": "liaison@bank.example"}

    answer = put(client, answer_to, {"facts": {fact["name"]: samples[fact["kind"]] for fact in asked}})

    assert answer.status_code == 200
    assert [*answer.json()["facts"]] == ["name", "office_phone", "email", "deputy"]


def test_schema_describes_operations_and_errors(as_intake: Client) -> None:
    schema = as_intake.get(reverse("api:schema"), headers={"accept": "application/json"}).json()

    operations = [operation for path in schema["paths"].values() for operation in path.values()]
    assert len(operations) > 10
    for operation in operations:
        assert operation["summary"], operation
        assert operation["description"], operation
        assert operation["security"][0].keys() >= {"session"}
        assert all(parameter["description"] for parameter in operation.get("parameters", []))
        refusals = {status: no for status, no in operation["responses"].items() if status >= "400"}
        assert "403" in refusals
        assert all(
            "application/problem+json" in no["content"] and no["description"] for no in refusals.values()
        )


KINDS: dict[str, list[Any]] = {
    "bool": ["true", "false", "on", "yes", "", 1, 0, 1.0],
    "choice": ["c", "A", "", 1, True, 1.5],
    "vendor": ["0", "9999999", "x", True, 1.5],
    "number": ["x", True, 1.5, -1, "1e3"],
    "money": ["x", True, -1, "1e3"],
    "text": [1, True, 1.5],
    "date": [20260101, True, "2026-13-01"],
    "email": [1, True, "x"],
    "phone": [1, True, "x"],
}
EMPTY_IS_LEFT_OUT = {"choice"}


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind in KINDS for value in KINDS[kind]])
def test_fact_of_another_type_is_refused(kind: str, value: Any) -> None:
    choices = (Choice("a", "甲", "a"), Choice("b", "乙", "b")) if kind == "choice" else ()
    field = FactField("fact", FactKind(kind), "事实", "fact", choices=choices)
    facts, errors = clean_typed_facts([field], {"fact": value}, ["12"])
    if value == "" and kind in EMPTY_IS_LEFT_OUT:
        assert (facts, errors) == ({}, {})
    else:
        assert (facts, [*errors]) == ({}, ["fact"])


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("bool", True, True),
        ("bool", False, False),
        ("choice", "a", "a"),
        ("vendor", "12", "12"),
        ("vendor", 12, "12"),
        ("number", 5, 5),
        ("number", "5", 5),
        ("money", 5.5, "5.50"),
        ("text", "x", "x"),
    ],
)
def test_fact_of_its_type_is_taken(kind: str, value: Any, stored: Any) -> None:
    field = FactField("fact", FactKind(kind), "事实", "fact", choices=(Choice("a", "甲", "a"),))
    assert clean_typed_facts([field], {"fact": value}, ["12"]) == ({"fact": stored}, {})


def test_every_kind_of_fact_is_tried() -> None:
    assert set(KINDS) == {kind.value for kind in FactKind}


def test_control_form_reading_takes_any_text_for_false() -> None:
    """What the API did: another word than `true` was saved as false in silence."""
    field = FactField("fact", FactKind.YES_NO, "事实", "fact")
    assert clean_facts([field], {"fact": "2"}) == ({"fact": False}, {})


def test_vendor_that_is_not_of_the_register_is_refused(
    client: Client, answer_to: str, edition: PolicyEdition
) -> None:
    criterion = next(
        one for one in edition.criteria.all() if any(fact.kind == FactKind.VENDOR for fact in one.fact_fields)
    )
    name = next(fact.name for fact in criterion.fact_fields if fact.kind == FactKind.VENDOR)
    address = answer_to.replace("/11/", f"/{criterion.number}/")
    refused = put(client, address, {"facts": {name: "424242"}, "version": 0})
    assert (refused.status_code, any("facts" in key for key in problem(refused)["errors"])) == (400, True)
