"""Situations in which a bank is told of an inspection, or is not, besides the examples of the actions."""

import datetime as dt

from inspections.visits.actions import planning, reports
from inspections.visits.actions.messages import REMINDERS
from inspections.visits.models import InspectionVisit
from inspections.visits.tests.factories import confirmed, correcting, plan_of, planned, reported
from tests.actions.messages import Situation, told_of
from tests.actions.scene import Scene
from zsbank.base.calendar import clock


def unannounced(scene: Scene) -> None:
    """An inspection of which the bank learns on the spot."""
    planned(scene.bank, scene.people)
    given = plan_of(scene.bank, scene.people, announced=False)
    told_of(lambda: planning.plan_inspection(**given))


def cancelled_unannounced(scene: Scene) -> None:
    """The bank never learns of it; the other officer does."""
    visit = planned(scene.bank, scene.people, announced=False)
    told_of(lambda: planning.cancel_inspection(visit=visit, by=scene.people.inspector, reason="另行安排。"))


def nothing_found(scene: Scene) -> None:
    """The report names no finding, and asks for nothing."""
    visit = confirmed(scene.bank, scene.people, finds=False)
    told_of(lambda: reports.report_inspection(visit=visit, by=scene.people.decider))


def reminded(scene: Scene, row: InspectionVisit, due: dt.date | None, days: int) -> None:
    """The reminder so many days before a due date."""
    assert due
    with clock.playing(due - dt.timedelta(days=days)):
        told_of(lambda: [reminder.remind(row.pk) for reminder in REMINDERS])


def reminded_of_the_answer(scene: Scene, days: int) -> None:
    """The bank has the report and has not answered."""
    visit = reported(scene.bank, scene.people)
    reminded(scene, visit, visit.answer_due, days)


def reminded_of_the_correction(scene: Scene, days: int) -> None:
    """The bank has to correct the findings."""
    visit = correcting(scene.bank, scene.people, scene.clerk)
    reminded(scene, visit, visit.correct_by, days)


SITUATIONS: dict[str, Situation] = {
    "an inspection is not announced": unannounced,
    "an unannounced inspection is cancelled": cancelled_unannounced,
    "nothing was found": nothing_found,
    "four days left for the answer": lambda scene: reminded_of_the_answer(scene, 4),
    "three days left for the answer": lambda scene: reminded_of_the_answer(scene, 3),
    "eight days left for the correction": lambda scene: reminded_of_the_correction(scene, 8),
    "seven days left for the correction": lambda scene: reminded_of_the_correction(scene, 7),
}
