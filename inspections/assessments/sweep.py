"""Sweep steps of assessments: withdraw groundless orders, open missing ones."""

import datetime as dt
from collections.abc import Iterable

from banks.register.models import Qualification
from inspections.assessments.actions import open_orders_after_failing_years, withdraw_groundless_order
from inspections.assessments.queries import groundless_orders, qualifications_needing_order
from inspections.rectification.models import RectificationOrder
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar.sweeping import Step


def _groundless(on: dt.date) -> Iterable[int]:
    return groundless_orders()


def _lacking(on: dt.date) -> Iterable[int]:
    return qualifications_needing_order()


STEPS: tuple[Step, ...] = (
    Step("withdraw_order", _groundless, by_clock(withdraw_groundless_order, RectificationOrder)),
    Step("open_order", _lacking, by_clock(open_orders_after_failing_years, Qualification)),
)
