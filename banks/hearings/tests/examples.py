"""Arguments with which each action on prior notices succeeds."""

from typing import Any

from banks.hearings import actions
from banks.hearings.models import PriorNotice
from banks.hearings.tests.factories import given_notice, letter_data
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.files.models import StoredFile


def stated(scene: Scene) -> PriorNotice:
    """A notice with the bank's statement."""
    notice = given_notice(scene.bank, scene.people.reviewer)
    return actions.state_case(notice=notice, text="示例陈述。", by=scene.clerk)


EXAMPLES: dict[Action[..., Any], Example] = {
    actions.give_prior_notice: lambda scene: {
        "bank": scene.bank,
        "case": StoredFile(pk=1),
        "data": letter_data(scene.bank),
        "days": 5,
        "by": scene.people.reviewer,
    },
    actions.state_case: lambda scene: {
        "notice": given_notice(scene.bank, scene.people.reviewer),
        "text": "示例陈述。",
        "by": scene.clerk,
    },
    actions.answer_statement: lambda scene: {
        "notice": stated(scene),
        "text": "示例答复。",
        "by": scene.people.inspector,
    },
}
