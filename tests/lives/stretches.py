"""Rules of random lives: days pass, and the sweep does what is due."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import rule

from inspections.determinations.terms import DeterminationKind
from inspections.rectification.models import RectificationOrder
from tests.lives.circumstances import Holidays, invented
from tests.lives.leaving import Leaving
from tests.lives.machine import WHICH, Machine, fingerprint
from tests.lives.supervision import Results
from zsbank.base.calendar import clock
from zsbank.site.operations import integrity, runner


class Time(Machine):
    """The clock and the sweep."""

    @rule(days=st.sampled_from([1, 7, 31, 184, 366, 5 * 366]))
    def wait(self, days: int) -> None:
        self.day += dt.timedelta(days=days)

    @rule()
    def sweep_twice(self) -> None:
        """Check that a second sweep on the same day finds nothing to do, and that nothing is wrong then."""
        with clock.playing(self.day):
            done = runner.run()
            assert done.failed == []
            after = fingerprint()
            again = runner.run()
            assert (fingerprint(), again.done, again.failed) == (after, {}, [])
            assert list(integrity.findings()) == []


class Stretches(Time, Leaving, Results, Holidays):
    """Several steps at once, so that lives reach late states."""

    @rule(which=WHICH)
    def move_a_due_date(self, which: int) -> None:
        """A bank gets an order, and the notice of its last day's year makes that day a holiday."""
        self.determine(which, DeterminationKind.SERIOUS_DEFAULT, 0)
        order = self.last(RectificationOrder, which)
        if order is not None and order.due_date is not None and order.due_date > self.day:
            self.confirm_notice(invented(order.due_date.year, order.due_date.timetuple().tm_yday - 1, 1))

    @rule(which=WHICH)
    def let_lapse(self, which: int) -> None:
        self.determine(which, DeterminationKind.SERIOUS_DEFAULT, 0)
        self.wait(366)
        self.sweep_twice()

    @rule(which=WHICH)
    def fail_twice(self, which: int) -> None:
        self.wait(5 * 366)
        self.assess(which, 1, "59.99")
        self.assess(which, 2, "59.99")
        self.sweep_twice()

    @rule(which=WHICH, years=st.permutations([1, 2, 3, 4]))
    def fail_for_years_in_any_order(self, which: int, years: list[int]) -> None:
        self.wait(5 * 366)
        for back in years:
            self.assess(which, back, "59.99")
        self.sweep_twice()
        self.revise(which, years[0], str(Decimal(88)))
        self.sweep_twice()
