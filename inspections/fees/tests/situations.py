"""Situations in which a bank is told of a fee notice, besides the examples of the actions."""

import datetime as dt

from inspections.fees.actions.messages import REMINDER
from inspections.fees.actions.payments import confirm_fee_payment
from inspections.fees.tests.factories import entered, stated
from tests.actions.messages import Situation, told_of
from tests.actions.scene import Scene
from zsbank.base.calendar import clock


def paid_late(scene: Scene) -> None:
    """The bank states the last day; the money arrived two days after it."""
    notice = entered(scene.bank, scene.people.inspector)
    stated(notice, scene.clerk, notice.due_date)
    day = dt.date(2025, 4, 2)
    told_of(lambda: confirm_fee_payment(notice=notice, by=scene.people.inspector, paid_on=day))


def reminded(scene: Scene, days: int) -> None:
    """The reminder so many days before the due date."""
    notice = entered(scene.bank, scene.people.inspector)
    with clock.playing(notice.due_date - dt.timedelta(days=days)):
        told_of(lambda: REMINDER.remind(notice.pk))


SITUATIONS: dict[str, Situation] = {
    "the money arrived after the due date": paid_late,
    "eight days left": lambda scene: reminded(scene, 8),
    "seven days left": lambda scene: reminded(scene, 7),
    "the last day": lambda scene: reminded(scene, 0),
    "the day after": lambda scene: reminded(scene, -1),
}
