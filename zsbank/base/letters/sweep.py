"""Steps of the sweep for letters: files that were not made yet, such as after a lost message."""

import datetime as dt
from collections.abc import Iterable

from zsbank.base.calendar.sweeping import Step
from zsbank.base.letters import actions
from zsbank.base.letters.queries import without_file


def _without_file(on: dt.date) -> Iterable[int]:
    return without_file().values_list("pk", flat=True)


STEPS: tuple[Step, ...] = (Step("make_file", _without_file, actions.make_file),)
