"""Arguments with which each action on annual assessments succeeds."""

from decimal import Decimal
from typing import Any

from banks.register.models import Qualification
from inspections.assessments import actions
from inspections.assessments.models import Assessment
from inspections.assessments.tests.factories import FAILING, PASSING, result_of, scheme
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import order_in, qualified
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action


def _qualification(scene: Scene) -> Qualification:
    return qualified(scene.bank, scene.people.decider)


def _result(scene: Scene, *, final: bool, score: Decimal = FAILING) -> Assessment:
    """A result of 2024, draft or final."""
    return result_of(
        _qualification(scene),
        2024,
        score=score,
        recorded_by=scene.people.second_assessor,
        finalised_by=scene.people.assessor if final else None,
    )


def _score(scene: Scene) -> dict[str, Any]:
    """The input of an assessor for 2024."""
    _qualification(scene)
    scheme(2024)
    entered = {"year": 2024, "score": PASSING, "reason": ""}
    return {"bank": scene.bank, "by": scene.people.assessor, **entered}


def _failed_twice(scene: Scene) -> Qualification:
    """A qualification with two failing years in a row and no order."""
    qualification = _qualification(scene)
    for year in (2023, 2024):
        result_of(
            qualification,
            year,
            score=FAILING,
            recorded_by=scene.people.assessor,
            finalised_by=scene.people.second_assessor,
        )
    return qualification


EXAMPLES: dict[Action[..., Any], Example] = {
    actions.record_assessment: _score,
    actions.finalise_assessment: lambda scene: {
        "assessment": _result(scene, final=False),
        "by": scene.people.assessor,
    },
    actions.revise_assessment: lambda scene: {
        "assessment": _result(scene, final=True),
        "score": PASSING,
        "seen": FAILING,
        "reason": "投诉件重复计分。",
        "by": scene.people.decider,
    },
    actions.open_orders_after_failing_years: lambda scene: {
        "qualification": _failed_twice(scene),
        "by": None,
    },
    actions.withdraw_groundless_order: lambda scene: {
        "order": order_in(OrderState.AWAITING_DEADLINE, _qualification(scene)),
        "by": None,
    },
}
