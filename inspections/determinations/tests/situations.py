"""Situations in which people are told of a determination, besides the examples of the actions."""

import datetime as dt

from inspections.determinations.terms import DeterminationKind
from inspections.determinations.tests.factories import proposal
from inspections.rectification.actions.determinations import make_determination
from inspections.rectification.tests.factories import proposed, qualified
from tests.actions.messages import Situation, told_of
from tests.actions.scene import Scene
from zsbank.base.calendar import clock


def breach(scene: Scene) -> None:
    """A serious breach is determined: no order follows."""
    held = qualified(scene.bank, scene.people.decider)
    found = proposal(held, by=scene.people.inspector, kind=DeterminationKind.SERIOUS_BREACH)
    told_of(lambda: make_determination(determination=found, by=scene.people.decider))


def on_paper(scene: Scene) -> None:
    """What was signed on paper a week ago is entered: the bank is not told before it is confirmed."""
    qualified(scene.bank, scene.people.decider)
    day = clock.today() - dt.timedelta(days=7)
    told_of(
        lambda: proposed(
            scene.bank,
            by=scene.people.inspector,
            paper_date=day,
            paper_signed_by=scene.people.second_decider,
        )
    )


SITUATIONS: dict[str, Situation] = {"a serious breach": breach, "made on paper": on_paper}
