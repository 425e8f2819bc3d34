"""Arguments with which each action on proposed determinations succeeds."""

from typing import Any

from admission.tests.factories import pdf_file
from banks.papers.terms import PaperKind
from banks.papers.tests.factories import paper_letter
from banks.register.models import Qualification
from banks.register.rules import qualification_in_force
from inspections.determinations.actions import proposals
from inspections.determinations.actions.takeover import take_over_determination
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from inspections.determinations.tests.factories import proposal
from inspections.rectification.tests.factories import qualified
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock


def _qualification(scene: Scene) -> Qualification:
    return qualification_in_force(scene.bank) or qualified(scene.bank, scene.people.decider)


def proposed(scene: Scene) -> Determination:
    """A serious default proposed by the inspector."""
    return proposal(_qualification(scene), by=scene.people.inspector)


def _input(scene: Scene) -> dict[str, Any]:
    """The input of an inspector for a serious default."""
    _qualification(scene)
    return {
        "bank": scene.bank,
        "by": scene.people.inspector,
        "kind": DeterminationKind.SERIOUS_DEFAULT,
        "facts": "示例事实。",
        "criteria": [],
        "document": pdf_file(),
        "document_name": "检查记录.pdf",
    }


def heard(scene: Scene) -> Determination:
    """A serious default just proposed: the bank may state its case."""
    determination: Determination = proposals.propose_determination(**_input(scene))
    return determination


HEARD = {"inspections.determination": heard}
EXAMPLES: dict[Action[..., Any], Example] = {
    proposals.propose_determination: _input,
    proposals.decline_determination: lambda scene: {
        "determination": proposed(scene),
        "by": scene.people.decider,
        "reason": "事实不清。",
    },
    proposals.withdraw_determination: lambda scene: {
        "determination": proposed(scene),
        "by": scene.people.inspector,
        "reason": "补充调查。",
    },
    take_over_determination: lambda scene: {
        "qualification": _qualification(scene),
        "kind": DeterminationKind.SERIOUS_DEFAULT,
        "facts": "示例事实。",
        "criteria": [],
        "day": clock.today(),
        "paper": paper_letter(scene.bank, scene.people.decider, PaperKind.ORDER),
        "entered_by": scene.people.intake,
        "by": scene.people.decider,
    },
    proposals.void_proposal: lambda scene: {
        "determination": proposed(scene),
        "by": scene.people.decider,
        "reason": "退出",
    },
    proposals.declare_conflict: lambda scene: {
        "determination": proposed(scene),
        "by": scene.people.decider,
        "reason": "配偶在该行任职。",
    },
}
