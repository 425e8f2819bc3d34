"""Factories of banks under rectification, by the actions."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.utils import timezone

from admission.editions.models import PolicyEdition
from admission.tests.factories import PDF, pdf_file
from banks.hearings.rules import notices_on
from banks.members.models import KeptMessage
from banks.register import actions as banks
from banks.register.models import Bank, Qualification
from banks.tests.factories import admit, leave
from inspections.assessments.models import Assessment
from inspections.assessments.states import AssessmentState
from inspections.determinations.actions.proposals import propose_determination
from inspections.determinations.models import Determination
from inspections.determinations.terms import BreachEffect, DeterminationKind
from inspections.rectification.actions.determinations import make_determination
from inspections.rectification.actions.orders import withdraw_orders
from inspections.rectification.actions.reports import report_progress, report_rectification
from inspections.rectification.models import RectificationOrder, RectificationReport
from inspections.rectification.states import OrderState
from inspections.rectification.terms import OrderGround, ReportKind
from inspections.schemes.models import AssessmentScheme
from zsbank.base.accounts.models import User
from zsbank.base.actions.tests.inside import inside
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.cases.registry import steps
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb

if TYPE_CHECKING:
    from conftest import People

ADMITTED = dt.date(2019, 1, 7)
DETERMINED, DUE = dt.date(2025, 3, 3), dt.date(2025, 9, 3)
"""A Monday, and the Wednesday six months later, which is a working day."""

DAY = dt.timedelta(days=1)
HEARD = 20 * DAY
"""After so many days a bank that states nothing was heard: five working days, and the longest holidays."""


def at(day: dt.date, hour: int, minute: int) -> dt.datetime:
    """A time on a local day."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=timezone.get_default_timezone())


def qualified(bank: Bank, by: User, since: dt.date = ADMITTED) -> Qualification:
    """The qualification of a bank admitted on a day, with issuing allowed."""
    with clock.playing(since):
        held = admit(bank, by, since)
    bank.refresh_from_db()
    return held


def left(
    qualification: Qualification, by: User, on: dt.date, *, bar: int = 5, unit: Unit = Unit.YEAR
) -> Bank:
    """Cancel the qualification on a day, withdrawing its open orders."""
    with clock.playing(on), inside(Verb.SIGN_EXIT, by):
        period = calculate(on, bar, unit, roll=False)
        withdraw_orders(qualification=qualification, by=by, reason="退出")
        return leave(qualification, by, period)


def admitted_again(bank: Bank, by: User) -> Qualification:
    """The second qualification of a bank, given on the first day after its bar."""
    bank.refresh_from_db()
    assert bank.may_apply_from is not None
    with clock.playing(bank.may_apply_from):
        banks.lock_out(bank=bank, by=None)
        banks.release(bank=bank, by=None)
    return qualified(bank, by, bank.may_apply_from)


def proposed(
    bank: Bank,
    *,
    by: User,
    kind: DeterminationKind = DeterminationKind.CRITERIA_NOT_MET,
    facts: str = "三乡支行停止受理补换卡业务。",
    criteria: tuple[int, ...] = (5,),
    document: bytes = PDF,
    effects: Iterable[BreachEffect] | None = None,
    paper_date: dt.date | None = None,
    paper_signed_by: User | None = None,
) -> Determination:
    """Propose a determination today; a serious breach with a bad social effect, unless others are given.

    The prior notice reaches the bank, also one for which a test made no people.
    """
    of_kind = [BreachEffect.SOCIAL_EFFECT] if kind == DeterminationKind.SERIOUS_BREACH else []
    found = propose_determination(
        bank=bank,
        by=by,
        kind=kind,
        facts=facts,
        criteria=list(PolicyEdition.objects.earliest("valid_from").criteria.filter(number__in=criteria)),
        document=ContentFile(document),
        document_name="现场检查记录.pdf",
        effects=of_kind if effects is None else list(effects),
        paper_date=paper_date,
        paper_signed_by=paper_signed_by,
    )
    letters = notices_on(found).values("letter")
    KeptMessage.objects.filter(letter__in=letters).delete()
    return found


