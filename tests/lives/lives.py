"""Random lives: all rules together, with the invariants after every step."""

import datetime as dt

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import initialize, invariant

from tests.lives.admission import Admission
from tests.lives.circumstances import Changes, PeopleGo
from tests.lives.invariants import breaches, still_may
from tests.lives.stretches import Stretches
from tests.lives.watching import Watching


class Lives(Admission, Stretches, Watching, PeopleGo, Changes):
    """Three banks through actions and the sweep only."""

    @initialize()
    def begin(self) -> None:
        """Admit two of the banks, and let a month pass."""
        self.admit(0)
        self.admit(1)
        self.day += dt.timedelta(days=31)

    @invariant()
    def all_is_well(self) -> None:
        """Every invariant holds, and nobody who left may do anything."""
        assert breaches() == []
        assert still_may(self.gone) == []

    def teardown(self) -> None:
        """Do what is due at the end; then nothing may be wrong."""
        try:
            self.sweep_twice()
        finally:
            super().teardown()


def drawn(lives: int, steps: int = 50) -> settings:
    """Return the settings for so many lives, drawn anew and not shrunk."""
    return settings(
        max_examples=lives,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
