"""Every form has its token and cuts nothing off; with bad input it is refused or accepted, never an error page."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.security.test_bad_input import BAD
from tests.walk.addresses import Kind
from tests.walk.forms import Form, forms_of
from tests.walk.test_walk import HEALTH, LEAVES, client_of, fill, walked
from tests.walk.world import World, with_every_role
from zsbank.base.accounts.models import User

pytestmark = pytest.mark.django_db
ROUNDS = 2
OF_ALLAUTH = "/accounts/"
"""Forms of sign-in names, addresses and passwords, into which nobody pastes a text."""

SEED = 20261124
ENDS = ("/logout/", "/members/second-factor/")
"""Forms after which the walk would go on as nobody, or at the set-up of a second factor only."""


def reachable(client: Client, world: World) -> Iterator[Form]:
    """Return every form on every page this person can open, once."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for route, access, verb in walked(world):
        if route in LEAVES or access.kind == Kind.API:
            continue
        path = fill(route, access, world, "own", verb)
        page = client.get(path)
        if page.streaming:
            page.getvalue()
        if page.status_code != 200 or page.streaming or "html" not in page.headers["Content-Type"]:
            continue
        for form in forms_of(path, page.content.decode()):
            key = (form.action, tuple(sorted(form.typed)))
            if key not in seen and form.action.startswith("/") and not form.action.endswith(ENDS):
                seen.add(key)
                yield form


def bad(form: Form, choice: random.Random) -> dict[str, Any]:
    """Return bad values for a form, sometimes with a file, sometimes with a missing field."""
    given: dict[str, Any] = {**form.fixed, **{name: choice.choice(BAD) for name in form.typed}}
    if form.typed:
        name = choice.choice([*form.typed])
        if choice.random() < 0.3:
            given[name] = SimpleUploadedFile("../../坏\x00.pdf", b"%PDF-1.7\n%%EOF")
        elif choice.random() < 0.3:
            del given[name]
    return given


def failures(person: User | None, world: World) -> tuple[int, list[str]]:
    """Return the number of submitted forms, and those that have no token or led to an error page."""
    client, choice = client_of(person), random.Random(SEED)  # noqa: S311 the same every time
    tried, wrong = 0, list[str]()
    for form in [*reachable(client, world)]:
        if form.method == "post" and "csrfmiddlewaretoken" not in form.fixed:
            wrong.append(f"{person} {form.action} has no token")
        if form.method == "post" and form.cut and not form.action.startswith(OF_ALLAUTH):
            wrong.append(f"{person} {form.action} cuts off what is pasted into {form.cut}")
        for _round in range(ROUNDS):
            if person and SESSION_KEY not in client.session:
                client = client_of(person)
            send = client.post if form.method == "post" else client.get
            given = bad(form, choice)
            answer = send(form.action, given)
            tried += 1
            if answer.status_code >= 500 and answer.wsgi_request.path != HEALTH:
                wrong.append(f"{person} {form.method} {form.action} {given}")
            if answer.streaming:
                answer.getvalue()
    return tried, wrong


def test_no_form_leads_to_an_error_page(world: World) -> None:
    tried, wrong = 0, list[str]()
    for person in (None, world.clerk, world.administrator, with_every_role()):
        sent, failed = failures(person, world)
        tried, wrong = tried + sent, wrong + failed
    assert not wrong, "\n".join(wrong)
    assert tried > 300
