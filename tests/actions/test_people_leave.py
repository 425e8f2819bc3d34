"""People leave: what waited for them goes to those who can do it, for every kind of case; at a bank it stays there."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db.models import Model

from admission.review.actions.casework import assign_cases
from admission.tests.factories import accepted
from banks.members.actions.members import remove_member
from banks.tests.factories import make_member
from tests.actions.examples import actions, carry_out, examples
from tests.actions.scene import Scene
from tests.actions.situations import Situation, is_new, names_now, new_states_of, shape_of, situation_of
from tests.actions.stage import Staged, on_stage
from tests.actions.work import unlike_lists, waitings
from zsbank.base.accounts.models import User
from zsbank.base.roles import BANK_ROLES, Role

pytestmark = pytest.mark.django_db
ACTIONS = actions()
EXAMPLES = examples()
OWN = sorted(name for name, one in ACTIONS.items() if one.verb.roles & BANK_ROLES and not one.by_anybody)


def key_of(row: Any) -> str:
    """Return what identifies a row of a work list."""
    return f"{row._meta.label} {row.pk}" if isinstance(row, Model) else repr(row)


WAITINGS = waitings()


def work_of(person: User, kinds: Iterable[str] = WAITINGS) -> set[tuple[str, str]]:
    """Return the person's work items, of all kinds or of some."""
    person = User.objects.get(pk=person.pk)  # the roles are kept on the instance
    held = [name for name in kinds if WAITINGS[name].action.is_held(person)]
    return {(name, key_of(row)) for name in held for row in WAITINGS[name].rows(person)}


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


def new_work_of(person: User, situation: Situation) -> set[tuple[str, str]]:
    """Return the person's work items on rows unlike those that were looked at in this process."""
    found, names = set(), names_now()
    for name, rows in unlike_lists("leaving", person, WAITINGS, situation):
        for row in rows:
            shape = shape_of(row, names) if isinstance(row, Model) else repr(row)
            if is_new(f"leaving of {person.username}", (name, shape)):
                found.add((name, key_of(row)))
    return found


@on_stage(EXAMPLES)
def test_what_waited_for_a_person_waits_for_a_colleague(staged: Staged) -> None:
    for when in new_states_of(staged, "leaving"):
        for person in officers_of(staged.scene):
            if waited := new_work_of(person, situation_of(staged, when)):
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
