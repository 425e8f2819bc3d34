"""The inner actions that take over exits of before this register, in effect or under way."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from banks.hearings.actions import PaperNotice, take_over_notice
from banks.hearings.models import PriorNotice
from banks.papers.actions import end_bar_for_readmission, end_taken_over
from banks.papers.models import PaperLetter
from banks.register import actions as banks
from banks.register.models import Bank, Qualification
from banks.register.rules import may_be_locked_out, may_be_released
from exit.cases.models import ExitCase, Ground
from exit.cases.states import ExitState
from exit.cases.terms import ExitGround
from inspections.determinations.models import Determination
from inspections.rectification.actions.orders import end_order
from inspections.rectification.models import RectificationOrder
from inspections.rectification.queries import binding
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Period
from zsbank.base.journal.facts import held
from zsbank.base.permissions import Verb


@dataclass(frozen=True)
class PaperGround:
    """A ground of an exit as papers say it.

    Args:
        paper: the bank's application, or the letter with which the bureau opened the case.
        determination, order: what it rests on; neither for the bank's own application.
    """

    kind: ExitGround
    statement: str
    paper: PaperLetter
    determination: Determination | None = None
    order: RectificationOrder | None = None


@action(Verb.TAKE_OVER_EXIT, makes=True, inner=True)
def take_over_exit(
    *,
    qualification: Qualification,
    ground: PaperGround,
    on: dt.date,
    bar: Period,
    by: User,
    readmitted_on: dt.date | None = None,
) -> ExitCase:
    """Take over an exit that is in effect: qualification and bar end on their real days (exit （三）, （四）).

    What the calendar has done since is recorded as well, with the days on which it took effect: the bar has begun,
    and if its last day has passed the bank may apply again. Nothing is left to the sweep. Lapsed orders end with it.

    Args:
        on: the day on which the qualification was cancelled (local date).
        bar: the bar, calculated from that day.
        readmitted_on: the day from which a later qualification was in effect (local date); None without one.
    """
    case = _case(qualification, ground.paper, on=on)
    source = _ground(case, ground, document=True)
    facts = {"ground": ground.kind, "bar_last_day": bar.last_day} | held(Verb.TAKE_OVER_EXIT, source)
    record(subject=case, effective_on=on, data=facts)
    for order in binding(qualification).order_by("pk"):
        end_order(order=order, by=by, reason=case.case_number, on=on)
    bank = end_taken_over(qualification=qualification, by=by, on=on, bar=bar, reason=case.case_number)
    _follow_calendar(Bank.objects.get(pk=bank.pk), readmitted_on, case.case_number, by)
    return case


@action(Verb.TAKE_OVER_OPEN_EXIT, makes=True, inner=True)
def take_over_open_exit(
    *,
    qualification: Qualification,
    grounds: Sequence[PaperGround],
    notices: Sequence[tuple[PaperNotice, PaperLetter]],
    by: User,
) -> ExitCase:
    """Take over an exit that is under way, on the bank's application or on other grounds (exit （一）, （二）).

    It is open and not proposed: a person of this register proposes the letter and another signs it. A bank that had a
    prior notice on paper gets no second one of the same grounds; each ground is judged again as everywhere.

    Args:
        grounds: the earliest first; the letter of the first is that of the case.
        notices: the prior notices of them, the earliest first.
    """
    first, *_further = grounds
    case = _case(qualification, first.paper, on=None)
    given = [
        take_over_notice(bank=case.bank, case=case, said=said, paper=paper, by=by) for said, paper in notices
    ]
    rows = [
        _ground(case, one, document=one.kind == ExitGround.VOLUNTARY, notice=_told(one, given))
        for one in grounds
    ]
    facts = {"grounds": [row.kind for row in rows]} | held(Verb.TAKE_OVER_OPEN_EXIT, *rows)
    record(subject=case, effective_on=first.paper.date, data=facts)
    return case


def _told(ground: PaperGround, notices: Sequence[PriorNotice]) -> PriorNotice | None:
    """Return the latest notice that states a ground: one that was given when the ground was there."""
    if ground.kind == ExitGround.VOLUNTARY:
        return None
    dated = [notice for notice in notices if notice.paper and notice.paper.date >= ground.paper.date]
    return dated[-1] if dated else None


def _case(qualification: Qualification, paper: PaperLetter, *, on: dt.date | None) -> ExitCase:
    """Create the case, signed on a day (local date) or opened."""
    case: ExitCase = ExitCase.objects.create(
        bank=qualification.bank,
        qualification=qualification,
        case_number=banks.next_case_number("TC"),
        state=ExitState.SIGNED if on else ExitState.OPENED,
        opened_at=clock.midday(paper.date),
        signed_at=clock.midday(on) if on else None,
        paper=paper,
    )
    return case


def _ground(
    case: ExitCase, ground: PaperGround, *, document: bool, notice: PriorNotice | None = None
) -> Ground:
    """Create a ground of the case.

    Args:
        document: whether the letter itself supports the exit: the bank's application, or an exit that is in effect.
    """
    row: Ground = Ground.objects.create(
        case=case,
        kind=ground.kind,
        statement=ground.statement,
        document=ground.paper.file if document else None,
        determination=ground.determination,
        order=ground.order,
        paper=ground.paper,
        joined_at=clock.midday(ground.paper.date),
        notice=notice,
    )
    return row


def _follow_calendar(bank: Bank, readmitted_on: dt.date | None, reason: str, by: User) -> None:
    """Begin and end the bar as far as today; a provisional last day is left to a person.

    A bar that still ran when the bank was admitted again ended on that day.
    """
    if not may_be_locked_out(None, bank):
        return
    bank = banks.lock_out(bank=bank, by=None)
    if readmitted_on is not None and not _was_over(bank, readmitted_on):
        end_bar_for_readmission(bank=bank, by=by, on=readmitted_on, reason=reason)
    elif may_be_released(None, bank):
        banks.release(bank=bank, by=None)


def _was_over(bank: Bank, day: dt.date) -> bool:
    """Return whether the calendar had ended the bar on a day (local date)."""
    return (
        bank.may_apply_from is not None and bank.may_apply_from <= day and bool(may_be_released(None, bank))
    )
