"""Situations in which people are told of a person of the bureau who left."""

from admission.review.actions.casework import assign_cases
from admission.tests.factories import accepted
from tests.actions.messages import Situation, told_of
from tests.actions.scene import Scene
from zsbank.base.accounts.actions import deactivate_person, revoke_role
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.roles import Role
from zsbank.site.staff import departures


def _assigned(scene: Scene) -> None:
    """A case waits for the reviewer."""
    application = accepted(scene.bank, scene.clerk, scene.people)
    assign_cases(applications=[application], to=scene.people.reviewer, by=scene.people.decider)


def _tell() -> None:
    """Run the step of the sweep."""
    for entry in departures.untold(clock.today()):
        departures.tell(entry)


def _security() -> User:
    return User.objects.get(groups__name=Role.SECURITY_ADMINISTRATOR.value, is_active=True, is_staff=True)


def left_with_colleague(scene: Scene) -> None:
    """Another reviewer is there, and gets the cases."""
    _assigned(scene)
    colleague = User.objects.create(username="reviewer2", name="另一审核员", is_staff=True)
    colleague.groups.set(scene.people.reviewer.groups.all())
    deactivate_person(person=scene.people.reviewer, by=_security())
    told_of(_tell)


def left_alone(scene: Scene) -> None:
    """Nobody else reviews; those who give roles are told."""
    _assigned(scene)
    revoke_role(person=scene.people.reviewer, role=Role.REVIEWER, by=_security())
    told_of(_tell)


SITUATIONS: dict[str, Situation] = {
    "left with a colleague": left_with_colleague,
    "left alone": left_alone,
}
