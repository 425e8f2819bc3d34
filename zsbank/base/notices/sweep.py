"""Steps of the sweep for messages: unsent mail."""

import datetime as dt
from collections.abc import Iterable

from zsbank.base.calendar.sweeping import Step
from zsbank.base.notices import actions


def _unsent(on: dt.date) -> Iterable[int]:
    return actions.unsent_messages().values_list("pk", flat=True)


STEPS: tuple[Step, ...] = (Step("mail", _unsent, actions.deliver),)
