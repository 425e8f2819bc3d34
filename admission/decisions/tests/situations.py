"""Situations in which people are told of a decision, besides the examples of the actions."""

import datetime as dt

from admission.applications.states import Outcome
from admission.decisions.actions.decisions import decide, recommend, send_back
from admission.tests.factories import accepted, find_all, recommended
from tests.actions.messages import Situation, told_of
from tests.actions.scene import Scene
from zsbank.base.calendar import clock


def recommended_for_refusal(scene: Scene) -> None:
    """The bank gets its prior notice."""
    application = accepted(scene.bank, scene.clerk, scene.people)
    find_all(application, scene.people.reviewer, not_met=5)
    told_of(
        lambda: recommend(
            application=application, by=scene.people.reviewer, outcome=Outcome.REFUSE, reason="第5条不符合。"
        )
    )


def refused(scene: Scene) -> None:
    """A refusal is signed after the time to state the case has passed in silence."""
    with clock.playing(dt.date(2026, 8, 3)):
        application = recommended(scene.bank, scene.clerk, scene.people, Outcome.REFUSE)
    told_of(lambda: decide(application=application, by=scene.people.decider))


def sent_back_after_notice(scene: Scene) -> None:
    """A bank that had its prior notice learns that the refusal is off for now."""
    with clock.playing(dt.date(2026, 8, 3)):
        application = recommended(scene.bank, scene.clerk, scene.people, Outcome.REFUSE)
    told_of(lambda: send_back(application=application, by=scene.people.decider, reason="第5条须再核实。"))


SITUATIONS: dict[str, Situation] = {
    "recommended for refusal": recommended_for_refusal,
    "refused": refused,
    "sent back after the notice": sent_back_after_notice,
}
