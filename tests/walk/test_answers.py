"""Headers of every answer: type, encoding, policies, cookies."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from http.cookies import Morsel
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client

from tests.walk.addresses import Kind
from tests.walk.test_walk import LEAVES, client_of, fill, walked
from tests.walk.world import World
from zsbank.base.accounts.models import User
from zsbank.base.roles import Role

pytestmark = pytest.mark.django_db
ELSEWHERE = "https://evil.example"
FAR = (ELSEWHERE, "//evil.example", "/\\evil.example", "javascript:alert(1)")
SHOWN = re.compile(r"&lt;/?(?:a|b|br|div|dd|dl|em|i|p|span|strong|svg|td|ul)\b")
"""Markup that a person would read."""
PLUGINS = ("<object", "<embed", "<applet", "<base")

TOLD = {
    "X-Content-Type-Options": ("nosniff",),
    "Referrer-Policy": ("same-origin", "no-referrer"),
    "Cross-Origin-Opener-Policy": ("same-origin",),
    "Cross-Origin-Resource-Policy": ("same-origin",),
}
NOTED = {
    "journal.Entry",
    "journal.Link",
    "sessions.Session",
    "usersessions.UserSession",
    "account.EmailAddress",
}
"""What a look may leave: that somebody looked, who is signed in, and the library's own copy of addresses."""


def answers(world: World, client: Client, side: str = "own", **headers: str) -> Iterator[tuple[str, Any]]:
    """Yield every address with its answer to a GET request; streams are read completely."""
    for route, access, verb in walked(world):
        if route in LEAVES:
            continue
        path = fill(route, access, world, side, verb)
        answer = client.get(path, headers=headers)
        if answer.streaming:
            answer.getvalue()
        yield path, answer


def everybody(world: World) -> Iterator[User | None]:
    """Nobody, a member of a bank, and an officer with every role."""
    officer = world.staff[Role.AUDITOR]
    officer.groups.set(Group.objects.all())
    yield from (None, world.administrator, officer)


def policy_of(answer: Any) -> dict[str, str]:
    """The content security policy by directive."""
    parts = (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _blank, value in parts}


def faults(path: str, answer: Any) -> Iterator[str]:
    """Return missing and wrong headers of an answer."""
    said, policy = answer.headers.get("Content-Type", ""), policy_of(answer)
    if answer.status_code not in (302, 405) and (
        not said or (said.startswith("text/") and "charset=utf-8" not in said.replace('"', ""))
    ):
        yield f"is of type {said!r}"
    if policy["frame-ancestors"] != "'none'" and "/files/" not in path:
        yield "may be framed"
    if policy["default-src"] not in ("'self'", "'none'") or "'unsafe-inline'" in policy.get("script-src", ""):
        yield "may run what is not ours"
    if (
        "/files/" not in path
        and "sandbox" not in policy
        and policy["object-src"] + policy["base-uri"] != "'none'" * 2
    ):
        yield "may have plug-ins or another base"
    yield from faults_of(answer.headers)


def faults_of(headers: Mapping[str, str]) -> Iterator[str]:
    """Return wrong headers that every answer has alike."""
    for name, values in TOLD.items():
        if headers.get(name) not in values:
            yield f"{name} is {headers.get(name)}"
    if "no-store" not in headers.get("Cache-Control", ""):
        yield f"may be cached: {headers.get('Cache-Control')}"
    if "Access-Control-Allow-Origin" in headers:
        yield "may be read by another site"


def page_of(answer: Any) -> str:
    """Return the markup of a page; empty for other answers."""
    page = "html" in answer.headers.get("Content-Type", "") and not answer.streaming
    return answer.content.decode() if page else ""


