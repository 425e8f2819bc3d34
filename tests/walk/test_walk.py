"""Every address × every role × own, another's, nobody's object: permitted, refused, or hidden."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests.walk.addresses import Access, Kind, thing_of
from tests.walk.routes import access_of, address, routes
from tests.walk.world import NOBODYS, World
from zsbank.base.accounts.models import User
from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.registry import cases
from zsbank.base.permissions import Verb
from zsbank.base.roles import STAFF_ROLES, Role

pytestmark = pytest.mark.django_db

IN, SIGN_IN, TO_DESK, OUT, NOT_THERE = "in", "asked to sign in", "led to the desk", "refused", "not there"
TOKEN = re.compile(r"[\w-]{64}|\d{6,}")
HEALTH = "/healthz"
"""Says 503 where no worker runs, as in a test."""

LEAVES = ("accounts/logout/", "admin/logout/")
"""Not walked by who is signed in: the walk would go on as nobody."""


def client_of(person: User | None) -> Client:
    """A client signed in as a person."""
    client = Client(raise_request_exception=False)
    if person:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def opened(client: Client, path: str) -> str:
    """The answer of an address to GET, or to an empty POST if GET is not allowed."""
    answer = client.get(path)
    if answer.status_code == 405:
        answer = client.post(path)
    if answer.status_code == 405:
        answer = client.put(path, {}, content_type="application/json")
    if answer.streaming:
        answer.getvalue()
    return outcome(answer)


def outcome(answer: Any) -> str:
    """Classify an answer."""
    to = answer.headers.get("Location", "")
    if answer.status_code >= 500 and answer.wsgi_request.path != HEALTH:
        return f"error {answer.status_code}"
    if answer.status_code == 404:
        return NOT_THERE
    if answer.status_code in (401, 403):
        return OUT
    if answer.status_code == 302 and to.startswith((reverse("account_login"), reverse("admin:login"))):
        return SIGN_IN
    if answer.status_code == 302 and to == reverse("admin:index"):
        return IN if answer.wsgi_request.path.startswith(to) else TO_DESK
    return IN


def walked(world: World) -> Iterator[tuple[str, Access, str]]:
    """Yield every address with its access; action addresses once for each action."""
    for route in routes():
        access = access_of(route)
        assert access, f"{route} is in no table of tests/walk/addresses.py"
        if "<slug:verb>" in route:
            yield from _actions(route)
        else:
            yield route, access, ""


def _actions(route: str) -> Iterator[tuple[str, Access, str]]:
    """The action pages offered by the case's desk or portal."""
    for case in cases():
        on_row = "<int:pk>" in route
        if route.startswith(f"admin/{case.key.replace('.', '/')}/"):
            for offer in _offers(case, route):
                access = Access(Kind.SHEET, thing_of(case) if on_row else "", offer.verb)
                yield route, access, offer.verb.value
        elif case.portal is not None and route.startswith(f"{case.portal.path}/"):
            for offer in case.bank_offers:
                yield route, Access(Kind.PORTAL, thing_of(case)), offer.verb.value


def _offers(case: Case, route: str) -> tuple[Offer, ...]:
    if "bulk/" in route:
        return case.bulk_offers
    return case.offers if "<int:pk>" in route else case.list_offers


def fill(route: str, access: Access, world: World, side: str, verb: str) -> str:
    """Return the address of an own, another's or nobody's object."""
    things: Mapping[str, int] = {"own": world.own, "other": world.others}.get(side, {})
    pk = things.get(access.thing, NOBODYS)
    within = {
        name: things.get(name, NOBODYS)
        for name in (
            "file_pk",
            "request_pk",
            "document_pk",
            "paper_pk",
            "evidence_pk",
            "attachment_pk",
            "place",
        )
    }
    blanks = {"pk": pk, "object_id": pk, "number": 1, "verb": verb, "url": "nowhere", **within}
    return address(route, blanks)


def differences(world: World, person: User | None, expected: "Expectation") -> list[str]:
    """Return where a person's access differs from the tables."""
    wrong, client = [], client_of(person)
    for route, access, verb in walked(world):
        if route in LEAVES and person:
            continue
        for side in sides_of(access, expected):
            path = fill(route, access, world, side, verb)
            said, wanted = opened(client, path), expected(route, access, side)
            if said not in wanted:
                wrong.append(f"{person} {side} {path}: {said}, not {' or '.join(sorted(wanted))}")
    return wrong


def sides_of(access: Access, expected: "Expectation") -> tuple[str, ...]:
    """Return whose objects are asked for; to an officer at the desk all banks are alike."""
    if not access.thing:
        return ("own",)
    alike = expected.role is not None and not expected.of_bank and access.kind in (Kind.DESK, Kind.SHEET)
    return ("own", "none") if alike else ("own", "other", "none")


