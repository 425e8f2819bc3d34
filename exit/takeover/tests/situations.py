"""Situations in which people are told of a takeover, besides the examples of the actions."""

import datetime as dt

from exit.takeover.actions.takeovers import confirm_takeover
from exit.takeover.tests.workbooks import bank, entered, order, qualification, workbook
from tests.actions.messages import Situation, told_of
from tests.actions.scene import Scene


def confirmed_with_due(scene: Scene) -> None:
    """The due date of an order has passed; the person who entered it is told who acts."""
    content = workbook(
        banks=[bank(1)],
        qualifications=[qualification(1)],
        orders=[order(1, dt.datetime(2026, 1, 12))],  # noqa: DTZ001 as spreadsheet programs write dates
    )
    takeover = entered(scene.people, content)
    told_of(lambda: confirm_takeover(takeover=takeover, by=scene.people.decider))


SITUATIONS: dict[str, Situation] = {"confirmed with something due": confirmed_with_due}
