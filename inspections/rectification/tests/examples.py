"""Arguments with which each action on rectification orders succeeds."""

from typing import Any

from admission.tests.factories import pdf_file
from banks.papers.terms import PaperKind
from banks.papers.tests.factories import paper_letter
from inspections.assessments.actions.orders import set_rectification_deadline
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from inspections.determinations.tests.factories import determination, proposal
from inspections.rectification.actions import dates, determinations, orders, reports, takeover
from inspections.rectification.models import RectificationOrder
from inspections.rectification.rules import verification_period
from inspections.rectification.states import OrderState
from inspections.rectification.terms import OrderGround, ReportKind
from inspections.rectification.tests.factories import DAY, order_in, qualified, report_of
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import set_by_person
from zsbank.base.calendar.tests.factories import made_provisional
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb


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


def to_verify(scene: Scene) -> RectificationOrder:
    """An order with a report that the bureau has some working days to verify."""
    order = _order(scene, OrderState.REPORTED)
    period = verification_period()
    order.verify_by, order.verify_period = period.last_day, period.to_json()
    order.save(update_fields=["verify_by", "verify_period"])
    journal.record(verb=Verb.REPORT_RECTIFICATION, by=scene.clerk, subject=order, uscc=order.bank.uscc)
    report_of(order, scene.clerk)
    return order


def _proposed(scene: Scene) -> Determination:
    """A serious default proposed by the inspector."""
    return proposal(qualified(scene.bank, scene.people.decider), by=scene.people.inspector)


def _on_paper(scene: Scene) -> Determination:
    """A serious default that another decider signed on paper yesterday."""
    return proposal(
        qualified(scene.bank, scene.people.decider),
        by=scene.people.inspector,
        paper_date=clock.today() - DAY,
        paper_signed_by=scene.people.second_decider,
    )


def _passed(scene: Scene) -> RectificationOrder:
    """An open order that was due yesterday, a provisional day."""
    order = _order(scene, OrderState.OPEN, starts=clock.today() - 30 * DAY, due=clock.today() - DAY)
    order.period = set_by_person(clock.today() + DAY).to_json() | {"provisional": True}
    order.save(update_fields=["period"])
    journal.record(verb=Verb.RECALCULATE_DUE, by=None, subject=order, uscc=order.bank.uscc)
    return order


def _from_paper(scene: Scene) -> dict[str, Any]:
    """An order after two failing years, as on paper."""
    people = scene.people
    return {
        "qualification": qualified(scene.bank, people.decider),
        "determination": None,
        "assessed_year": 2024,
        "start": clock.today(),
        "period": set_by_person(clock.today() + 30 * DAY),
        "state": OrderState.OPEN,
        "closed_on": None,
        "report": None,
        "paper": paper_letter(scene.bank, people.decider, PaperKind.ORDER),
        "entered_by": people.intake,
        "by": people.decider,
    }


def _provisional_order(scene: Scene) -> RectificationOrder:
    """An order whose due date was provisional when it was set."""
    order = set_rectification_deadline(
        order=_order(scene, OrderState.AWAITING_DEADLINE),
        by=scene.people.assessor,
        due=clock.today() + 30 * DAY,
        move=True,
    )
    order.provisional = True
    order.save(update_fields=["provisional"])
    return made_provisional(order, "due_date", "period")


EXAMPLES: dict[Action[..., Any], Example] = {
    determinations.make_determination: lambda scene: {
        "determination": _proposed(scene),
        "by": scene.people.decider,
    },
    determinations.confirm_determination: lambda scene: {
        "determination": _on_paper(scene),
        "by": scene.people.decider,
    },
    orders.open_order: lambda scene: {"order": _after_determination(scene), "by": scene.people.inspector},
    orders.lapse: lambda scene: {
        "order": _passed(scene),
        "by": scene.people.inspector,
    },
    dates.recalculate_order: lambda scene: {"order": _provisional_order(scene), "by": None},
    orders.withdraw_order: lambda scene: {
        "order": _order(scene, OrderState.OPEN),
        "by": scene.people.decider,
        "reason": "退出",
    },
    orders.end_order: lambda scene: {
        "order": _order(scene, OrderState.LAPSED),
        "by": scene.people.decider,
        "reason": "退出",
    },
    orders.set_aside: lambda scene: {
        "order": _order(scene, OrderState.LAPSED),
        "by": scene.people.decider,
        "reason": "认定有误",
    },
    takeover.take_over_order: _from_paper,
    reports.report_rectification: lambda scene: {
        "order": _order(scene, OrderState.OPEN),
        "by": scene.clerk,
        "text": "已整改。",
        "files": [(pdf_file(), "照片.pdf")],
    },
    reports.report_progress: lambda scene: {
        "order": _order(scene, OrderState.OPEN),
        "by": scene.clerk,
        "kind": ReportKind.PLAN,
        "text": "九月底前增配一名柜员。",
        "files": [(pdf_file(), "整改方案.pdf")],
    },
    dates.recalculate_verification: lambda scene: {
        "order": made_provisional(to_verify(scene), "verify_by", "verify_period"),
        "by": None,
    },
}
