"""Situations in which people are told of due dates, besides the examples of the actions."""

import datetime as dt

from inspections.rectification.tests.factories import ordered, qualified
from tests.actions.messages import Situation, told_of
from tests.actions.scene import Scene
from zsbank.base.calendar import clock
from zsbank.site.holidays.actions import confirm_holidays
from zsbank.site.holidays.tests.examples import entered


def confirmed(scene: Scene, determined: dt.date) -> None:
    """The holidays of the year are confirmed in which an order of six months ends."""
    qualified(scene.bank, scene.people.decider)
    ordered(scene.bank, scene.people, on=determined)
    with clock.playing(dt.date(2026, 11, 30)):
        year = entered(scene)
        told_of(lambda: confirm_holidays(year=year, by=scene.people.decider))


SITUATIONS: dict[str, Situation] = {
    "a due date moves": lambda scene: confirmed(scene, dt.date(2026, 8, 6)),
    "a due date stays": lambda scene: confirmed(scene, dt.date(2026, 9, 3)),
}
