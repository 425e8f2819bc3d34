"""People leave: what waited for them goes to those who can do it, for every kind of case; at a bank it stays there."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group
from django.db.models import Model

from admission.review.actions.casework import assign_cases
from admission.tests.factories import accepted
from banks.members.actions.members import remove_member
from banks.tests.factories import make_member
from tests.actions.examples import actions, carry_out, examples
from tests.actions.scene import Scene
from tests.actions.situations import Names, Shape, is_new, names_now, new_states_of, shape_of
from tests.actions.stage import Staged, on_stage
from zsbank.base.accounts.models import User
from zsbank.base.cases.registry import cases
from zsbank.base.cases.work import Waiting
from zsbank.base.roles import BANK_ROLES, Role

if TYPE_CHECKING:
    pass

pytestmark = pytest.mark.django_db
ACTIONS = actions()
EXAMPLES = examples()
OWN = sorted(name for name, one in ACTIONS.items() if one.verb.roles & BANK_ROLES and not one.by_anybody)


def waitings() -> Iterator[tuple[str, Waiting]]:
    """Yield all declared work items, each with a name."""
    for case in cases():
        for place, waiting in enumerate(case.waiting):
            yield f"{case.key} {place} {waiting.action.verb}", waiting


def key_of(row: Any) -> str:
    """Return what identifies a row of a work list."""
    return f"{row._meta.label} {row.pk}" if isinstance(row, Model) else repr(row)


WAITINGS = dict(waitings())


def items_of(
    person: User, names: Names, kinds: Iterable[str] = WAITINGS
) -> Iterator[tuple[str, str, Shape | str]]:
    """Yield the person's work items, of all kinds or of some: kind, key and shape of the row."""
    person = User.objects.get(pk=person.pk)  # the roles are kept on the instance
    for name in kinds:
        for row in WAITINGS[name].rows(person) if WAITINGS[name].action.is_held(person) else ():
            yield name, key_of(row), shape_of(row, names) if isinstance(row, Model) else repr(row)


def work_of(person: User, kinds: Iterable[str] = WAITINGS) -> set[tuple[str, str]]:
    """Return the person's work items, of all kinds or of some."""
    return {(name, key) for name, key, _shape in items_of(person, names_now(), kinds)}


def colleague_of(person: User) -> User:
    """A new colleague with the same roles, who had no part in anything."""
    new = User.objects.create(username=f"new-{person.username}", name="新同事", is_staff=True)
    new.groups.set(person.groups.all())
    return new


def officers_of(scene: Scene) -> list[User]:
    """Return the officers who act in examples."""
    people = scene.people
    return [people.intake, people.reviewer, people.decider, people.inspector, people.assessor]


def leave_account(person: User) -> None:
    """Lose the account."""
    User.objects.filter(pk=person.pk).update(is_active=False)


def lose_roles(person: User) -> None:
    """Lose the roles, and keep another one at the bureau."""
    person.groups.set([Group.objects.get_or_create(name=Role.AUDITOR.value)[0]])


def new_work_of(person: User, names: Names) -> set[tuple[str, str]]:
    """Return the person's work items on rows unlike those that were looked at in this process."""
    found = set()
    for name, key, shape in items_of(person, names):
        if is_new(f"leaving of {person.username}", (name, shape)):
            found.add((name, key))
    return found


@on_stage(EXAMPLES)
def test_what_waited_for_a_person_waits_for_a_colleague(staged: Staged) -> None:
    for _when in new_states_of(staged, "leaving"):
        names = names_now()
        for person in officers_of(staged.scene):
            if waited := new_work_of(person, names):
                check_leaving(person, waited, lose_roles)
                check_leaving(person, waited, leave_account)


def check_leaving(person: User, waited: set[tuple[str, str]], leave: Callable[[User], None]) -> None:
    """Let an officer leave, and come back; check that a colleague has what waited for them."""
    roles, new = list(person.groups.all()), colleague_of(person)
    leave(person)
    assert waited <= work_of(new, {name for name, _row in waited}), f"nobody has what waited for {person}"
    new.delete()
    person.groups.set(roles)
    User.objects.filter(pk=person.pk).update(is_active=True)


def test_control_assigned_case_is_on_no_colleagues_list_before(scene: Scene) -> None:
    application = accepted(scene.bank, scene.clerk, scene.people)
    reviewer = scene.people.reviewer
    assign_cases(applications=[application], to=reviewer, by=scene.people.decider)
    new = colleague_of(reviewer)
    assert work_of(reviewer) - work_of(new)
    lose_roles(reviewer)
    assert work_of(new)


@on_stage(OWN)
def test_colleague_continues_what_a_clerk_of_the_bank_began(staged: Staged) -> None:
    one, arguments, scene = staged.action, staged.arguments, staged.scene
    begun_by = arguments.get("by")
    if begun_by not in (scene.clerk, scene.administrator) or staged.name.startswith("banks.members."):
        return
    role = scene.bank.members.get(user=begun_by).role
    colleague = make_member(scene.bank, "colleague", Role(role)).user
    make_member(scene.bank, "second", Role.BANK_ADMINISTRATOR)
    boss = scene.bank.members.get(user__username="second").user
    remove_member(member=scene.bank.members.get(user=begun_by), by=boss)
    carry_out(one, arguments | {"by": colleague})
