"""Situations in which a bank is told of a rectification order, besides the examples of the actions."""

import datetime as dt

from inspections.rectification.actions.messages import REMINDER
from inspections.rectification.actions.orders import lapse
from inspections.rectification.models import RectificationOrder
from inspections.rectification.terms import ReportKind
from inspections.rectification.tests.factories import ordered, planned, qualified
from tests.actions.messages import Situation, told_of
from tests.actions.scene import Scene
from zsbank.base.calendar import clock


def _ordered(scene: Scene, on: dt.date) -> RectificationOrder:
    """An order of six months."""
    qualified(scene.bank, scene.people.decider)
    return ordered(scene.bank, scene.people, on=on)


def reminded(scene: Scene, on: dt.date, days: int) -> None:
    """The reminder of an order of six months, this many days before its due date in words."""
    order = _ordered(scene, on)
    with clock.playing(
        dt.datetime.combine(order.due_date or on, clock.now().timetz()) - dt.timedelta(days=days)
    ):
        told_of(lambda: REMINDER.remind(order.pk))


def lapsed_late(scene: Scene) -> None:
    """The sweep records weeks later that an order lapsed; the due date is named."""
    order = _ordered(scene, dt.date(2026, 1, 12))
    told_of(lambda: lapse(order=order, by=None))


def half_done(scene: Scene) -> None:
    """The bank submits an interim report."""
    order = _ordered(scene, dt.date(2026, 8, 3))
    told_of(lambda: planned(order, scene.clerk, kind=ReportKind.INTERIM))


START = dt.date(2026, 1, 12)
SITUATIONS: dict[str, Situation] = {
    "interim report": half_done,
    "lapsed late": lapsed_late,
    "thirty days left": lambda scene: reminded(scene, START, 30),
    "thirty-one days left": lambda scene: reminded(scene, START, 31),
    "swept two days after the first reminder": lambda scene: reminded(scene, START, 28),
    "the last day": lambda scene: reminded(scene, START, 0),
    "the day after": lambda scene: reminded(scene, START, -1),
}
