"""Arguments with which each action of a review succeeds."""

from typing import Any

from admission.applications.models import Application
from admission.review.actions import (
    acceptance,
    casework,
    findings,
    opinions,
    supplements,
    time_limits,
)
from admission.review.models import Opinion
from admission.review.states import FindingResult, OpinionResult
from admission.tests.factories import accepted, submitted
from conftest import make_officer
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.roles import Role


def submitted_application(scene: Scene) -> Application:
    """A submitted application."""
    return submitted(scene.bank, scene.clerk)


def under_review(scene: Scene) -> Application:
    """An application under review."""
    return accepted(scene.bank, scene.clerk, scene.people)


def a_remark(scene: Scene) -> dict[str, Any]:
    """What is missing in a criterion."""
    application = submitted_application(scene)
    criterion = application.edition.criteria.get(number=1)
    return {"application": application, "criterion": criterion, "by": scene.people.intake, "text": "缺章程。"}


def a_request(scene: Scene) -> dict[str, Any]:
    """An application with a remark."""
    remark = a_remark(scene)
    supplements.record_remark(**remark)
    return {"application": remark["application"], "by": scene.people.intake}


def a_finding(scene: Scene) -> dict[str, Any]:
    """What is found of a criterion."""
    application = under_review(scene)
    found = {"criterion": application.edition.criteria.get(number=5), "result": FindingResult.MET}
    return {"application": application, "by": scene.people.reviewer, "reason": "已人工核实。", **found}


def a_visit(scene: Scene) -> dict[str, Any]:
    """A visit of two officers."""
    officers = {"led_by": scene.people.reviewer, "accompanied_by": scene.people.inspector}
    visit = {"visited_on": clock.today(), "place": "示例支行", "report": "窗口两个。"}
    return {"application": under_review(scene), "by": scene.people.reviewer, **officers, **visit}


def a_question(scene: Scene) -> dict[str, Any]:
    """What the medical insurance side is asked."""
    application = under_review(scene)
    criteria = [application.edition.criteria.get(number=6)]
    return {"application": application, "by": scene.people.reviewer, "criteria": criteria}


def asked(scene: Scene) -> Opinion:
    """A question that waits for its answer."""
    [opinion] = opinions.ask_opinion(**a_question(scene))
    return opinion


def an_answer(scene: Scene) -> dict[str, Any]:
    """The medical insurance side's answer."""
    said = {"result": OpinionResult.AGREES, "given_on": clock.today(), "text": ""}
    return {"opinion": asked(scene), "by": make_officer("liaison", Role.HEALTHCARE_LIAISON), **said}


EXAMPLES: dict[Action[..., Any], Example] = {
    acceptance.accept_application: lambda scene: {
        "application": submitted_application(scene),
        "by": scene.people.intake,
    },
    acceptance.declare_conflict: lambda scene: {
        "application": submitted_application(scene),
        "by": scene.people.reviewer,
        "reason": "亲属在该行任职。",
    },
    casework.assign_cases: lambda scene: {
        "applications": [submitted_application(scene)],
        "to": scene.people.reviewer,
        "by": scene.people.intake,
    },
    casework.write_note: lambda scene: {
        "application": submitted_application(scene),
        "by": scene.people.intake,
        "text": "备注。",
    },
    findings.record_finding: a_finding,
    findings.keep_finding: a_finding,
    findings.record_site_visit: a_visit,
    opinions.ask_opinion: a_question,
    opinions.withdraw_question: lambda scene: {
        "opinion": asked(scene),
        "by": scene.people.reviewer,
        "reason": "已另行确认。",
    },
    opinions.give_opinion: an_answer,
    supplements.record_remark: a_remark,
    supplements.keep_remark: a_remark,
    supplements.request_supplement: a_request,
    time_limits.extend_time_limit: lambda scene: {
        "application": under_review(scene),
        "by": scene.people.decider,
        "reason": "须现场核查。",
    },
}
