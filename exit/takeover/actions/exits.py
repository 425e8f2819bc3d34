"""The rows of an exit as exit case: the only place that calls `exit.cases`."""

from collections.abc import Callable, Mapping

from admission.editions.models import PolicyEdition
from banks.hearings.actions import PaperNotice
from banks.papers.models import PaperLetter
from banks.register.models import Qualification
from exit.cases.actions.takeover import PaperGround, take_over_exit, take_over_open_exit
from exit.cases.terms import ExitGround
from exit.takeover.actions.orders import Ordered
from exit.takeover.checks.bank_plan import HeldPlan
from exit.takeover.checks.grouped import Held
from exit.takeover.checks.notices import statement_period
from exit.takeover.checks.sources import behind_each, may_be_behind
from exit.takeover.data import ExitRow, NoticeRow, OrderRow, Paper
from inspections.determinations.rules import edition_of
from zsbank.base.accounts.models import User

PaperOf = Callable[[Paper], PaperLetter]
OrderedOf = Mapping[int, Ordered]
"""What the orders became, by the number of the row."""


def take_over_exit_of(
    one: HeldPlan,
    qualification: Qualification,
    paper_of: PaperOf,
    ordered: OrderedOf,
    *,
    later: HeldPlan | None,
    by: User,
) -> None:
    """Take over the exit of a qualification with what it rests on, as far as that was taken over too.

    Args:
        paper_of: enters the letter of a row.
        later: the qualification that the bank was given after it.
    """
    held = one.held
    if held.exit is not None and one.bar is not None:
        take_over_exit(
            qualification=qualification,
            ground=_ground(held.exit, _behind_exit(held, held.exit), paper_of, ordered),
            on=one.bar.start,
            bar=one.bar,
            readmitted_on=later.held.since if later else None,
            by=by,
        )
    elif held.under_way:
        behind, edition = behind_each(held), edition_of(qualification)
        take_over_open_exit(
            qualification=qualification,
            grounds=[_ground(row, behind.get(row.number), paper_of, ordered) for row in held.under_way],
            notices=[(_notice(row, edition), paper_of(row)) for row in held.notices],
            by=by,
        )


def _behind_exit(held: Held, row: ExitRow) -> OrderRow | None:
    """Return what an exit in effect rests on; of several orders the first, because all of them end with it."""
    return next(iter(may_be_behind(held, row)), None)


def _ground(row: ExitRow, behind: OrderRow | None, paper_of: PaperOf, ordered: OrderedOf) -> PaperGround:
    source = ordered[behind.number] if behind is not None else Ordered(None, None)
    return PaperGround(
        kind=ExitGround(row.ground),
        statement=row.statement,
        paper=paper_of(row),
        determination=source.determination if source.order is None else None,
        order=source.order,
    )


def _notice(row: NoticeRow, edition: PolicyEdition) -> PaperNotice:
    """Return a prior notice with the days for the statement.

    Raises:
        LookupError: the days cannot be counted; rows without faults have them.
    """
    period = statement_period(row, edition)
    if period is None:
        raise LookupError(f"notice of row {row.number} has no days for the statement")
    return PaperNotice(
        told_on=row.reached_on,
        period=period,
        stated_on=row.stated_on,
        statement=row.statement,
        answered_on=row.answered_on,
        answer=row.answer,
    )
