"""Arguments with which each action on registrations succeeds, and a row for the walk."""

from typing import Any

from banks.register.identifiers import with_check_characters
from banks.register.terms import BankCategory
from banks.registrations import actions
from banks.registrations.models import Registration
from banks.registrations.tests.factories import alike, pending
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action


def one_of_its_own(scene: Scene) -> Registration:
    """A registration with a code of its own, beside each bank."""
    return pending(
        scene.bank, scene.people.intake, with_check_characters(f"91442000MAREG{scene.bank.pk % 1000:03d}")
    )


EXAMPLES: dict[Action[..., Any], Example] = {
    actions.request_registration: lambda scene: {
        **alike(scene.bank),
        "category": BankCategory.CITY,
        "statement": "示例：另一法人。",
        "by": scene.people.intake,
    },
    actions.confirm_registration: lambda scene: {
        "registration": pending(scene.bank, scene.people.intake),
        "by": scene.people.decider,
        "reason": "示例",
    },
    actions.decline_registration: lambda scene: {
        "registration": pending(scene.bank, scene.people.intake),
        "by": scene.people.decider,
        "reason": "示例",
    },
}
ROWS = {Registration: one_of_its_own}
