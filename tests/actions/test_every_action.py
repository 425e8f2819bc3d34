"""Every action of the register: succeeds, is refused by role, state and conflict, and is recorded.

An action needs an example in `tests/examples.py` of its subject.
"""

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

from tests.actions.examples import actions, carry_out, examples
from tests.actions.stage import Staged, on_stage
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import Action
from zsbank.base.actions.people import WithConflicts
from zsbank.base.actions.rows import bank_of, case_of, state_field_of
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import NotAllowed, WrongState

if TYPE_CHECKING:
    pass

pytestmark = pytest.mark.django_db
ACTIONS = actions()
EXAMPLES = examples()
OUTER = {name: one for name, one in ACTIONS.items() if not one.inner and not one.by_clock}
BY_PEOPLE = {
    name: one for name, one in ACTIONS.items() if not (one.inner or one.by_anybody) and one.verb.roles
}
WITH_STATES = {name: one for name, one in ACTIONS.items() if one.moves or one.states}


def row_of(one: Action[..., Any], arguments: dict[str, Any]) -> Model | None:
    """Return the row on which an action works; the first of several."""
    row = arguments.get(one.on)
    return row[0] if isinstance(row, list | tuple) else row


def last(verb: str) -> Entry | None:
    """Return the newest entry of a verb."""
    return Entry.objects.filter(verb=verb).order_by("-pk").first()


def test_every_action_has_an_example() -> None:
    assert sorted(ACTIONS.keys() - EXAMPLES.keys()) == []
    assert len(ACTIONS) > 60


@on_stage(ACTIONS)
def test_action_is_done_and_recorded(staged: Staged) -> None:
    one, arguments = staged.action, staged.arguments
    before = Entry.objects.filter(verb=one.verb).count()
    carry_out(one, arguments)
    assert (Entry.objects.filter(verb=one.verb).count() > before) == one.recorded
    if not one.recorded:
        return
    entry = last(one.verb)
    assert entry is not None
    assert entry.actor == arguments["by"]
    bank = bank_of(row_of(one, arguments))
    assert not bank or entry.uscc == bank.uscc


@on_stage(BY_PEOPLE)
def test_action_without_role_is_refused(staged: Staged) -> None:
    one, arguments = staged.action, staged.arguments
    row = row_of(one, arguments)
    bank = bank_of(case_of(row, one.within)) if row else None
    person = next(person for person in staged.scene.everybody if not one.is_held(person, bank))
    with pytest.raises(NotAllowed) as refusal:
        one(**arguments | {"by": person})
    assert refusal.value.code == "role"
    seen = bank is None or person.is_staff or bank.roles_of(person)
    assert_recorded(one, person, row if seen else None, "role")


@on_stage(BY_PEOPLE)
def test_action_by_other_bank_is_refused_without_details(staged: Staged) -> None:
    one, arguments = staged.action, staged.arguments
    row = row_of(one, arguments)
    with pytest.raises(NotAllowed):
        one(**arguments | {"by": staged.scene.stranger})
    hidden = row is not None and bank_of(case_of(row, one.within)) is not None
    assert_recorded(one, staged.scene.stranger, None if hidden else row, "role")


@on_stage(WITH_STATES)
def test_action_in_wrong_state_is_refused(staged: Staged) -> None:
    one, arguments = staged.action, staged.arguments
    row = row_of(one, arguments)
    assert row is not None
    if not set_another_state(one, row):
        return  # a database constraint allows no other state
    before = Entry.objects.count()
    with pytest.raises(WrongState):
        carry_out(one, arguments)
    assert Entry.objects.count() == before


@on_stage(BY_PEOPLE)
def test_action_with_conflict_is_refused(staged: Staged) -> None:
    one, arguments = staged.action, staged.arguments
    row = row_of(one, arguments)
    case: Any = case_of(row, one.within) if row else None
    if not isinstance(case, WithConflicts) or not arguments["by"].is_staff:
        return
    case.conflicts.create(officer=arguments["by"], reason="示例", at=clock.now())  # type: ignore[attr-defined]
    with pytest.raises(NotAllowed) as refusal:
        one(**arguments)
    assert refusal.value.code == "conflict"
    assert_recorded(one, arguments["by"], row, "conflict")


def set_another_state(one: Action[..., Any], row: Model) -> bool:
    """Set the state of the row's case directly to one in which the action is not allowed.

    Returns:
        Whether the database accepted such a state.
    """
    case, kept_out = case_of(row, one.within), False
    field = state_field_of(type(case))
    for state, _label in case._meta.get_field(field).choices or ():  # type: ignore[union-attr]
        setattr_state(case, field, state)
        if one.is_due(row):
            continue
        try:
            with transaction.atomic():
                QuerySet(type(case)).filter(pk=case.pk).update(**{field: state})
        except IntegrityError:
            kept_out = True
            continue
        return True
    assert kept_out, "there is no other state"
    return False


def setattr_state(case: Model, field: str, state: Any) -> None:
    """Set the state of the row in memory, as if read from the database."""
    case.__dict__[field] = state


def assert_recorded(one: Action[..., Any], by: User, row: Model | None, code: str) -> None:
    """Check verb, person, row and bank of the newest refusal."""
    entry = last("refuse")
    assert entry is not None
    assert (entry.actor, entry.data) == (by, {"verb": one.verb, "code": code})
    subject = (row._meta.label_lower, row.pk) if row else ("", 0)
    assert (entry.subject_type, entry.subject_id) == subject
    bank = bank_of(row)
    assert entry.uscc == (bank.uscc if bank else "")
