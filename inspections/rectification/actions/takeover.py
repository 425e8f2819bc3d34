"""The inner action that takes over a rectification order of before this register."""

import datetime as dt
from dataclasses import dataclass

from banks.papers.models import PaperLetter
from banks.register import actions as banks
from banks.register.models import Qualification
from inspections.determinations.models import Determination
from inspections.rectification.models import RectificationOrder, RectificationReport
from inspections.rectification.rules import verification_period
from inspections.rectification.states import BINDING, OrderState
from inspections.rectification.terms import OrderGround
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Period
from zsbank.base.permissions import Verb


@dataclass(frozen=True)
class PaperReport:
    """The bank's report on paper: the day on which it was submitted (local date), and what it says."""

    day: dt.date
    text: str


@action(Verb.TAKE_OVER_ORDER, makes=True, inner=True)
def take_over_order(  # noqa: PLR0913 what a paper says of an order
    *,
    qualification: Qualification,
    determination: Determination | None,
    assessed_year: int | None,
    start: dt.date,
    period: Period,
    state: OrderState,
    closed_on: dt.date | None,
    report: PaperReport | None,
    paper: PaperLetter,
    entered_by: User,
    by: User,
) -> RectificationOrder:
    """Take over an order with its real dates; one that binds the bank, also if it lapsed, puts it under rectification.

    A due date that has passed already has no effect by itself: a person confirms that the order lapsed.

    Args:
        determination: its ground; None for an order after two failing years.
        assessed_year: the second failing year.
        start: the day of determination, or of the letter (local date).
        period: its due date with the calculation.
        closed_on: the day on which it was closed (local date); None while it runs.
        report: the bank's report on paper.
        entered_by: who entered the takeover; `by` confirms it.
    """
    to_verify = verification_period() if state == OrderState.REPORTED else None
    order: RectificationOrder = RectificationOrder.objects.create(
        bank=qualification.bank,
        qualification=qualification,
        ground=OrderGround.DETERMINATION if determination else OrderGround.ASSESSMENT,
        determination=determination,
        first_year=assessed_year - 1 if assessed_year else None,
        assessed_year=assessed_year,
        state=state,
        start_date=start,
        raw_due_date=period.raw_last_day,
        due_date=period.last_day,
        limit_day=period.raw_last_day if determination else None,
        period=period.to_json(),
        provisional=period.provisional,
        verify_by=to_verify.last_day if to_verify else None,
        verify_period=to_verify.to_json() if to_verify else None,
        closed_on=closed_on,
        paper=paper,
    )
    record(subject=order, reason=str(paper), effective_on=start, data={"due_date": order.due_date})
    if report is not None:
        _take_over_report(order, report, entered_by)
    if state in BINDING:
        banks.put_under_rectification(bank=order.bank, by=by, reason=str(order), on=start)
    return order


def _take_over_report(order: RectificationOrder, report: PaperReport, entered_by: User) -> None:
    """Keep the report with the scan; it waits for the check unless the order was accepted."""
    accepted = order.state == OrderState.ACCEPTED
    row = RectificationReport.objects.create(
        order=order,
        text=report.text,
        submitted_at=clock.midday(report.day),
        submitted_by=entered_by,
        accepted=True if accepted else None,
        checked_at=clock.midday(order.closed_on) if accepted and order.closed_on else None,
    )
    if order.paper and order.paper.file:
        row.files.add(order.paper.file)
