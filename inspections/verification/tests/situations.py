"""Situations in which officers are reminded of a verification, besides the examples of the actions."""

import datetime as dt
from collections.abc import Callable

from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.examples import to_verify
from inspections.verification.actions.messages import REMINDER
from inspections.verification.tests.factories import confirmed, visited
from tests.actions.messages import Situation, told_of
from tests.actions.scene import Scene
from zsbank.base.calendar import clock

Step = Callable[[RectificationOrder, Scene], object]


def reminded(scene: Scene, days: int, step: Step = lambda order, scene: None) -> None:
    """The reminder of the verification of a report, this many days before its day, after a step or none."""
    order = to_verify(scene)
    step(order, scene)
    day = order.verify_by or clock.today()
    with clock.playing(dt.datetime.combine(day, clock.now().timetz()) - dt.timedelta(days=days)):
        told_of(lambda: REMINDER.remind(order.pk))


SITUATIONS: dict[str, Situation] = {
    "five days left": lambda scene: reminded(scene, 5),
    "six days left": lambda scene: reminded(scene, 6),
    "the day after": lambda scene: reminded(scene, -1),
    "a visit to be confirmed": lambda scene: reminded(
        scene, 1, lambda order, scene: visited(order, scene.people)
    ),
    "verified, to be decided on": lambda scene: reminded(
        scene, 1, lambda order, scene: confirmed(order, scene.people)
    ),
}
