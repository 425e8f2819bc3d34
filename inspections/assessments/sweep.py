"""Sweep steps of assessments: bring the orders to the results, so that each run of failing years has one."""

import datetime as dt
from collections.abc import Iterable

from banks.register.models import Qualification
from inspections.assessments.actions.orders import (
    open_orders_after_failing_years,
    rename_order,
    withdraw_groundless_order,
)
from inspections.assessments.queries import (
    orders_to_rename,
    orders_to_withdraw,
    qualifications_needing_order,
)
from inspections.rectification.models import RectificationOrder
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar.sweeping import Step


def _groundless(on: dt.date) -> Iterable[int]:
    return orders_to_withdraw()


def _misnamed(on: dt.date) -> Iterable[int]:
    return orders_to_rename()


def _lacking(on: dt.date) -> Iterable[int]:
    return qualifications_needing_order()


STEPS: tuple[Step, ...] = (
    Step("withdraw_order", _groundless, by_clock(withdraw_groundless_order, RectificationOrder)),
    Step("rename_order", _misnamed, by_clock(rename_order, RectificationOrder)),
    Step("open_order", _lacking, by_clock(open_orders_after_failing_years, Qualification)),
)