def determined(
    bank: Bank,
    *,
    by: User,
    decided_by: User,
    on: dt.date = DETERMINED,
    recorded_on: dt.date | None = None,
    **given: Any,
) -> Determination:
    """Propose a determination, let the days for a statement pass, and make it; on another day it was made on paper."""
    on_paper = recorded_on not in (None, on)
    paper: dict[str, Any] = {"paper_date": on, "paper_signed_by": decided_by} if on_paper else {}
    with clock.playing(recorded_on if recorded_on and on_paper else on - HEARD):
        found = proposed(bank, by=by, **given, **paper)
    with clock.playing(recorded_on or on):
        return make_determination(determination=found, by=decided_by)


def ordered(bank: Bank, people: "People", on: dt.date = DETERMINED) -> RectificationOrder:
    """The order of a determination."""
    found = determined(bank, by=people.inspector, decided_by=people.decider, on=on)
    return RectificationOrder.objects.get(determination=found)


def reported(
    order: RectificationOrder, by: User, at: dt.date | dt.datetime, text: str = "三乡支行已恢复受理。"
) -> RectificationReport:
    """Submit a report with one file."""
    with clock.playing(at):
        return report_rectification(order=order, by=by, text=text, files=[(pdf_file(), "照片.pdf")])


def planned(
    order: RectificationOrder, by: User, *, kind: ReportKind = ReportKind.PLAN
) -> RectificationReport:
    """Submit a plan, or an interim report, with one file today."""
    files = [(pdf_file(), "整改方案.pdf")]
    return report_progress(order=order, by=by, kind=kind, text="九月底前增配一名柜员。", files=files)


def swept(step: str, on: dt.date) -> int:
    """The number of rows that a sweep step changed on a day."""
    (found,) = [one for one in steps() if one.name == step]
    with clock.playing(on):
        return sum(found.do(pk) for pk in list(found.due(on)))


def failing_results(qualification: Qualification, years: Iterable[int]) -> None:
    """Final failing results as rows, so that an order on these years has its ground."""
    recorded_by, finalised_by = (
        User.objects.get_or_create(username=name, defaults={"name": name, "is_staff": True})[0]
        for name in ("recorder", "finaliser")
    )
    for year in years:
        scheme = AssessmentScheme.objects.get_or_create(
            year=year, defaults={"bands": [{"grade": "中", "from": "60"}, {"grade": "不合格", "from": "0"}]}
        )[0]
        row, new = Assessment.objects.get_or_create(
            qualification=qualification,
            year=year,
            defaults={
                "bank": qualification.bank,
                "scheme": scheme,
                "score": Decimal("55.00"),
                "grade": "不合格",
                "state": AssessmentState.FINAL,
                "recorded_by": recorded_by,
                "finalised_by": finalised_by,
                "final_on": clock.today(),
            },
        )
        if new:
            journal.record(
                verb=Verb.FINALISE_ASSESSMENT, by=None, subject=row, uscc=row.bank.uscc, to_state=row.state
            )


def order_in(
    state: OrderState,
    qualification: Qualification,
    *,
    ground: OrderGround = OrderGround.ASSESSMENT,
    determination: Determination | None = None,
    due: dt.date | None = None,
    starts: dt.date | None = None,
    assessed_year: int | None = 2024,
) -> RectificationOrder:
    """An order as a row in a state, with its bank under rectification, without actions.

    Args:
        due: due date (local date); by default in 60 calendar days.
        starts: start of the count (local date); by default today.
    """
    day = due or clock.today() + 60 * DAY
    if ground == OrderGround.ASSESSMENT and assessed_year:
        failing_results(qualification, (assessed_year - 1, assessed_year))
    order: RectificationOrder = RectificationOrder.objects.create(
        bank=qualification.bank,
        qualification=qualification,
        ground=ground,
        determination=determination,
        first_year=assessed_year - 1 if ground == OrderGround.ASSESSMENT and assessed_year else None,
        assessed_year=assessed_year if ground == OrderGround.ASSESSMENT else None,
        state=state,
        start_date=starts or clock.today(),
        raw_due_date=day,
        due_date=day,
        limit_day=day if ground == OrderGround.DETERMINATION else None,
    )
    journal.record(verb=Verb.OPEN_ORDER, by=None, subject=order, uscc=order.bank.uscc, to_state=order.state)
    with inside(Verb.OPEN_ORDER, None):
        banks.put_under_rectification(bank=order.bank, by=None, reason=str(order))
    return order


def report_of(order: RectificationOrder, by: User) -> RectificationReport:
    """A report as a row, without files."""
    return order.reports.create(text="已整改。", submitted_at=clock.now(), submitted_by=by)
