"""Sweep steps of banks: begin and end of the bar."""

import datetime as dt
from collections.abc import Iterable

from banks.register.actions import lock_out, release
from banks.register.models import Bank
from banks.register.states import Standing
from zsbank.base.actions.clockwork import by_clock
from zsbank.base.calendar.sweeping import Step
from zsbank.base.cases.dates import is_final


def _exited(on: dt.date) -> Iterable[int]:
    left = Bank.objects.filter(standing=Standing.EXITED, qualifications__cancelled_on__lt=on)
    return left.order_by("pk").values_list("pk", flat=True).distinct()


def _bar_over(on: dt.date) -> Iterable[int]:
    over = Bank.objects.filter(standing=Standing.LOCKED_OUT, may_apply_from__lte=on)
    over = over.filter(is_final("bar_period"))
    return over.order_by("pk").values_list("pk", flat=True)


STEPS: tuple[Step, ...] = (
    Step("lock_out", _exited, by_clock(lock_out, Bank), by_date=True, after_others=True),
    Step("release", _bar_over, by_clock(release, Bank), by_date=True, after_others=True),
)
