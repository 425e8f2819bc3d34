"""Random lives after which nobody is there for forty days: swept every day, or once at the end."""

import datetime as dt
from collections.abc import Callable
from typing import ClassVar

from django.conf import settings

from inspections.determinations.terms import DeterminationKind
from tests.lives.lives import Lives
from tests.lives.tables import Tables, after, differences
from zsbank.base.calendar import clock
from zsbank.site.operations import runner

DAYS = 40
BEFORE_DUE = 160
"""Days after which an order of six months is due in the next forty."""


def sweep_every_day(last_day: dt.date) -> None:
    """Sweep on each of the forty days after a day (local date)."""
    for number in range(1, DAYS + 1):
        runner.run(on=last_day + dt.timedelta(days=number))


def sweep_once(last_day: dt.date) -> None:
    """Sweep on the last of the forty days after a day (local date)."""
    runner.run(on=last_day + dt.timedelta(days=DAYS))


class Away(Lives):
    """At the end of each life, both futures are compared; `moved` counts the lives in which something fell due."""

    moved: ClassVar[int] = 0

    def leave_something_due(self) -> None:
        """Leave orders and applications that fall due in the next forty days, in years whose holidays are known."""
        for ahead in (0, 1):
            self.load_holidays(ahead, 100, 2)
        for which in range(len(self.banks)):
            self.determine(which, DeterminationKind.CRITERIA_NOT_MET, 0)
        self.wait(BEFORE_DUE)
        for which in range(len(self.banks)):
            self.submit(which)

    def future(self, sweep: Callable[[dt.date], None]) -> Tables:
        """Return the register as it is after the forty days, and forget its checkpoints: it never was."""
        found = after(lambda: sweep(self.day))
        for path in settings.CHECKPOINTS_DIR.glob("*"):
            path.unlink()
        return found

    def teardown(self) -> None:
        """Compare, then end."""
        try:
            self.leave_something_due()
            with clock.playing(self.day):
                runner.run()
            every_day = self.future(sweep_every_day)
            once = self.future(sweep_once)
            type(self).moved += once != after(lambda: None)
            assert differences(every_day, once) == {}
        finally:
            super().teardown()
