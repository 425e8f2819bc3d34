"""What a takeover makes of each bank, as of today: standing, dates with their real clocks, and what is due already."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import override

from admission.editions.models import PolicyEdition
from banks.register.states import Standing
from exit.takeover.checks.all_rows import faults_of
from exit.takeover.checks.bank_plan import BankPlan, Heed, HeldPlan
from exit.takeover.checks.context import Context, context_of
from exit.takeover.checks.faults import Fault
from exit.takeover.checks.grouped import Held, OfBank, by_bank
from exit.takeover.checks.lines import add_rest, add_what_runs
from exit.takeover.data import Rows
from exit.takeover.terms import OrderReason
from inspections.rectification.states import BINDING
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate, read_once
from zsbank.base.calendar.periods import Period, Unit
from zsbank.base.calendar.wording import in_words, through


@dataclass(frozen=True)
class Plan:
    """The judgement on the rows: what is wrong, or else what each bank will be."""

    faults: list[Fault]
    banks: list[BankPlan]

    @property
    def due(self) -> list[tuple[BankPlan, Heed]]:
        """What is due already, by bank."""
        return [(bank, one) for bank in self.banks for one in bank.heed if one.is_due]

    @property
    def findings(self) -> list[tuple[BankPlan, str]]:
        """What the papers say against the mechanism, by bank."""
        return [(bank, one) for bank in self.banks for one in bank.findings]

    def fingerprint(self) -> str:
        """Return a hash of what would happen; it changes when a date passes or the register changes."""
        with override("zh-hans"):
            said = "\n".join(
                [*map(str, self.faults), *(line for bank in self.banks for line in bank.lines())]
            )
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def plan_of(rows: Rows) -> Plan:
    """Judge rows against the register as it is now; a constant number of queries."""
    context = context_of(rows)
    with read_once():
        faults = faults_of(rows, context)
        return Plan(faults, [] if faults else [_planned(own, context) for own in by_bank(rows)])


def _planned(own: OfBank, context: Context) -> BankPlan:
    edition = context.edition
    if edition is None:
        raise LookupError("rows without an edition have faults")
    held = [HeldPlan(one, _bar_of(one, edition)) for one in own.held]
    plan = BankPlan(own, context.banks.get(own.bank.uscc), _standing(held), held)
    if len(held) > 1:
        for one in held:
            one.title = _title(one)
    for one in held:
        add_what_runs(plan, one, edition)
    plan.findings += _readmissions(held)
    add_rest(plan)
    return plan


def _bar_of(held: Held, edition: PolicyEdition) -> Period | None:
    if held.left_on is None:
        return None
    return calculate(held.left_on, edition.bar_years, Unit.YEAR, roll=edition.roll_bar)


def _title(one: HeldPlan) -> str:
    given = {"since": in_words(one.held.since), "left": in_words(one.bar.start) if one.bar else ""}
    words = (
        _("Qualification of %(since)s, cancelled on %(left)s:")
        if one.bar
        else _("Qualification of %(since)s, in force:")
    )
    return words % given


def _readmissions(held: Sequence[HeldPlan]) -> Iterator[str]:
    """Yield each qualification that took effect while the bar of the exit before ran (exit （四）)."""
    for earlier, later in pairwise(held):
        bar = earlier.bar
        if bar is not None and later.held.since < bar.first_day_after:
            words = _(
                "The qualification of %(since)s took effect within the bar: the bank had left on %(left)s and could "
                "not apply until %(last)s. The paper is the fact; say with the confirmation why it was given."
            )
            yield words % {
                "since": in_words(later.held.since),
                "left": in_words(bar.start),
                "last": through(bar.last_day),
            }


def _standing(held: Sequence[HeldPlan]) -> Standing:
    if not held:
        return Standing.APPLICANT
    last = held[-1]
    if last.bar is not None:
        if last.bar.start == clock.today():
            return Standing.EXITED
        over = clock.today() >= last.bar.first_day_after and not last.bar.provisional
        return Standing.APPLICANT if over else Standing.LOCKED_OUT
    orders = (row for row in last.held.orders if row.reason != OrderReason.SERIOUS_BREACH)
    bound = any(row.state in BINDING for row in orders)
    return Standing.UNDER_RECTIFICATION if bound else Standing.QUALIFIED
