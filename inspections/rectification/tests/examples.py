"""Arguments with which each action on rectification orders succeeds."""

from typing import Any

from admission.tests.factories import pdf_file
from inspections.determinations.terms import DeterminationKind
from inspections.determinations.tests.factories import determination
from inspections.rectification.actions import orders, reports
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.terms import OrderGround
from inspections.rectification.tests.factories import DAY, order_in, qualified, report_of
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock


def _order(scene: Scene, state: OrderState, **more: Any) -> RectificationOrder:
    """An order of the bank in a state."""
    return order_in(state, qualified(scene.bank, scene.people.decider), **more)


def _after_determination(scene: Scene) -> RectificationOrder:
    """A determination's order that is not in effect yet."""
    qualification = qualified(scene.bank, scene.people.decider)
    found = determination(
        qualification,
        by=scene.people.inspector,
        decided_by=scene.people.decider,
        kind=DeterminationKind.SERIOUS_DEFAULT,
    )
    return order_in(
        OrderState.AWAITING_DEADLINE,
        qualification,
        ground=OrderGround.DETERMINATION,
        determination=found,
    )


def _reported(scene: Scene) -> RectificationOrder:
    """An order with a report."""
    order = _order(scene, OrderState.REPORTED)
    report_of(order, scene.clerk)
    return order


def _determination(scene: Scene) -> dict[str, Any]:
    """The input of an inspector for a serious default."""
    qualified(scene.bank, scene.people.decider)
    return {
        "bank": scene.bank,
        "by": scene.people.inspector,
        "decided_by": scene.people.decider,
        "kind": DeterminationKind.SERIOUS_DEFAULT,
        "determination_date": clock.today(),
        "facts": "示例事实。",
        "criteria": [],
        "document": pdf_file(),
        "document_name": "认定书.pdf",
    }


EXAMPLES: dict[Action[..., Any], Example] = {
    orders.record_determination: _determination,
    orders.open_order: lambda scene: {"order": _after_determination(scene), "by": scene.people.inspector},
    orders.set_rectification_deadline: lambda scene: {
        "order": _order(scene, OrderState.AWAITING_DEADLINE),
        "by": scene.people.assessor,
        "due": clock.today() + 30 * DAY,
    },
    orders.lapse: lambda scene: {
        "order": _order(scene, OrderState.OPEN, starts=clock.today() - 30 * DAY, due=clock.today() - DAY),
        "by": None,
    },
    orders.withdraw_order: lambda scene: {
        "order": _order(scene, OrderState.OPEN),
        "by": scene.people.decider,
        "reason": "退出",
    },
    orders.set_aside: lambda scene: {
        "order": _order(scene, OrderState.LAPSED),
        "by": scene.people.decider,
        "reason": "认定有误",
    },
    reports.report_rectification: lambda scene: {
        "order": _order(scene, OrderState.OPEN),
        "by": scene.clerk,
        "text": "已整改。",
        "files": [(pdf_file(), "照片.pdf")],
    },
    reports.accept_rectification: lambda scene: {"order": _reported(scene), "by": scene.people.inspector},
    reports.reject_rectification: lambda scene: {
        "order": _reported(scene),
        "by": scene.people.inspector,
        "remark": "仍有一个窗口未开。",
    },
}
