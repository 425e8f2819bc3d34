"""Arguments with which each action on verifications succeeds."""

from typing import Any

from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.examples import to_verify
from inspections.verification.actions import deciding, verifying
from inspections.verification.tests.factories import MISSING, verification_by_visit, verified, visited
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action


def _verified(scene: Scene) -> RectificationOrder:
    """An order whose report an inspector found in order."""
    order = to_verify(scene)
    verified(order, scene.people.inspector)
    return order


def _visited(scene: Scene) -> RectificationOrder:
    """An order after a visit that the second officer has not confirmed."""
    order = to_verify(scene)
    visited(order, scene.people)
    return order


EXAMPLES: dict[Action[..., Any], Example] = {
    verifying.verify_rectification: lambda s: verification_by_visit(to_verify(s), s.people),
    verifying.confirm_verification: lambda s: {"order": _visited(s), "by": s.people.assessor},
    deciding.accept_rectification: lambda s: {"order": _verified(s), "by": s.people.decider},
    deciding.reject_rectification: lambda s: {
        "order": _verified(s),
        "by": s.people.decider,
        "remark": MISSING,
    },
}
