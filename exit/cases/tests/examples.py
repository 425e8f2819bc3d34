"""Arguments with which each action on exit cases succeeds."""

from typing import Any

from banks.register.models import Qualification
from exit.cases.actions import cases
from exit.cases.models import ExitCase
from exit.cases.states import ExitState
from exit.cases.tests.factories import case_in, lapsed_assessment_order, pdf_file
from inspections.determinations.models import Determination
from inspections.determinations.tests.factories import determination
from inspections.rectification.tests.factories import qualified
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action


def _qualification(scene: Scene) -> Qualification:
    return qualified(scene.bank, scene.people.decider)


def _application(scene: Scene) -> dict[str, Any]:
    """The input of the bank's administrator."""
    _qualification(scene)
    document = {"document": pdf_file(), "document_name": "终止合作申请书.pdf"}
    return {"bank": scene.bank, "by": scene.administrator, "statement": "申请终止合作。", **document}


def _breach(scene: Scene) -> Determination:
    """A serious breach of a month ago."""
    people = scene.people
    return determination(_qualification(scene), by=people.inspector, decided_by=people.second_decider)


def _opened(scene: Scene) -> ExitCase:
    return case_in(ExitState.OPENED, _qualification(scene))


def _proposed(scene: Scene) -> ExitCase:
    return case_in(ExitState.PROPOSED, _qualification(scene), proposed_by=scene.people.reviewer)


EXAMPLES: dict[Action[..., Any], Example] = {
    cases.file_exit_application: _application,
    cases.withdraw_exit_application: lambda scene: {"case": _opened(scene), "by": scene.administrator},
    cases.open_exit_case: lambda scene: {"determination": _breach(scene), "by": scene.people.inspector},
    cases.open_for_lapsed_order: lambda scene: {
        "order": lapsed_assessment_order(_qualification(scene)),
        "by": None,
    },
    cases.propose_exit: lambda scene: {"case": _opened(scene), "by": scene.people.reviewer},
    cases.sign_exit: lambda scene: {"case": _proposed(scene), "by": scene.people.decider},
    cases.close_exit_case: lambda scene: {
        "case": _opened(scene),
        "by": scene.people.decider,
        "reason": "理由已不存在",
    },
}
