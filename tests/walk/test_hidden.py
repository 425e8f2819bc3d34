"""Hidden objects cannot be distinguished from missing ones by the server's work."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.test import Client
from django.urls import reverse

from admission.applications.models import Answer, Application, Evidence
from banks.outlets.models import Outlet
from tests.walk.addresses import Kind
from tests.walk.test_walk import Expectation, client_of, fill, walked
from tests.walk.work import Work, watched
from tests.walk.world import NOBODYS, World
from zsbank.base.accounts.models import User
from zsbank.base.roles import Role

pytestmark = pytest.mark.django_db
METHODS = ("get", "post", "put")


def work(client: Client, method: str, path: str, given: dict[str, Any] | None = None) -> Work:
    """The server's work for one request."""
    with watched() as done:
        answer = getattr(client, method)(path, given or {}, **_as_sent(method))
        if answer.streaming:
            answer.getvalue()
    return done


def _as_sent(method: str) -> dict[str, str]:
    return {"content_type": "application/json"} if method == "put" else {}


def betrayed(client: Client, method: str, hidden: str, nobodys: str) -> bool:
    """Whether the work distinguishes two addresses; if so, once more when both are warmed up."""
    return _differs(client, method, hidden, nobodys) and _differs(client, method, hidden, nobodys)


def _differs(client: Client, method: str, one: str, other: str) -> bool:
    return work(client, method, one) != work(client, method, other)


KEY = "/accounts/2fa/webauthn/keys/{}/{}/"
"""A passkey: the library keeps these."""


def pairs(world: World) -> Iterator[tuple[str, str]]:
    """Yield every hidden address with another bank's object and with a missing one."""
    for route, access, verb in walked(world):
        if access.kind in (Kind.PORTAL, Kind.API, Kind.CASES, Kind.LETTERS) and access.thing:
            yield fill(route, access, world, "other", verb), fill(route, access, world, "none", verb)
    files = f"/rectification/{world.own['order']}/files/"
    key = _passkey(world.staff[Role.AUDITOR])
    yield from ((KEY.format(key, what), KEY.format(NOBODYS, what)) for what in ("edit", "remove"))
    yield f"{files}{world.others['file_pk']}/", f"{files}{NOBODYS}/"
    documents = f"/bank/information/changes/{world.own['banks.bankchange']}/files/"
    yield f"{documents}{world.others['document_pk']}/", f"{documents}{NOBODYS}/"
    fees = f"/fees/{world.own['inspections.feenotice']}/files/"
    yield f"{fees}{world.others['paper_pk']}/", f"{fees}{NOBODYS}/"
    complaints = f"/complaints/{world.own['inspections.complaint']}/files/"
    yield f"{complaints}{world.others['attachment_pk']}/", f"{complaints}{NOBODYS}/"
    inspected = f"/inspections/{world.own['inspections.inspectionvisit']}/files/"
    yield f"{inspected}{world.others['evidence_pk']}/", f"{inspected}{NOBODYS}/"


def _passkey(person: User) -> int:
    kind = Authenticator.Type.WEBAUTHN
    return int(Authenticator.objects.create(user=person, type=kind, data={"name": "示例"}).pk)


def test_hidden_object_causes_same_work_as_missing_one(world: World) -> None:
    wrong, compared = [], 0
    for person in (world.administrator, world.clerk):
        client = client_of(person)
        for hidden, nobodys in pairs(world):
            compared += 1
            wrong += [
                f"{person} {method} {hidden}"
                for method in METHODS
                if betrayed(client, method, hidden, nobodys)
            ]
    assert not wrong, "\n".join(wrong)
    assert compared > 60


def test_forbidden_list_causes_work_independent_of_its_content(world: World) -> None:
    wrong, compared = [], 0
    for role, person in world.staff.items():
        client, expected = client_of(person), Expectation(role)
        for route, access, verb in walked(world):
            if not access.thing or access.verb is None or expected.holds(access.verb):
                continue
            compared += 1
            there, nobodys = (fill(route, access, world, side, verb) for side in ("other", "none"))
            wrong += [
                f"{person} {method} {there}" for method in METHODS if betrayed(client, method, there, nobodys)
            ]
    assert not wrong, "\n".join(wrong)
    assert compared > 300


@pytest.mark.parametrize("field", ["remove", "replaces"])
def test_hidden_field_causes_same_work_for_hidden_and_missing_objects(world: World, field: str) -> None:
    theirs = Evidence.objects.get(pk=world.others["evidence"])
    own = Application.objects.get(pk=world.own["application"])
    answer = Answer.objects.get(application=own, criterion=theirs.answer.criterion)
    client = client_of(world.clerk)
    path = reverse("admission:criterion", args=[own.pk, theirs.answer.criterion.number])
    done = [
        work(client, "post", path, {"version": answer.version, field: number})
        for number in (NOBODYS, theirs.pk, NOBODYS)
    ]
    assert done[1] == done[2]


@pytest.mark.parametrize("follows_the_key", [False, True])
def test_control_view_that_loads_before_checking_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch, *, follows_the_key: bool
) -> None:
    def load_first(rows: Any, bank: Any, pk: int) -> Outlet:
        row: Outlet = get_object_or_404(Outlet, pk=pk)
        owner = row.bank.pk if follows_the_key else row.bank_id
        if owner != bank.pk:
            raise Http404
        return row

    monkeypatch.setattr("banks.outlets.portal.outlets.own_or_404", load_first)
    hidden, nobodys = (f"/bank/outlets/{pk}/" for pk in (world.others["outlet"], NOBODYS))
    assert betrayed(client_of(world.clerk), "get", hidden, nobodys)
