"""No answer may be cached, and unused HTTP methods are refused."""

import pytest
from django.test import Client

from tests.walk.test_walk import LEAVES, client_of, fill, walked
from tests.walk.world import World
from zsbank.base.roles import Role

pytestmark = pytest.mark.django_db


def people_of(world: World) -> list[Client]:
    """Nobody, a member of a bank, and an officer."""
    return [client_of(person) for person in (None, world.clerk, world.staff[Role.REVIEWER])]


def test_no_answer_may_be_cached(world: World) -> None:
    wrong, asked = [], 0
    for client in people_of(world):
        for route, access, verb in (one for one in walked(world) if one[0] not in LEAVES):
            answer = client.get(fill(route, access, world, "own", verb))
            if answer.streaming:
                answer.getvalue()
            asked += 1
            if "no-store" not in answer.headers.get("Cache-Control", ""):
                wrong.append(f"{route}: {answer.status_code} {answer.headers.get('Cache-Control')}")
    assert not wrong, "\n".join(wrong)
    assert asked > 300


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND"])
def test_unused_methods_are_refused(world: World, method: str) -> None:
    client = client_of(world.clerk)
    answers = {
        client.generic(method, fill(route, access, world, "own", verb)).status_code
        for route, access, verb in walked(world)
    }
    assert answers == {405}
