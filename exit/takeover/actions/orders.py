"""A row of an order as determination and order."""

import datetime as dt
from typing import NamedTuple

from banks.papers.models import PaperLetter
from banks.register.models import Qualification
from exit.takeover.checks.orders import period_of
from exit.takeover.data import OrderRow
from exit.takeover.terms import OrderReason
from inspections.determinations.actions.takeover import take_over_determination
from inspections.determinations.models import Determination
from inspections.determinations.rules import edition_of
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.actions.takeover import PaperReport, take_over_order
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from zsbank.base.accounts.models import User
from zsbank.base.calendar.current import calculate
from zsbank.base.calendar.periods import Period, Unit

PAPER_REPORT = "纸质报告。"


class Ordered(NamedTuple):
    """What a row became: the determination, unless two years failed, and the order, unless the breach was serious."""

    determination: Determination | None
    order: RectificationOrder | None


def take_over_order_of(
    row: OrderRow, qualification: Qualification, paper: PaperLetter, *, entered_by: User, by: User
) -> Ordered:
    """Take over the determination and the order of a row."""
    edition = edition_of(qualification)
    determination = None
    if row.reason != OrderReason.ASSESSMENT and row.determined_on is not None:
        determination = take_over_determination(
            qualification=qualification,
            kind=DeterminationKind(row.reason),
            facts=row.facts,
            criteria=list(edition.criteria.filter(number__in=row.criteria)),
            day=row.determined_on,
            paper=paper,
            entered_by=entered_by,
            by=by,
        )
    period = period_of(row, edition)
    if period is None:
        return Ordered(determination, None)
    order = take_over_order(
        qualification=qualification,
        determination=determination,
        assessed_year=row.assessed_year,
        start=row.determined_on or row.issued_on,
        period=period,
        state=OrderState(row.state),
        closed_on=_closed_on(row, period),
        report=PaperReport(row.reported_on, row.report or PAPER_REPORT) if row.reported_on else None,
        paper=paper,
        entered_by=entered_by,
        by=by,
    )
    return Ordered(determination, order)


def _closed_on(row: OrderRow, period: Period) -> dt.date | None:
    """Return the day on which it was closed; of one that lapsed the day after its due date."""
    if row.state == OrderState.LAPSED:
        return calculate(period.last_day, 1, Unit.DAY, roll=False).last_day
    return row.closed_on
