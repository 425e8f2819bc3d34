"""The API with requests generated from its schema, valid and invalid, by every role."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import reverse
from schemathesis import checks
from schemathesis.core.failures import FailureGroup

from banks.register.api import BankSerializer, BankViewSet
from tests.undone import undone
from tests.walk.addresses import thing_of
from tests.walk.test_walk import client_of
from tests.walk.visitors import TOKEN, Visitor, visitors_of
from tests.walk.world import NOBODYS, World
from zsbank.base.cases.registry import cases
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role
from zsbank.wsgi import application as wsgi

pytestmark = pytest.mark.django_db

SEED = 20261124
OTHERS_A_CASE = 1
"""An operation's first case is put to everybody, each further one to who may and to so many others in turn; further
cases of an action only to who may, because nobody else's body is read."""

READ_OR_OWN: dict[str, str] = {
    "GET /api/v1/applications/": "clerk",
    "POST /api/v1/applications/": "newcomer",
    "GET /api/v1/applications/{id}/": "clerk",
    "PUT /api/v1/applications/{id}/answers/{number}/": "beginner",
    "POST /api/v1/applications/{id}/submit/": "ready",
    "GET /api/v1/assessments/": "decider",
    "GET /api/v1/assessments/{id}/": "assessor",
    "GET /api/v1/banks/": "clerk",
    "GET /api/v1/banks/{id}/": "administrator",
    "POST /api/v1/banks/{id}/choose/": "clerk",
    "GET /api/v1/complaints/": "assessor",
    "GET /api/v1/complaints/{id}/": "clerk",
    "GET /api/v1/criteria/": "clerk",
    "GET /api/v1/criteria/{number}/": "clerk",
    "GET /api/v1/determinations/": "reviewer",
    "GET /api/v1/determinations/{id}/": "inspector",
    "GET /api/v1/fee-notices/": "intake_officer",
    "GET /api/v1/fee-notices/{id}/": "clerk",
    "GET /api/v1/inspections/": "assessor",
    "GET /api/v1/inspections/{id}/": "clerk",
    "GET /api/v1/letters/": "auditor",
    "GET /api/v1/letters/{id}/": "decider",
    "GET /api/v1/prior-notices/": "inspector",
    "GET /api/v1/prior-notices/{id}/": "clerk",
    "GET /api/v1/rectification-orders/": "inspector",
    "GET /api/v1/rectification-orders/{id}/": "clerk",
}
"""Somebody who may, by operation. One that is missing here and takes no declared action fails the build."""

ACTION = re.compile(r"/api/v1/([\w-]+)/(?:\{id\}/)?actions/(\w*)/?$")


def may(operation: str) -> str:
    """Return somebody who may; of a declared action who holds its verb, whatever the state of the row allows."""
    action = ACTION.search(operation)
    if action is None:
        return READ_OR_OWN[operation]
    verb = next((verb for verb in Verb if verb.value == action[2]), None)
    return READ_OR_OWN[f"GET /api/v1/{action[1]}/"] if verb is None else _holder(verb)


def _holder(verb: Verb) -> str:
    of_bank = {Role.BANK_ADMINISTRATOR: "administrator", Role.BANK_CLERK: "clerk"}
    return next(of_bank.get(role, role.value) for role in sorted(verb.roles))


CONFIG = {
    "seed": SEED,
    "generation": {
        "deterministic": True,
        "max-examples": 10,
        "no-shrink": True,
        "with-security-parameters": False,
        "database": "none",
    },
}
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
]
THINGS = {"applications": "application", "banks": "bank", "letters": "letter"} | {
    kind.api.path: thing_of(kind) for kind in cases() if kind.api
}
CRITERIA = (2, 7, 9, 11, 13, 20, 24, 99)
"""Numbers of criteria with facts of every kind, and one that is nobody's."""

api = schemathesis.pytest.from_fixture("schema")


