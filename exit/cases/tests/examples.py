"""Arguments with which each action on exit cases succeeds."""

from typing import Any

from banks.papers.terms import PaperKind
from banks.papers.tests.factories import paper_letter
from banks.register.models import Qualification
from exit.cases.actions import cases, grounds, takeover
from exit.cases.models import ExitCase
from exit.cases.states import ExitState
from exit.cases.terms import ExitGround
from exit.cases.tests.factories import case_in, lapsed_assessment_order, pdf_file
from inspections.assessments.models import Assessment
from inspections.determinations.models import Determination
from inspections.determinations.tests.factories import determination
from inspections.rectification.tests.factories import qualified
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate


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


def _fallen(scene: Scene) -> dict[str, Any]:
    """A ground whose years passed on review after the case was opened."""
    order = lapsed_assessment_order(_qualification(scene))
    case = grounds.open_for_lapsed_order(order=order)
    Assessment.objects.filter(bank=scene.bank).update(score="72.00", grade="中")
    return {"ground": case.grounds.get(), "by": None}


def _on_paper(scene: Scene) -> takeover.PaperGround:
    """The bank's application on paper."""
    paper = paper_letter(scene.bank, scene.people.decider, PaperKind.EXIT)
    return takeover.PaperGround(ExitGround.VOLUNTARY, "申请终止合作。", paper)


EXAMPLES: dict[Action[..., Any], Example] = {
    grounds.file_exit_application: _application,
    grounds.withdraw_exit_application: lambda scene: {"case": _opened(scene), "by": scene.administrator},
    grounds.open_exit_case: lambda scene: {"determination": _breach(scene), "by": scene.people.inspector},
    grounds.open_for_lapsed_order: lambda scene: {
        "order": lapsed_assessment_order(_qualification(scene)),
        "by": None,
    },
    grounds.end_fallen_ground: _fallen,
    grounds.send_back_exit: lambda scene: {"case": _proposed(scene), "by": scene.people.inspector},
    cases.propose_exit: lambda scene: {"case": _opened(scene), "by": scene.people.reviewer},
    cases.sign_exit: lambda scene: {"case": _proposed(scene), "by": scene.people.decider},
    takeover.take_over_exit: lambda scene: {
        "qualification": _qualification(scene),
        "ground": _on_paper(scene),
        "on": clock.today(),
        "bar": calculate(clock.today(), 5, Unit.YEAR, roll=False),
        "by": scene.people.decider,
    },
    takeover.take_over_open_exit: lambda scene: {
        "qualification": _qualification(scene),
        "grounds": [_on_paper(scene)],
        "notices": [],
        "by": scene.people.decider,
    },
    cases.close_exit_case: lambda scene: {
        "case": _opened(scene),
        "by": scene.people.decider,
        "reason": "理由已不存在",
    },
}


def _heard(scene: Scene) -> ExitCase:
    """A case on a serious breach, proposed today: the bank has its prior notice."""
    case = grounds.open_exit_case(determination=_breach(scene), by=scene.people.inspector)
    return cases.propose_exit(case=case, by=scene.people.inspector)


HEARD = {"exit.exitcase": _heard}
