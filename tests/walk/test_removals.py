"""What a bank removes can be restored, or is asked about first: for every verb and every address that removes."""

import pytest

from tests.actions.examples import actions, carry_out, examples
from tests.actions.scene import Scene
from tests.walk.addresses import PORTAL
from tests.walk.forms import forms_of
from tests.walk.test_walk import client_of, fill, walked
from tests.walk.world import World
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.base.roles import BANK_ROLES

pytestmark = pytest.mark.django_db
WORDS = ("remove", "delete", "withdraw")
REMOVALS = {verb for verb in Verb if verb.roles & BANK_ROLES and verb.split("_")[0] in WORDS}
NAMED = {str(verb): verb for verb in Verb}
RESTORED = {verb: NAMED[back] for verb in REMOVALS if (back := f"restore_{verb.partition('_')[2]}") in NAMED}
ASKED_FIRST = {
    Verb.REMOVE_OUTLET: "bank/outlets/<int:pk>/remove/",
    Verb.REMOVE_MEMBER: "bank/members/<int:pk>/remove/",
    Verb.WITHDRAW_INVITATION: "bank/invitations/<int:pk>/withdraw/",
    Verb.DELETE_DRAFT: "applications/<int:pk>/delete/",
    Verb.WITHDRAW_APPLICATION: "applications/<int:pk>/withdraw/",
    Verb.WITHDRAW_EXIT_APPLICATION: "exit/<int:pk>/withdraw/",
    Verb.WITHDRAW_BANK_CHANGE: "bank/information/changes/<int:pk>/withdraw/",
}
"""By verb, the address of the page that asks."""


def test_every_removal_is_undone_or_asked_about() -> None:
    assert set(RESTORED) | set(ASKED_FIRST) == REMOVALS
    assert not set(RESTORED) & set(ASKED_FIRST)
    assert set(ASKED_FIRST.values()) == {one for one in PORTAL if one.rstrip("/").endswith(WORDS)}


@pytest.mark.parametrize("verb", sorted(RESTORED))
def test_removed_thing_is_restored(verb: Verb, scene: Scene) -> None:
    by_verb = {one.verb: name for name, one in actions().items()}
    removal, back = by_verb[verb], actions()[by_verb[RESTORED[verb]]]
    given = examples()[removal](scene)
    row = given[actions()[removal].on]
    before = type(row).objects.values().get(pk=row.pk)
    carry_out(actions()[removal], given)
    assert type(row).objects.values().get(pk=row.pk) != before
    back(**{back.on: type(row).objects.get(pk=row.pk), "by": given["by"]})
    assert type(row).objects.values().get(pk=row.pk) == before


def test_page_of_a_removal_asks_and_changes_nothing(world: World) -> None:
    client, seen = client_of(world.administrator), set()
    for route, access, verb in walked(world):
        if route in ASKED_FIRST.values():
            last = Entry.objects.latest("pk").pk
            address = fill(route, access, world, "own", verb)
            page = client.get(address)
            assert page.status_code == 200, address
            forms = [one for one in forms_of(address, page.content.decode()) if one.action == address]
            assert forms or "不能" in page.content.decode(), address
            assert not Entry.objects.filter(pk__gt=last).exists()
            seen.add(route)
    assert seen == set(ASKED_FIRST.values())
