"""The reason that a person gives for an action stands in its journal entry."""

import inspect

import pytest

from tests.actions.examples import actions, carry_out, examples
from tests.actions.stage import Staged, on_stage
from tests.actions.test_locks import last_entry
from zsbank.base.actions.door import Action
from zsbank.base.journal.models import Entry

pytestmark = pytest.mark.django_db
ACTIONS, EXAMPLES = actions(), examples()
GIVEN, WORDS = ("reason", "remark"), "示例理由：经核实。"


def reason_of(one: Action[..., object]) -> str:
    """Return the argument in which a person gives the reason; empty if there is none."""
    taken = inspect.signature(one).parameters
    return next((name for name in GIVEN if name in taken), "")


WITH_REASON = sorted(name for name, one in ACTIONS.items() if one.recorded and reason_of(one))


@on_stage(WITH_REASON)
def test_reason_stands_in_the_entry(staged: Staged) -> None:
    one = staged.action
    arguments, last = staged.arguments | {reason_of(one): WORDS}, last_entry()
    carry_out(one, arguments)
    entries = Entry.objects.filter(pk__gt=last, verb=one.verb)
    assert [entry for entry in entries if WORDS in entry.reason or WORDS in str(entry.data)]


def test_many_actions_take_a_reason() -> None:
    assert len(WITH_REASON) > 20
