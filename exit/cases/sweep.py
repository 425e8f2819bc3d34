"""Sweep step of exit: open a case with a drafted notice for each lapsed order; a person signs it."""

import datetime as dt
from collections.abc import Iterable

from exit.cases.actions.cases import open_for_lapsed_order
from exit.cases.queries import lapsed_without_case
from inspections.rectification.models import RectificationOrder
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar.sweeping import Step


def _lapsed(_on: dt.date) -> Iterable[int]:
    return lapsed_without_case().values_list("pk", flat=True)


STEPS: tuple[Step, ...] = (
    Step("open_exit_case", _lapsed, by_clock(open_for_lapsed_order, RectificationOrder)),
)
