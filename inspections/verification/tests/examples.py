"""Arguments with which each action on verifications succeeds."""

from typing import Any

from inspections.rectification.tests.examples import to_verify
from inspections.verification.actions import deciding, verifying
from inspections.verification.tests.factories import MISSING, verification_by_visit, verified, visited
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action


def _verified(scene: Scene) -> dict[str, Any]:
    """An order whose report an inspector found in order, and a decider."""
    order = to_verify(scene)
    found = verified(order, scene.people.inspector)
    return {"order": order, "by": scene.people.decider, "seen": found.pk}


def _visited(scene: Scene) -> dict[str, Any]:
    """An order after a visit that the second officer has not confirmed."""
    order = to_verify(scene)
    found = visited(order, scene.people)
    return {"order": order, "by": scene.people.assessor, "seen": found.pk}


EXAMPLES: dict[Action[..., Any], Example] = {
    verifying.verify_rectification: lambda s: verification_by_visit(to_verify(s), s.people),
    verifying.confirm_verification: _visited,
    deciding.accept_rectification: _verified,
    deciding.reject_rectification: lambda s: _verified(s) | {"remark": MISSING},
}
