"""Each step of the sweep does an item once, and not on its last day; whoever comes again or too early does nothing."""

import datetime as dt
from collections import Counter

import pytest

from tests.actions.examples import actions, examples
from tests.actions.scene import Scene
from tests.undone import undone
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.sweeping import Step
from zsbank.site.operations.runner import steps

pytestmark = pytest.mark.django_db
ACTIONS, EXAMPLES = actions(), examples()
NAMES = {step.name for step in steps()}
OF_STEPS = sorted(name for name, one in ACTIONS.items() if one.by_clock or one.name in NAMES)
ALSO = (
    "admission.applications.actions.supplements.submit_supplement",
    "banks.papers.actions.end_bar_for_readmission",
)
"""Actions whose examples leave something that falls due later."""

ELSEWHERE = {
    "keep_failed",
    "record_typed",
    "record_typed_finding",
    "record_typed_remark",
    "remind_of_answers",
    "remind_of_complaints",
    "remind_of_corrections",
    "remind_of_fees",
    "remind_of_verification",
    "remove_log",
    "tell_of_departures",
    "tell_of_guesses",
}
"""Steps of what no example leaves: mails that failed, typing that stopped, old logs, days before a due date;
tried beside their subjects."""
DAY = dt.timedelta(days=1)


def day_before(step: Step, pk: int) -> dt.date:
    """Return the last day on which an item that is due was not due yet."""
    day = clock.today()
    while pk in step.due(day):
        day -= DAY
    return day


def done_twice() -> Counter[str]:
    """Do everything that is due, the day before and twice today; return how often each step did something."""
    did: Counter[str] = Counter()
    for step in steps():
        for pk in list(step.due(clock.today())):
            if step.by_date:
                with clock.playing(day_before(step, pk)):
                    assert step.do(pk) is False, f"{step.name} of {pk} does something on the last day"
            did[step.name] += step.do(pk)
            assert step.do(pk) is False, f"{step.name} of {pk} does something the second time"
    return did


def test_step_does_an_item_once(scene: Scene) -> None:
    did: Counter[str] = Counter()
    for name in (*OF_STEPS, *ALSO):
        with undone():
            EXAMPLES[name](scene)
            did += done_twice()
            with clock.playing(clock.today() + 400 * DAY):
                did += done_twice()
    User.objects.filter(pk=scene.clerk.pk).update(is_active=False)
    did += done_twice()
    assert set(did) == NAMES - ELSEWHERE
