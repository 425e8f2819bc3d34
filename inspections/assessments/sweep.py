"""What falls due for assessments: orders are opened and withdrawn by the results."""

import datetime as dt
from collections.abc import Iterable

from inspections.assessments.actions import judge
from inspections.assessments.queries import to_be_judged
from zsbank.base.calendar.sweeping import Step


def _to_be_judged(on: dt.date) -> Iterable[int]:
    return to_be_judged()


STEPS: tuple[Step, ...] = (Step("judge", _to_be_judged, judge),)
