"""A bank under supervision, for tests: qualified, determined against, reporting and assessed, all by the verbs."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.utils import timezone

from admission.editions.models import PolicyEdition
from admission.tests.factories import PDF, pdf_file
from banks.register import actions as banks
from banks.register.models import Bank, Qualification
from inspections.assessments.actions import finalise_assessment, record_assessment
from inspections.assessments.models import Assessment, AssessmentScheme
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.actions.orders import record_determination, withdraw_orders
from inspections.rectification.actions.reports import report_rectification
from inspections.rectification.models import RectificationOrder, RectificationReport
from inspections.sweep import STEPS
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, reckon

if TYPE_CHECKING:
    from conftest import People

ADMITTED = dt.date(2019, 1, 7)
DETERMINED, DUE = dt.date(2025, 3, 3), dt.date(2025, 9, 3)
"""A Monday, and the Wednesday six months after it: the due date moves off no rest day."""

OPENED = dt.date(2025, 3, 10)
"""The day of the sweep that finds the failing years 2023 and 2024."""

BANDS = [("优", "90"), ("良", "75"), ("中", "60"), ("不合格", "0")]
PASSING, FAILING = Decimal("60.00"), Decimal("59.99")
DAY = dt.timedelta(days=1)


def at(day: dt.date, hour: int, minute: int) -> dt.datetime:
    """A moment of a local day."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=timezone.get_default_timezone())


def qualified(bank: Bank, by: User, since: dt.date = ADMITTED) -> Qualification:
    """The qualification of a bank that was admitted on a day and issues."""
    with clock.playing(since):
        held = banks.admit(bank=bank, by=by, reason="", issuing_from=since)
    bank.refresh_from_db()
    return held


def left(
    qualification: Qualification, by: User, on: dt.date, *, bar: int = 5, unit: Unit = Unit.YEAR
) -> Bank:
    """A bank whose qualification was cancelled on a day, its open orders withdrawn with it."""
    with clock.playing(on):
        period = reckon(on, bar, unit, roll=False)
        withdraw_orders(qualification=qualification, by=by, reason="退出")
        return banks.leave(qualification=qualification, by=by, reason="退出", bar=period)


def admitted_again(bank: Bank, by: User) -> Qualification:
    """The second qualification of a bank that left, given on the first day after its bar."""
    bank.refresh_from_db()
    assert bank.may_apply_from is not None
    with clock.playing(bank.may_apply_from):
        banks.lock_out(bank.pk)
        banks.release(bank.pk)
    return qualified(bank, by, bank.may_apply_from)


def determined(
    bank: Bank,
    *,
    by: User,
    decided_by: User,
    on: dt.date = DETERMINED,
    recorded_on: dt.date | None = None,
    kind: DeterminationKind = DeterminationKind.CRITERIA_NOT_MET,
    facts: str = "三乡支行停止受理补换卡业务。",
    criteria: tuple[int, ...] = (5,),
    document: bytes = PDF,
) -> Determination:
    """A determination as an inspector records it, on its own day unless another one is given."""
    with clock.playing(recorded_on or on):
        return record_determination(
            bank=bank,
            by=by,
            decided_by=decided_by,
            kind=kind,
            determination_date=on,
            facts=facts,
            criteria=list(PolicyEdition.objects.earliest("valid_from").criteria.filter(number__in=criteria)),
            document=ContentFile(document),
            document_name="现场检查记录.pdf",
        )


def ordered(bank: Bank, people: "People", on: dt.date = DETERMINED) -> RectificationOrder:
    """The order that opens with a determination."""
    found = determined(bank, by=people.inspector, decided_by=people.decider, on=on)
    return RectificationOrder.objects.get(determination=found)


def reported(
    order: RectificationOrder, by: User, at: dt.date | dt.datetime, text: str = "三乡支行已恢复受理。"
) -> RectificationReport:
    """A bank's report with one file."""
    with clock.playing(at):
        return report_rectification(order=order, by=by, text=text, files=[(pdf_file(), "照片.pdf")])


def scheme(year: int) -> AssessmentScheme:
    """The scheme of an assessed year: 60 passes."""
    bands = [{"grade": grade, "from": bound} for grade, bound in BANDS]
    return AssessmentScheme.objects.get_or_create(year=year, defaults={"bands": bands})[0]


def scored(bank: Bank, year: int, score: Decimal, by: User) -> Assessment:
    """A draft result, recorded in March after the assessed year."""
    scheme(year)
    with clock.playing(dt.date(year + 1, 3, 2)):
        return record_assessment(bank=bank, year=year, score=score, reason="", by=by)


def rated(bank: Bank, year: int, score: Decimal, people: "People") -> Assessment:
    """A final result: one assessor recorded it, another made it final, both in March after the assessed year."""
    draft = scored(bank, year, score, people.assessor)
    with clock.playing(dt.date(year + 1, 3, 3)):
        return finalise_assessment(assessment=draft, by=people.second_assessor)


def swept(step: str, on: dt.date) -> int:
    """How many things one step of the sweep did on a day."""
    (found,) = [one for one in STEPS if one.name == step]
    with clock.playing(on):
        return sum(found.do(pk) for pk in list(found.due(on)))


def failed_twice(bank: Bank, people: "People") -> RectificationOrder:
    """The order that opens when a bank failed in 2023 and in 2024; the bureau has yet to set its due date."""
    for year in (2023, 2024):
        rated(bank, year, FAILING, people)
    swept("judge", OPENED)
    return RectificationOrder.objects.get(bank=bank, assessed_year=2024)
