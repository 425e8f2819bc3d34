"""Whatever a bank hands to the bureau is confirmed to all its people; every message leads to its case."""

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from admission.editions.models import PolicyEdition
from banks.members.queries import people_of
from banks.register.models import Bank
from tests.actions.examples import actions, examples
from tests.actions.scene import Scene
from tests.actions.test_every_action import carry_out
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import Action
from zsbank.base.cases.registry import cases
from zsbank.base.cases.turns import Tone
from zsbank.base.journal.models import Entry
from zsbank.base.notices.models import Message
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import ROLES_BY_VERB, SUBMISSIONS, Verb
from zsbank.base.roles import BANK_ROLES

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
ACTIONS = actions()
EXAMPLES = examples()


def _by_a_bank(one: Action[..., Any]) -> bool:
    """Whether only people of a bank run it."""
    roles = ROLES_BY_VERB[one.verb]
    return bool(roles) and roles <= BANK_ROLES and not one.inner


BY_A_BANK = sorted(name for name, one in ACTIONS.items() if _by_a_bank(one))


@pytest.fixture
def scene(
    bank: Bank,
    other_bank: Bank,
    edition: PolicyEdition,
    people: "People",
    clerk: User,
    administrator: User,
    stranger: User,
) -> Scene:
    """The persons and banks of the examples."""
    return Scene(bank, other_bank, edition, people, clerk, administrator, stranger)


def receipts() -> set[User | None]:
    """Everybody who got a confirmation."""
    rows = Message.objects.filter(kind=MessageKind.RECEIPT).select_related("recipient")
    return {row.recipient for row in rows}


def hands_over(entry: Entry | None) -> bool:
    """Whether the case moved, and it is not the bank's turn afterwards."""
    if entry is None or not entry.to_state:
        return False
    declared = next((case for case in cases() if case.key == entry.subject_type), None)
    return bool(declared and declared.states and declared.states[entry.to_state].turn.bank is not Tone.YOU)


@pytest.mark.parametrize("name", BY_A_BANK)
def test_submission_is_confirmed_to_everybody_at_the_bank(name: str, scene: Scene) -> None:
    one, arguments = ACTIONS[name], EXAMPLES[name](scene)
    Message.objects.all().delete()
    carry_out(one, arguments)
    entry = Entry.objects.filter(verb=one.verb).order_by("-pk").first()
    assert one.verb in SUBMISSIONS or not hands_over(entry), f"{one.verb} hands something over: confirm it"
    assert receipts() == ({*people_of(scene.bank)} if one.verb in SUBMISSIONS else set())
    for row in Message.objects.filter(kind=MessageKind.RECEIPT):
        assert (row.by_mail, row.uscc) == (True, scene.bank.uscc)
        assert scene.bank.name in row.about
        assert arguments["by"].name in row.body


def test_every_submission_has_an_action() -> None:
    assert {ACTIONS[name].verb for name in BY_A_BANK} >= SUBMISSIONS
    assert Verb.SAVE_ANSWER not in SUBMISSIONS


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_message_leads_to_its_case(name: str, scene: Scene) -> None:
    """Opening a message answers with a page of its recipient, and marks only this one as read."""
    carry_out(ACTIONS[name], EXAMPLES[name](scene))
    for row in Message.objects.exclude(recipient=None).select_related("recipient"):
        assert row.recipient is not None
        client = Client()
        client.force_login(row.recipient, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(row.get_absolute_url(), follow=True)
        assert answer.status_code == 200, (row.key, row.link)
        if row.link:
            assert answer.redirect_chain[0] == (row.link, 302)
        row.refresh_from_db()
        assert row.read_at is not None
