"""Every action that the API offers is done through it, on the example of the action, with what the API tells."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client

from admission.editions.models import PolicyEdition
from admission.tests.factories import PDF
from tests.actions.examples import actions, examples
from tests.actions.stage import Staged, on_stage
from zsbank.base.actions.door import Action
from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.registry import cases
from zsbank.base.pages.hearings import is_adverse
from zsbank.base.permissions import Verb
from zsbank.site.api.actions import on_row
from zsbank.site.api.bodies import JSON, media_type_of, schema_of

pytestmark = pytest.mark.django_db

ALSO: dict[Verb, dict[str, Any]] = {Verb.SIGN_INSPECTION: {"absence": "网点当日停业。"}}
"""What is sent besides, where the example gives the action what its form puts together."""


def offered() -> Iterator[tuple[Action[..., Any], Case, Offer]]:
    """Yield every action that the API offers, with its kind of case."""
    for kind in cases():
        for offer in (*on_row(kind), *kind.list_offers) if kind.api else ():
            yield offer.action, kind, offer


NAMES = {action: name for name, action in actions().items()}
OFFERED = {NAMES[action]: (kind, offer) for action, kind, offer in offered() if NAMES[action] in examples()}


def test_every_action_of_the_api_has_an_example() -> None:
    assert {NAMES[action] for action, _kind, _offer in offered()} == set(OFFERED)


def value_of(field: dict[str, Any], wanted: dict[str, Any], example: Any) -> Any:
    """Return a value for a field: that of the example, what is proposed, or the first that can be selected."""
    if wanted.get("format") == "binary":
        return SimpleUploadedFile("示例.pdf", PDF)
    if wanted["type"] == "array":
        given = example if isinstance(example, list) else [None]
        return [value_of(field, wanted["items"], one) for one in given]
    if wanted["type"] == "boolean":
        return bool(example)
    if isinstance(example, Model):
        return example.pk
    choices = [choice["value"] for choice in field["choices"]]
    if example is not None and (not choices or str(example) in choices):
        return example if wanted["type"] == "integer" else str(example)
    text = field["initial"] or next(iter(choices), "示例")
    return int(text) if wanted["type"] == "integer" else text


def body_of(offer: Offer, fields: list[dict[str, Any]], arguments: dict[str, Any]) -> dict[str, Any]:
    """Return a body with what the example gives and what is required."""
    wanted = schema_of(offer.form(None)).get("properties", {})
    asked = [field for field in fields if field["required"] or field["name"] in arguments]
    return {
        field["name"]: value_of(field, wanted[field["name"]], arguments.get(field["name"])) for field in asked
    } | ALSO.get(offer.verb, {})


def send(client: Client, offer: Offer, address: str, body: dict[str, Any]) -> Any:
    """Send the body in the media type of the action."""
    if media_type_of(offer.form(None)) == JSON:
        return client.post(address, json.dumps(body), content_type=JSON)
    return client.post(address, body)


@on_stage(OFFERED)
def test_action_is_done_through_the_api(staged: Staged, client: Client) -> None:
    kind, offer = OFFERED[staged.name]
    assert kind.api
    row = staged.arguments.get(offer.action.on)
    client.force_login(staged.arguments["by"])
    drafts = offer.drafts(row)
    at = f"/api/v1/{kind.api.path}/" + (f"{row.pk}/" if isinstance(row, kind.model) else "")
    told = {one["name"]: one for one in client.get(f"{at}actions/").json()}
    assert offer.verb.value in told, told.keys()
    one = told[offer.verb.value]
    assert not one["why_not"]
    done = send(client, offer, one["address"], body_of(offer, one["form"], staged.arguments))
    assert done.status_code == (200 if isinstance(row, kind.model) else 201), done.content.decode()
    assert (
        done.json()["id"]
        == (row if isinstance(row, kind.model) else kind.model._default_manager.latest("pk")).pk
    )
    assert (one["hearing"] is not None) == is_adverse(drafts)
    assert [letter["title"] for letter in one["letters"]] == [draft.letter.title for draft in drafts]


def test_schema_of_a_body_has_all_fields_of_the_form(edition: PolicyEdition) -> None:
    """Fields that a form adds when it is made would be refused as unknown; the schema is made without rows."""
    for _action, kind, offer in offered():
        form = offer.form(None)
        assert set(form().fields) == set(form.base_fields), f"{kind.key} {offer.verb}"
