"""Arguments with which each action on inspections succeeds, and rows for the walk."""

import datetime as dt
from typing import Any

from inspections.determinations.terms import DeterminationKind
from inspections.rectification.tests.factories import qualified
from inspections.visits.actions import fieldwork, following, planning, reports
from inspections.visits.models import InspectionVisit
from inspections.visits.tests.factories import (
    FACTS,
    WITNESS,
    answered,
    confirmed,
    correcting,
    criteria_of,
    half_confirmed,
    photograph,
    plan_of,
    planned,
    recorded,
    reported,
    stated,
    to_record,
)
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.calendar.tests.factories import made_provisional


def _to_plan(scene: Scene) -> dict[str, Any]:
    if not scene.bank.qualifications.exists():
        qualified(scene.bank, scene.people.decider)
    return plan_of(scene.bank, scene.people)


def _to_propose(scene: Scene) -> dict[str, Any]:
    visit = answered(scene.bank, scene.people, scene.clerk)
    document, name = photograph("检查笔录.pdf")
    return {
        "visit": visit,
        "by": scene.people.inspector,
        "kind": DeterminationKind.CRITERIA_NOT_MET,
        "facts": FACTS,
        "criteria": criteria_of(visit)[:1],
        "document": document,
        "document_name": name,
        "reason": "问题持续存在。",
    }


def _overdue(scene: Scene) -> dict[str, Any]:
    with clock.playing(clock.today() - dt.timedelta(days=60)):
        return {"visit": correcting(scene.bank, scene.people, scene.clerk), "by": None}


def _row(scene: Scene) -> InspectionVisit:
    """An inspection that the bank has answered and corrected, with a file of each kind."""
    visit = correcting(scene.bank, scene.people, scene.clerk)
    stated(visit, scene.clerk)
    return visit


EXAMPLES: dict[Action[..., Any], Example] = {
    planning.plan_inspection: _to_plan,
    planning.cancel_inspection: lambda s: {
        "visit": planned(s.bank, s.people),
        "by": s.people.inspector,
        "reason": "检查人员调整。",
    },
    fieldwork.record_inspection: lambda s: to_record(planned(s.bank, s.people), s.people.inspector),
    fieldwork.sign_inspection: lambda s: {
        "visit": recorded(s.bank, s.people),
        "by": s.people.inspector,
        "present": [WITNESS],
        "signed_record": photograph("检查笔录.pdf"),
    },
    fieldwork.confirm_inspection: lambda s: {
        "visit": half_confirmed(s.bank, s.people),
        "by": s.people.assessor,
    },
    reports.report_inspection: lambda s: {"visit": confirmed(s.bank, s.people), "by": s.people.decider},
    reports.answer_inspection: lambda s: {
        "visit": reported(s.bank, s.people),
        "by": s.clerk,
        "text": "情况属实。",
        "files": [photograph("说明.pdf")],
    },
    reports.state_correction: lambda s: {
        "visit": correcting(s.bank, s.people, s.clerk),
        "by": s.clerk,
        "text": "已增配人员。",
        "files": [photograph("排班表.pdf")],
    },
    following.close_inspection: lambda s: {
        "visit": answered(s.bank, s.people, s.clerk),
        "by": s.people.decider,
        "reason": "已当场改正。",
    },
    following.demand_correction: lambda s: {
        "visit": answered(s.bank, s.people, s.clerk),
        "by": s.people.decider,
        "correct_by": clock.today() + dt.timedelta(days=30),
        "reason": "请配齐窗口人员。",
    },
    following.confirm_correction: lambda s: {
        "visit": stated(correcting(s.bank, s.people, s.clerk), s.clerk).visit,
        "by": s.people.inspector,
        "remark": "复查属实。",
    },
    following.propose_after_inspection: _to_propose,
    following.record_correction_overdue: _overdue,
    following.recalculate_answer: lambda s: {
        "visit": made_provisional(reported(s.bank, s.people), "answer_due", "answer_period"),
        "by": None,
    },
    following.recalculate_correction: lambda s: {
        "visit": made_provisional(correcting(s.bank, s.people, s.clerk), "correct_by", "correct_period"),
        "by": None,
    },
}
ROWS = {InspectionVisit: _row}
