"""Arguments with which each action on prior notices succeeds."""

import datetime as dt
from typing import Any

from banks.hearings import actions
from banks.hearings.models import PriorNotice
from banks.hearings.tests.factories import given_notice, letter_data
from banks.members.tests.unreached import nobody_acts_for
from banks.papers.terms import PaperKind
from banks.papers.tests.factories import paper_letter
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate
from zsbank.base.calendar.periods import Unit
from zsbank.base.calendar.tests.factories import made_provisional
from zsbank.base.files.models import StoredFile
from zsbank.base.letters.actions import record_service
from zsbank.base.letters.terms import Manner
from zsbank.base.letters.tests.examples import proof


def stated(scene: Scene) -> PriorNotice:
    """A notice with the bank's statement."""
    notice = given_notice(scene.bank, scene.people.reviewer)
    return actions.state_case(notice=notice, text="示例陈述。", by=scene.clerk)


def served_late(scene: Scene) -> PriorNotice:
    """A notice that reached nobody, and was handed over some days later."""
    with clock.playing(clock.today() - dt.timedelta(days=8)), nobody_acts_for(scene.bank):
        notice = given_notice(scene.bank, scene.people.reviewer)
    assert notice.letter
    record_service(letter=notice.letter, by=scene.people.intake, **proof(Manner.IN_PERSON))
    return notice


EXAMPLES: dict[Action[..., Any], Example] = {
    actions.give_prior_notice: lambda scene: {
        "bank": scene.bank,
        "case": StoredFile(pk=1),
        "data": letter_data(scene.bank),
        "days": 5,
        "by": scene.people.reviewer,
    },
    actions.take_over_notice: lambda scene: {
        "bank": scene.bank,
        "case": StoredFile(pk=1),
        "said": actions.PaperNotice(
            told_on=clock.today(),
            period=calculate(clock.today(), 5, Unit.WORKDAY),
            stated_on=None,
            statement="",
            answered_on=None,
            answer="",
        ),
        "paper": paper_letter(scene.bank, scene.people.decider, PaperKind.PRIOR_NOTICE),
        "by": scene.people.decider,
    },
    actions.state_case: lambda scene: {
        "notice": given_notice(scene.bank, scene.people.reviewer),
        "text": "示例陈述。",
        "by": scene.clerk,
    },
    actions.recalculate_notice: lambda scene: {
        "notice": made_provisional(given_notice(scene.bank, scene.people.reviewer), "due_date", "due_period"),
        "by": None,
    },
    actions.count_from_service: lambda scene: {"notice": served_late(scene), "by": None},
    actions.answer_statement: lambda scene: {
        "notice": stated(scene),
        "text": "示例答复。",
        "by": scene.people.inspector,
    },
}
