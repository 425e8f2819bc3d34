"""Valid arguments for every action on people."""

from typing import Any

from allauth.mfa.models import Authenticator

from conftest import make_officer
from tests.actions.scene import Example, Scene
from zsbank.base.accounts import actions
from zsbank.base.accounts.models import Identity
from zsbank.base.actions.door import Action
from zsbank.base.roles import Role


def on_the_reviewer(scene: Scene, **more: Any) -> dict[str, Any]:
    """Return an officer and a security administrator."""
    by = make_officer("security", Role.SECURITY_ADMINISTRATOR)
    return {"person": scene.people.reviewer, "by": by, **more}


def somebody_new(scene: Scene, **more: Any) -> dict[str, Any]:
    """Return the data of a new person and a security administrator."""
    by = make_officer("security", Role.SECURITY_ADMINISTRATOR)
    return {"username": "somebody", "name": "某人", "email": "somebody@hrss.example", "by": by, **more}


def connected(scene: Scene) -> dict[str, Any]:
    """Return an officer connected with the identity service."""
    Identity.objects.create(person=scene.people.reviewer, issuer="https://id.example", subject="1")
    return on_the_reviewer(scene)


def with_factor(scene: Scene) -> dict[str, Any]:
    """Return an officer with an authenticator."""
    Authenticator.objects.create(user=scene.people.reviewer, type=Authenticator.Type.TOTP, data={})
    return on_the_reviewer(scene, identified="示例：当面核对身份证。")


EXAMPLES: dict[Action[..., Any], Example] = {
    actions.enter_person: lambda scene: somebody_new(scene, password=None),
    actions.enter_officer: lambda scene: somebody_new(scene, role=Role.REVIEWER),
    actions.grant_role: lambda scene: on_the_reviewer(scene, role=Role.DECIDER),
    actions.revoke_role: lambda scene: on_the_reviewer(scene, role=Role.REVIEWER),
    actions.disconnect_identity: connected,
    actions.deactivate_person: on_the_reviewer,
    actions.change_office_phone: lambda scene: on_the_reviewer(scene, office_phone="0760-88880001"),
    actions.end_sign_ins: on_the_reviewer,
    actions.remove_second_factor: with_factor,
}
