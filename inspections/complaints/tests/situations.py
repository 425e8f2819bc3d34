"""Situations in which somebody is told of a complaint, besides the examples of the actions."""

import datetime as dt

from inspections.complaints.actions.complaints import enter_complaint, withdraw_complaint
from inspections.complaints.actions.messages import REMINDER
from inspections.complaints.actions.replies import close_complaint
from inspections.complaints.tests.examples import to_enter
from inspections.complaints.tests.factories import DUE, forwarded
from inspections.rectification.tests.factories import qualified
from tests.actions.messages import Situation, told_of
from tests.actions.scene import Scene
from zsbank.base.calendar import clock


def founded_without_an_answer(scene: Scene) -> None:
    """The bank does not answer; an inspector closes the complaint as founded."""
    qualified(scene.bank, scene.people.decider)
    complaint = forwarded(scene.bank, scene.people.inspector)
    told_of(
        lambda: close_complaint(
            complaint=complaint, by=scene.people.inspector, founded=True, reason="逾期未答复。"
        )
    )


def withdrawn_before_it_was_forwarded(scene: Scene) -> None:
    """A complaint of which the bank does not know is withdrawn."""
    complaint = enter_complaint(**to_enter(scene))
    told_of(lambda: withdraw_complaint(complaint=complaint, by=scene.people.decider, reason="重复登记。"))


def reminded(scene: Scene, days: int) -> None:
    """The reminder so many days before the due date of the answer."""
    complaint = forwarded(scene.bank, scene.people.inspector)
    with clock.playing(DUE - dt.timedelta(days=days)):
        told_of(lambda: REMINDER.remind(complaint.pk))


SITUATIONS: dict[str, Situation] = {
    "founded, because the bank did not answer": founded_without_an_answer,
    "withdrawn before the bank was asked": withdrawn_before_it_was_forwarded,
    "four days left": lambda scene: reminded(scene, 4),
    "three days left": lambda scene: reminded(scene, 3),
    "the day after": lambda scene: reminded(scene, -1),
}