def test_every_answer_has_its_headers_and_no_plugins_and_get_changes_nothing(world: World) -> None:
    """All in one walk: type, encoding, caching, policies, markup, plug-ins, rows and cookies."""
    people = (*everybody(world), world.clerk, world.staff[Role.REVIEWER])
    clients = [(person, client_of(person)) for person in people]
    before, kept, wrong, seen = _counted(), dict[str, Morsel[str]](), list[str](), Counter[str]()
    for person, client in clients:
        for path, answer in answers(world, client, origin=ELSEWHERE):
            wrong += [f"{person} {path}: {fault}" for fault in faults(path, answer)]
            said = page_of(answer)
            wrong += [f"{person} {path} shows {markup} as text" for markup in SHOWN.findall(said)]
            wrong += [f"{person} {path} has {tag}" for tag in PLUGINS if tag in said]
            seen += Counter(answers=1, pages=bool(said))
        client.post("/i18n/setlang/", {"language": "en"})
        kept |= client.cookies
    assert not wrong, "\n".join(wrong)
    assert seen["answers"] > 600
    assert seen["pages"] > 300
    assert _counted() == before
    assert set(kept) == {
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
    }
    assert all(_held(cookie) for cookie in kept.values()), kept


def _held(cookie: "Morsel[str]") -> bool:
    """Check the cookie: HttpOnly, SameSite, and for this host only."""
    return (
        bool(cookie["httponly"])
        and cookie["samesite"] == "Lax"
        and (cookie["path"], cookie["domain"])
        == (
            "/",
            "",
        )
    )


def _counted() -> dict[str, list[Any]]:
    """Count the rows of every table, except those that record reading."""
    models = [model for model in apps.get_models() if model._meta.label not in NOTED]
    return {model._meta.label: list(model._default_manager.order_by("pk").values_list()) for model in models}


def test_form_without_csrf_token_is_refused(world: World) -> None:
    signed_in = [client_of(person).cookies for person in everybody(world)]
    before, refused = _counted(), 0
    for cookies in signed_in:
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.cookies = cookies
        for route, access, verb in walked(world):
            path = fill(route, access, world, "own", verb)
            answer = client.post(path, headers={"origin": ELSEWHERE, "sec-fetch-site": "cross-site"})
            assert answer.status_code in (302, 403, 404, 405), f"{path}: {answer.status_code}"
            refused += answer.status_code == 403
    assert _counted() == before
    assert refused > 200


def test_no_redirect_to_another_host(world: World) -> None:
    led = []
    for person in everybody(world):
        client = client_of(person)
        for route, access, verb in walked(world):
            if access.kind not in (Kind.PUBLIC, Kind.SIGNED_IN) or route in LEAVES:
                continue
            path = fill(route, access, world, "own", verb)
            for far in FAR:
                given: dict[str, str | int] = {
                    "next": far,
                    "url": far,
                    "redirect": far,
                    "language": "en",
                    "bank": world.own["bank"],
                }
                led += [f"{person} {path}" for way in (client.get, client.post) if _far(way(path, given))]
    assert not led, "\n".join(led)


def test_sign_in_does_not_redirect_to_another_host(client: Client, clerk: User) -> None:
    clerk.set_password("a long enough word")
    clerk.save()
    for far in FAR:
        given: dict[str, str | int] = {"login": clerk.username, "password": "a long enough word", "next": far}
        answer = client.post("/accounts/login/", given)
        assert (answer.status_code, _far(answer)) == (302, False)
        client.logout()


def _far(answer: Any) -> bool:
    location = answer.headers.get("Location", "")
    return location.startswith(("//", "/\\", "http:", "https:", "javascript:"))


def test_api_answers_are_not_executable_in_a_browser(world: World) -> None:
    client, seen = client_of(world.clerk), 0
    for route, access, verb in walked(world):
        if access.kind == Kind.API and "docs" not in route:
            answer = client.get(fill(route, access, world, "own", verb))
            assert {"default-src": "'none'", "sandbox": ""}.items() <= policy_of(answer).items()
            assert "json" in answer.headers["Content-Type"] or "openapi" in answer.headers["Content-Type"]
            seen += 1
    assert seen > 8
