"""Situations in which people are told of an exit, besides the examples of the actions."""

import datetime as dt

from exit.cases.actions.cases import close_exit_case, propose_exit, sign_exit
from exit.cases.actions.grounds import (
    end_fallen_ground,
    file_exit_application,
    open_exit_case,
    open_for_lapsed_order,
    withdraw_exit_application,
)
from exit.cases.models import ExitCase
from exit.cases.terms import ExitGround
from exit.cases.tests.factories import lapsed_assessment_order, pdf_file
from inspections.assessments.models import Assessment
from inspections.determinations.tests.factories import determination
from inspections.rectification.tests.factories import qualified
from tests.actions.messages import Situation, told_of
from tests.actions.scene import Scene
from zsbank.base.calendar import clock


def opened(scene: Scene) -> ExitCase:
    """A case from a serious breach."""
    people = scene.people
    held = qualified(scene.bank, people.decider)
    found = determination(held, by=people.inspector, decided_by=people.second_decider)
    return open_exit_case(determination=found, by=people.inspector)


def proposed(scene: Scene) -> None:
    """The bank gets its prior notice, and the deciders their task."""
    case = opened(scene)
    told_of(lambda: propose_exit(case=case, by=scene.people.inspector))


def signed(scene: Scene) -> None:
    """The notice is signed after the time to state the case has passed in silence."""
    with clock.playing(dt.date(2026, 8, 3)):
        case = propose_exit(case=opened(scene), by=scene.people.inspector)
    told_of(lambda: sign_exit(case=case, by=scene.people.decider))


def closed(scene: Scene) -> None:
    """A case of the bureau is closed without an exit."""
    case = opened(scene)
    told_of(lambda: close_exit_case(case=case, by=scene.people.decider, reason="认定依据不足"))


def _applied(scene: Scene) -> ExitCase:
    """The bank's application joins whatever case is open."""
    return file_exit_application(
        bank=scene.bank,
        by=scene.administrator,
        statement="申请终止合作。",
        document=pdf_file(),
        document_name="终止合作申请书.pdf",
    )


def application_joined(scene: Scene) -> None:
    """The bank applies while the bureau has a case open against it."""
    opened(scene)
    told_of(lambda: _applied(scene))


def application_withdrawn_of_two(scene: Scene) -> None:
    """The bank withdraws its application; the case goes on, on the breach."""
    opened(scene)
    case = _applied(scene)
    told_of(lambda: withdraw_exit_application(case=case, by=scene.administrator))


def _with_lapsed_order(scene: Scene) -> ExitCase:
    """A case on a breach and on two failing years."""
    case = opened(scene)
    return open_for_lapsed_order(order=lapsed_assessment_order(case.qualification))


def lapse_joined(scene: Scene) -> None:
    """A lapsed order joins the case on a breach."""
    order = lapsed_assessment_order(opened(scene).qualification)
    told_of(lambda: open_for_lapsed_order(order=order))


def fallen_of_two(scene: Scene) -> None:
    """The failing years passed on review; the case goes on, on the breach."""
    case = _with_lapsed_order(scene)
    Assessment.objects.filter(bank=scene.bank).update(score="72.00", grade="中")
    ground = case.grounds.exclude(kind=ExitGround.SERIOUS_BREACH).get()
    told_of(lambda: end_fallen_ground(ground=ground))


SITUATIONS: dict[str, Situation] = {
    "proposed on a breach": proposed,
    "signed on a breach": signed,
    "closed on a breach": closed,
    "application joined": application_joined,
    "application withdrawn, a breach is left": application_withdrawn_of_two,
    "lapsed order joined": lapse_joined,
    "years passed on review, a breach is left": fallen_of_two,
}