class Questions:
    """Sends requests and counts who was answered how."""

    def __init__(self, world: World) -> None:
        """Sign in all visitors."""
        self.visitors, self.others = visitors_of(world), world.others
        self.choice = random.Random(SEED)  # noqa: S311 always the same
        self.turns: dict[str, Iterator[Visitor]] = {}
        self.answers: Counter[tuple[str, str, int]] = Counter()

    def ask(self, case: schemathesis.Case[Any]) -> None:
        """Send one request as permitted and other visitors; changes are rolled back.

        Raises:
            AssertionError: an answer is a server error or contradicts the schema.
        """
        for visitor in self._asked_about(case.operation.label):
            self._fill(case, visitor)
            with undone(), connection_kept():
                answer = case.call(cookies=dict(visitor.cookies), headers={"X-CSRFToken": TOKEN})
            self.answers[case.operation.label, visitor.name, answer.status_code] += 1
            try:
                case.validate_response(answer, checks=CHECKS)
            except FailureGroup as failures:
                said = "\n".join(f"{failure.title}: {failure.message}" for failure in failures.exceptions)
                command = case.as_curl_command()
                raise AssertionError(f"{visitor.name}: {command}\n{said}\n{answer.text[:500]}") from None

    def _asked_about(self, operation: str) -> list[Visitor]:
        permitted = self.visitors[may(operation)]
        others = [visitor for visitor in self.visitors.values() if visitor is not permitted]
        if operation not in self.turns:
            self.turns[operation] = cycle(others)
            return [permitted, *others]
        return [permitted, *islice(self.turns[operation], 0 if _acts(operation) else OTHERS_A_CASE)]

    def _fill(self, case: schemathesis.Case[Any], visitor: Visitor) -> None:
        """Replace generated keys with existing ones: own, another bank's, nobody's."""
        blanks = case.path_parameters or {}
        if _is_number(blanks.get("id")):
            thing = THINGS[case.operation.path.split("/")[3]]
            own = visitor.own.get(thing, NOBODYS)
            blanks["id"] = self.choice.choice([own, own, own, self.others[thing], NOBODYS])
        if _is_number(blanks.get("number")):
            blanks["number"] = self.choice.choice(CRITERIA)

    def unasked(self, operations: Iterable[str]) -> list[str]:
        """Return operations not requested by somebody, or never successful.

        Whether an action succeeds depends on the row: tests/actions/test_api_actions.py does each.
        """
        asked = {(operation, name) for operation, name, _status in self.answers}
        done = {(operation, name) for operation, name, status in self.answers if 200 <= status < 300}
        return [
            f"{operation} as {name}"
            for operation in operations
            for name in self.visitors
            if (operation, name) not in (done if name == may(operation) and not _acts(operation) else asked)
        ]


def _acts(operation: str) -> bool:
    found = ACTION.search(operation)
    return bool(found and found[2])


def _is_number(value: Any) -> bool:
    return str(value).isascii() and str(value).isdigit() and len(str(value)) <= 18


@contextmanager
def connection_kept() -> Iterator[None]:
    """Keep the test's database connection, which a request would close."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@pytest.fixture
def questions(world: World) -> Questions:
    return Questions(world)


@pytest.fixture
def schema(world: World, request: pytest.FixtureRequest) -> Any:
    """The schema as served by the register."""
    request.node._nodeid = request.node.nodeid  # schemathesis 4.32 reads an attribute that pytest 9.2 removed
    handed_out = client_of(world.clerk).get(reverse("api:schema"), headers={"accept": "application/json"})
    loaded = schemathesis.openapi.from_dict(handed_out.json(), config=schemathesis.Config.from_dict(CONFIG))
    loaded.app = wsgi
    return loaded


@pytest.fixture
def all_asked(questions: Questions, schema: Any) -> Iterator[Questions]:
    """Check afterwards that every operation was requested."""
    yield questions
    operations = {operation.ok().label for operation in schema.get_all_operations()}
    assert {one for one in operations if not ACTION.search(one)} == set(READ_OR_OWN)
    assert not questions.unasked(operations)


@api.parametrize()
def test_api_answers_conform_to_the_schema(case: schemathesis.Case[Any], all_asked: Questions) -> None:
    all_asked.ask(case)


def broken(*given: Any, **named: Any) -> Any:
    raise RuntimeError("broken")


@pytest.mark.parametrize(
    ("owner", "name", "fault", "found"),
    [
        (BankViewSet, "get_queryset", broken, "Server error"),
        (BankSerializer, "to_representation", lambda *given: {"id": "one"}, "Response violates schema"),
    ],
)
def test_control_broken_view_is_found(
    questions: Questions,
    schema: Any,
    monkeypatch: pytest.MonkeyPatch,
    owner: type,
    name: str,
    fault: Callable[..., Any],
    found: str,
) -> None:
    questions.ask(schema["/api/v1/banks/"]["GET"].Case())
    monkeypatch.setattr(owner, name, fault)
    with pytest.raises(AssertionError, match=found):
        questions.ask(schema["/api/v1/banks/"]["GET"].Case())
