"""What falls due for messages: mail that was not sent yet."""

import datetime as dt
from collections.abc import Iterable

from zsbank.base.calendar.sweeping import Step
from zsbank.base.notices import actions


def _unsent(on: dt.date) -> Iterable[int]:
    return actions.waiting().values_list("pk", flat=True)


STEPS: tuple[Step, ...] = (Step("mail", _unsent, actions.deliver),)
