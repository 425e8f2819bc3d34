"""HTTP methods that the register does not use are refused."""

import pytest

from tests.walk.test_walk import client_of, fill, walked
from tests.walk.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND"])
def test_unused_methods_are_refused(world: World, method: str) -> None:
    client = client_of(world.clerk)
    answers = {
        client.generic(method, fill(route, access, world, "own", verb)).status_code
        for route, access, verb in walked(world)
    }
    assert answers == {405}