class Expectation:
    """The expected outcomes for a role."""

    def __init__(self, role: Role | None) -> None:
        """`role` is None without sign-in."""
        self.role = role
        self.of_bank = role in (Role.BANK_ADMINISTRATOR, Role.BANK_CLERK)

    def holds(self, verb: Verb | None) -> bool:
        """Whether the role permits a verb; pages without a verb are open to every officer."""
        if self.role is None or self.of_bank:
            return False
        return verb is None or self.role in verb.roles

    def __call__(self, route: str, access: Access, side: str) -> set[str]:
        """Return the permitted outcomes."""
        missing = bool(access.thing) and (side == "none" or access.thing == "nothing")
        if access.kind == Kind.PUBLIC:
            return {IN, NOT_THERE} if missing else {IN, SIGN_IN, TO_DESK, OUT}
        if access.kind == Kind.API:
            return self._api(access, side)
        if access.kind == Kind.CASES:
            return self._cases(access, side)
        if self.role is None:
            return {SIGN_IN}
        if access.kind == Kind.PORTAL:
            return self._portal(side)
        return self._signed_in(route, access, missing=missing)

    def _signed_in(self, route: str, access: Access, *, missing: bool) -> set[str]:
        if access.kind == Kind.SIGNED_IN:
            return {NOT_THERE} if missing else {IN, NOT_THERE}
        if access.kind == Kind.LETTERS:
            return {IN} if self.holds(access.verb) and not missing else {NOT_THERE}
        if access.kind == Kind.CLOSED:
            return {SIGN_IN} if self.of_bank else {OUT, NOT_THERE}
        return self._desk(route, access, missing=missing)

    def _portal(self, side: str) -> set[str]:
        if not self.of_bank:
            return {TO_DESK}
        return {IN} if side == "own" else {NOT_THERE}

    def _api(self, access: Access, side: str) -> set[str]:
        if self.role is None or (access.verb and not self.holds(access.verb)):
            return {OUT}
        if not access.thing:
            return {IN}
        if side == "none" or access.thing == "nothing":
            return {NOT_THERE}
        if self.of_bank:
            return {IN} if side == "own" else {NOT_THERE}
        if access.verb:
            return {IN}
        return {IN} if access.thing == "bank" and self.holds(Verb.SEE_DESK) else {OUT, NOT_THERE}

    def _cases(self, access: Access, side: str) -> set[str]:
        if self.role is None or not (self.of_bank or self.holds(access.verb)):
            return {OUT}
        seen = not access.thing or side == "own" or (side == "other" and not self.of_bank)
        if not seen:
            return {NOT_THERE}
        return {IN} if access.takes is None or self.role in access.takes.roles else {OUT}

    def _desk(self, route: str, access: Access, *, missing: bool) -> set[str]:
        if self.of_bank:
            return {SIGN_IN}
        if not self.holds(access.verb):
            return {NOT_THERE} if access.kind == Kind.SHEET else {OUT}
        if missing or "files/" in route:
            return {NOT_THERE}
        return {IN, NOT_THERE} if route.endswith("presence/") else {IN}


def test_every_address_is_listed() -> None:
    assert [route for route in routes() if access_of(route) is None] == []


def test_every_list_at_the_desk_is_a_declared_case() -> None:
    declared = {case.model for case in cases()}
    assert [model for model in admin.site._registry if model not in declared] == []


def test_anonymous_visitor_is_sent_to_sign_in(world: World) -> None:
    wrong = differences(world, None, Expectation(None))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", [Role.BANK_ADMINISTRATOR, Role.BANK_CLERK])
def test_members_open_their_own_pages_only(world: World, role: Role) -> None:
    person = world.administrator if role == Role.BANK_ADMINISTRATOR else world.clerk
    wrong = differences(world, person, Expectation(role))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_officers_open_pages_of_their_role_only(world: World, role: Role) -> None:
    wrong = differences(world, world.staff[role], Expectation(role))
    assert not wrong, "\n".join(wrong)


def test_hidden_object_is_answered_like_a_missing_one(world: World) -> None:
    client, compared = client_of(world.clerk), 0
    for route, access, verb in walked(world):
        if access.kind in (Kind.PORTAL, Kind.API, Kind.CASES, Kind.LETTERS) and access.thing:
            for method in (client.get, client.post):
                there, nowhere = (
                    method(fill(route, access, world, side, verb)) for side in ("other", "none")
                )
                assert there.status_code == nowhere.status_code, route
                assert _plain(there) == _plain(nowhere), route
                compared += 1
    assert compared > 50


def _plain(answer: Any) -> str:
    """The page without random parts: tokens, and the requested number."""
    path = str(answer.wsgi_request.path)
    return TOKEN.sub("", answer.content.decode().replace(path, ""))
