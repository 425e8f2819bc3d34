"""Every submission is confirmed to all members of the bank."""

from typing import TYPE_CHECKING, Any

import pytest

from banks.members.queries import people_of
from tests.actions.examples import actions, carry_out, examples
from tests.actions.stage import Staged, on_stage
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import Action
from zsbank.base.cases.registry import cases
from zsbank.base.cases.turns import Tone
from zsbank.base.journal.models import Entry
from zsbank.base.notices.models import Message
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb
from zsbank.base.roles import BANK_ROLES
from zsbank.base.submissions import SUBMISSIONS

if TYPE_CHECKING:
    pass

pytestmark = pytest.mark.django_db
ACTIONS = actions()
EXAMPLES = examples()


def _by_a_bank(one: Action[..., Any]) -> bool:
    """Return whether only members of a bank hold it."""
    roles = one.verb.roles
    return bool(roles) and roles <= BANK_ROLES and not one.inner


BY_A_BANK = sorted(name for name, one in ACTIONS.items() if _by_a_bank(one))


def receipts() -> set[User | None]:
    """Return the recipients of confirmations."""
    rows = Message.objects.filter(kind=MessageKind.RECEIPT).select_related("recipient")
    return {row.recipient for row in rows}


def hands_over(entry: Entry | None) -> bool:
    """Return whether the case changed state and the bank need not act next."""
    if entry is None or not entry.to_state:
        return False
    declared = next((case for case in cases() if case.key == entry.subject_type), None)
    return bool(declared and declared.states and declared.states[entry.to_state].turn.bank is not Tone.YOU)


@on_stage(BY_A_BANK)
def test_submission_is_confirmed_to_all_members(staged: Staged) -> None:
    one, arguments, scene = staged.action, staged.arguments, staged.scene
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
