"""Situations in which a bank is told of its application, besides the examples of the actions."""

import datetime as dt

from admission.applications.actions.applications import withdraw_application
from admission.applications.actions.supplements import end_supplement, submit_supplement
from admission.applications.models import Application
from admission.applications.tests.examples import asked
from admission.review.actions.findings import record_finding
from admission.review.actions.supplements import request_supplement
from admission.review.states import FindingResult
from admission.tests.factories import accepted, recommended
from tests.actions.messages import NIGHT, Situation, told_of
from tests.actions.scene import Scene
from zsbank.base.calendar import clock

WEEK_BEFORE = NIGHT - dt.timedelta(days=7)


def found_missing(scene: Scene) -> Application:
    """An application of which a reviewer found a week before that something is missing."""
    with clock.playing(WEEK_BEFORE):
        application = accepted(scene.bank, scene.clerk, scene.people)
        record_finding(
            application=application,
            criterion=application.edition.criteria.get(number=5),
            by=scene.people.reviewer,
            result=FindingResult.SUPPLEMENT,
            reason="缺窗口照片。",
        )
    return application


def requested_in_review(scene: Scene) -> None:
    """The letter and the message name the day and what happens to the time limit of the decision."""
    application = found_missing(scene)
    told_of(lambda: request_supplement(application=application, by=scene.people.reviewer))


def submitted_in_review(scene: Scene) -> None:
    """The due date of the decision moves by the working days of the suspension."""
    with clock.playing(WEEK_BEFORE):
        application = request_supplement(
            application=found_missing(scene), by=scene.people.reviewer
        ).application
    told_of(lambda: submit_supplement(application=application, by=scene.clerk))


def ended_late(scene: Scene) -> None:
    """The sweep ends a supplement weeks after its due date; the day it was due is named."""
    with clock.playing(dt.date(2026, 7, 1)):
        request = asked(scene)
    told_of(lambda: end_supplement(request=request, by=None))


def withdrawn_when_recommended(scene: Scene) -> None:
    """A bank takes back an application that awaits its decision."""
    application = recommended(scene.bank, scene.clerk, scene.people)
    told_of(lambda: withdraw_application(application=application, by=scene.clerk, reason="另有安排。"))


SITUATIONS: dict[str, Situation] = {
    "supplement requested in review": requested_in_review,
    "supplement submitted in review": submitted_in_review,
    "supplement ended late": ended_late,
    "withdrawn when recommended": withdrawn_when_recommended,
}
