"""Every action, found by reading the register: done, and refused by role, state and conflict, with the right entry.

An action without an example fails here. The example stands in `tests/examples.py` beside the action.
"""

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from tests.actions.examples import actions, examples
from tests.actions.scene import Scene
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import Action
from zsbank.base.actions.people import WithConflicts
from zsbank.base.actions.rows import bank_of, case_of, state_field_of
from zsbank.base.actions.tests.inside import inside
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import ROLES_BY_VERB, Verb
from zsbank.base.refusals import NotAllowed, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
ACTIONS = actions()
EXAMPLES = examples()
OUTER = {name: one for name, one in ACTIONS.items() if not one.inner and not one.by_clock}
BY_PEOPLE = {
    name: one
    for name, one in ACTIONS.items()
    if not (one.inner or one.by_anybody) and ROLES_BY_VERB[one.verb]
}
WITH_STATES = {name: one for name, one in ACTIONS.items() if one.moves or one.states}


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
    """Who acts, and on what."""
    return Scene(bank, other_bank, edition, people, clerk, administrator, stranger)


def given(name: str, scene: Scene) -> dict[str, Any]:
    """The example's arguments."""
    return EXAMPLES[name](scene)


def row_of(one: Action[..., Any], arguments: dict[str, Any]) -> Model | None:
    """The row an action works on, the first of several."""
    row = arguments.get(one.on)
    return row[0] if isinstance(row, list | tuple) else row


def carry_out(one: Action[..., Any], arguments: dict[str, Any]) -> None:
    """Do it; what is done inside others only, inside one."""
    if one.inner:
        with inside(Verb.DECIDE, arguments["by"]):
            one(**arguments)
    else:
        one(**arguments)


def last(verb: str) -> Entry | None:
    """The newest entry of a verb."""
    return Entry.objects.filter(verb=verb).order_by("-pk").first()


def test_every_action_has_its_example() -> None:
    assert sorted(ACTIONS.keys() - EXAMPLES.keys()) == []
    assert len(ACTIONS) > 60


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_it_is_done_and_recorded(name: str, scene: Scene) -> None:
    one, arguments = ACTIONS[name], given(name, scene)
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


@pytest.mark.parametrize("name", sorted(BY_PEOPLE))
def test_it_is_refused_to_who_does_not_hold_the_verb(name: str, scene: Scene) -> None:
    one, arguments = ACTIONS[name], given(name, scene)
    row = row_of(one, arguments)
    bank = bank_of(case_of(row, one.within)) if row else None
    person = next(person for person in scene.everybody if not one.is_held(person, bank))
    with pytest.raises(NotAllowed) as refusal:
        one(**arguments | {"by": person})
    assert refusal.value.code == "role"
    assert_recorded(one, person, row if person.is_staff or (bank and bank.roles_of(person)) else None, "role")


@pytest.mark.parametrize("name", sorted(BY_PEOPLE))
def test_it_is_refused_to_another_banks_person_without_a_word(name: str, scene: Scene) -> None:
    one, arguments = ACTIONS[name], given(name, scene)
    row = row_of(one, arguments)
    with pytest.raises(NotAllowed):
        one(**arguments | {"by": scene.stranger})
    hidden = row is not None and bank_of(case_of(row, one.within)) is not None
    assert_recorded(one, scene.stranger, None if hidden else row, "role")


@pytest.mark.parametrize("name", sorted(WITH_STATES))
def test_it_is_refused_in_another_state(name: str, scene: Scene) -> None:
    one, arguments = ACTIONS[name], given(name, scene)
    row = row_of(one, arguments)
    assert row is not None
    if not put_into_another_state(one, row):
        return  # the database itself keeps the case out of every other state
    before = Entry.objects.count()
    with pytest.raises(WrongState):
        carry_out(one, arguments)
    assert Entry.objects.count() == before


@pytest.mark.parametrize("name", sorted(BY_PEOPLE))
def test_it_is_refused_to_who_declared_a_conflict(name: str, scene: Scene) -> None:
    one, arguments = ACTIONS[name], given(name, scene)
    row = row_of(one, arguments)
    case: Any = case_of(row, one.within) if row else None
    if not isinstance(case, WithConflicts) or not arguments["by"].is_staff:
        return
    case.conflicts.create(officer=arguments["by"], reason="示例", at=case.started_at)  # type: ignore[attr-defined]
    with pytest.raises(NotAllowed) as refusal:
        one(**arguments)
    assert refusal.value.code == "conflict"
    assert_recorded(one, arguments["by"], row, "conflict")


def put_into_another_state(one: Action[..., Any], row: Model) -> bool:
    """Set the row's case, past everything, into some state in which the action may not be done.

    Returns:
        Whether the database took one of these states.
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
    """Make the row in memory be in a state, as if it had been read so."""
    case.__dict__[field] = state


def assert_recorded(one: Action[..., Any], by: User, row: Model | None, code: str) -> None:
    """The newest refusal names verb, person, row and bank."""
    entry = last("refuse")
    assert entry is not None
    assert (entry.actor, entry.data) == (by, {"verb": one.verb, "code": code})
    subject = (row._meta.label_lower, row.pk) if row else ("", 0)
    assert (entry.subject_type, entry.subject_id) == subject
    bank = bank_of(row)
    assert entry.uscc == (bank.uscc if bank else "")
