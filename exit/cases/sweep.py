"""Sweep steps of exit: a lapsed order opens a case or joins it; grounds whose facts are gone end. A person signs."""

import datetime as dt
from collections.abc import Iterable

from exit.cases.actions.grounds import end_fallen_ground, open_for_lapsed_order
from exit.cases.models import Ground
from exit.cases.queries import fallen_unrecorded, lapsed_without_case
from inspections.rectification.models import RectificationOrder
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar.sweeping import Step


def _fallen(_on: dt.date) -> Iterable[int]:
    return fallen_unrecorded()


def _lapsed(_on: dt.date) -> Iterable[int]:
    return lapsed_without_case().values_list("pk", flat=True)


STEPS: tuple[Step, ...] = (
    Step("end_exit_ground", _fallen, by_clock(end_fallen_ground, Ground)),
    Step("open_exit_case", _lapsed, by_clock(open_for_lapsed_order, RectificationOrder)),
)
