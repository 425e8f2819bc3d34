"""Arguments with which each action on annual assessments succeeds."""

import datetime as dt
from decimal import Decimal
from typing import Any

from banks.papers.terms import PaperKind
from banks.papers.tests.factories import paper_letter
from banks.register.models import Qualification
from inspections.assessments.actions import orders as assessment_orders
from inspections.assessments.actions import results
from inspections.assessments.models import Assessment
from inspections.assessments.tests.factories import FAILING, PASSING, result_of, scheme
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import failing_results, order_in, qualified
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock


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


def _scores(scene: Scene) -> dict[str, Any]:
    """The input of an assessor for 2024, of one bank in the table."""
    one = _score(scene)
    entered = {scene.bank.pk: (one["score"], one["reason"])}
    return {"banks": [scene.bank], "year": one["year"], "entered": entered, "by": one["by"]}


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


def _groundless(scene: Scene) -> RectificationOrder:
    """An order without due date whose years passed on review."""
    order = order_in(OrderState.AWAITING_DEADLINE, _qualification(scene))
    Assessment.objects.filter(bank=scene.bank).update(score=PASSING, grade="中")
    return order


def _misnamed(scene: Scene) -> RectificationOrder:
    """An order on 2023 and 2024 without due date, after 2022 was entered late as a failing year."""
    qualification = _qualification(scene)
    order = order_in(OrderState.AWAITING_DEADLINE, qualification, assessed_year=2024)
    failing_results(qualification, [2022])
    return order


EXAMPLES: dict[Action[..., Any], Example] = {
    results.record_assessment: _score,
    results.record_assessments: _scores,
    results.finalise_assessment: lambda scene: {
        "assessment": _result(scene, final=False),
        "by": scene.people.assessor,
    },
    results.revise_assessment: lambda scene: {
        "assessment": _result(scene, final=True),
        "score": PASSING,
        "seen": FAILING,
        "reason": "投诉件重复计分。",
        "by": scene.people.decider,
    },
    assessment_orders.open_orders_after_failing_years: lambda scene: {
        "qualification": _failed_twice(scene),
        "by": None,
    },
    results.take_over_result: lambda scene: {
        "qualification": _qualification(scene),
        "year": 2024,
        "grade": "良",
        "score": PASSING,
        "reason": "",
        "paper": paper_letter(scene.bank, scene.people.decider, PaperKind.RESULT),
        "entered_by": scene.people.intake,
        "by": scene.people.decider,
    },
    assessment_orders.withdraw_groundless_order: lambda scene: {"order": _groundless(scene), "by": None},
    assessment_orders.rename_order: lambda scene: {"order": _misnamed(scene), "by": None},
    assessment_orders.set_rectification_deadline: lambda scene: {
        "order": order_in(OrderState.AWAITING_DEADLINE, _qualification(scene)),
        "by": scene.people.assessor,
        "due": clock.today() + dt.timedelta(days=30),
        "move": True,
    },
}
