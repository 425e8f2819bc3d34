"""Inspections by the actions, at each state."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile

from admission.editions.models import Criterion
from admission.tests.factories import PDF
from banks.outlets.models import Outlet
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from conftest import make_officer
from inspections.determinations.models import Determination
from inspections.determinations.terms import BreachEffect, DeterminationKind
from inspections.rectification.tests.factories import qualified
from inspections.visits.actions import fieldwork, following, planning, reports
from inspections.visits.actions.fieldwork import NamedFile, Present, Seen
from inspections.visits.models import InspectionVisit, VisitAnswer
from inspections.visits.terms import ItemResult, Severity
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.notices.models import Message
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

DAY = dt.timedelta(days=1)
PLANNED, HELD = dt.date(2025, 3, 3), dt.date(2025, 3, 4)
"""A Monday and a Tuesday."""

FACTS = "业务窗口在公告的营业时间内无人受理。"
WITNESS = Present("陈某", "营业部主任")


def outlets_of(bank: Bank, number: int = 2) -> list[Outlet]:
    """Outlets of the bank, made if it has too few."""
    for n in range(bank.outlets.count(), number):
        OutletFactory.create(bank=bank, name=f"{bank.name}第{n + 1}支行")
    return list(bank.outlets.order_by("pk")[:number])


def plan_of(bank: Bank, people: "People", **other: Any) -> dict[str, Any]:
    """What an inspector plans for today."""
    return {
        "bank": bank,
        "by": people.inspector,
        "visit_day": clock.today(),
        "outlets": outlets_of(bank),
        "led_by": people.inspector,
        "accompanied_by": people.assessor,
        "purpose": "检查网点服务条件。",
        "planned": True,
        "announced": True,
    } | other


def planned(bank: Bank, people: "People", **other: Any) -> InspectionVisit:
    """An inspection that is planned today, of a bank that is qualified."""
    if not bank.qualifications.exists():
        qualified(bank, people.decider)
    return planning.plan_inspection(**plan_of(bank, people, **other))


def criteria_of(visit: InspectionVisit) -> list[Criterion]:
    """The criteria of its checklist."""
    return list(visit.edition.criteria.order_by("number"))


def photograph(name: str = "现场照片.pdf") -> NamedFile:
    """Evidence that the file checks accept."""
    return ContentFile(PDF), name


def to_record(
    visit: InspectionVisit, by: User, *, finds: bool = True, photographs: int = 1, place: int = 0
) -> dict[str, Any]:
    """What an officer records at an outlet: the first criterion, and the second in order."""
    first, second, *_others = criteria_of(visit)
    found = Seen(ItemResult.NOT_IN_ORDER, Severity.MODERATE, FACTS) if finds else Seen(ItemResult.IN_ORDER)
    row = visit.outlets.order_by("pk")[place]
    files: Mapping[int, Sequence[NamedFile]] = (
        {first.pk: [photograph(f"照片{n}.pdf") for n in range(photographs)]} if finds else {}
    )
    return {
        "visit": visit,
        "by": by,
        "place": row,
        "seen_on": clock.today(),
        "seen": {first.pk: found, second.pk: Seen(ItemResult.IN_ORDER)},
        "photographs": files,
        "version": row.version,
    }


def recorded(bank: Bank, people: "People", *, finds: bool = True, **other: Any) -> InspectionVisit:
    """An inspection of which one outlet is recorded."""
    visit = planned(bank, people, **other)
    fieldwork.record_inspection(**to_record(visit, people.inspector, finds=finds))
    return _again(visit)


def signed(bank: Bank, people: "People", *, finds: bool = True, **other: Any) -> InspectionVisit:
    """An inspection whose record a person of the bank signed."""
    visit = recorded(bank, people, finds=finds, **other)
    record = photograph("检查笔录.pdf")
    return fieldwork.sign_inspection(
        visit=visit, by=people.inspector, present=[WITNESS], signed_record=record
    )


def half_confirmed(bank: Bank, people: "People", *, finds: bool = True, **other: Any) -> InspectionVisit:
    """An inspection whose record the leading officer has confirmed."""
    visit = signed(bank, people, finds=finds, **other)
    return fieldwork.confirm_inspection(visit=visit, by=people.inspector)


def confirmed(bank: Bank, people: "People", *, finds: bool = True, **other: Any) -> InspectionVisit:
    """An inspection whose record both officers have confirmed."""
    visit = half_confirmed(bank, people, finds=finds, **other)
    return fieldwork.confirm_inspection(visit=visit, by=people.assessor)


def reported(bank: Bank, people: "People", *, finds: bool = True, **other: Any) -> InspectionVisit:
    """An inspection of which the bank has the report."""
    visit = confirmed(bank, people, finds=finds, **other)
    return reports.report_inspection(visit=visit, by=people.decider)


def answered(bank: Bank, people: "People", by: User, **other: Any) -> InspectionVisit:
    """An inspection that the bank has answered."""
    visit = reported(bank, people, **other)
    return reports.answer_inspection(visit=visit, by=by, text="情况属实，已安排整改。").visit


def correcting(bank: Bank, people: "People", by: User, *, days: int = 30, **other: Any) -> InspectionVisit:
    """An inspection whose findings are to be corrected in so many calendar days."""
    visit = answered(bank, people, by, **other)
    day = clock.today() + days * DAY
    return following.demand_correction(
        visit=visit, by=people.decider, correct_by=day, reason="请配齐窗口人员。"
    )


def found_in_breach(bank: Bank, people: "People", clerk: User) -> Determination:
    """A serious breach, proposed by a colleague of those who inspected."""
    document, name = photograph("检查笔录.pdf")
    following.propose_after_inspection(
        visit=answered(bank, people, clerk),
        by=make_officer("inspector2", Role.INSPECTOR),
        kind=DeterminationKind.SERIOUS_BREACH,
        facts=FACTS,
        criteria=[],
        document=document,
        document_name=name,
        reason="后果严重。",
        effects=[BreachEffect.SOCIAL_EFFECT],
    )
    return Determination.objects.get(bank=bank)


def stated(visit: InspectionVisit, by: User) -> VisitAnswer:
    """The bank's statement that the findings are corrected."""
    return reports.state_correction(visit=visit, by=by, text="已增配人员。", files=[photograph("排班表.pdf")])


def _again(visit: InspectionVisit) -> InspectionVisit:
    """Return the inspection as it is stored now."""
    found: InspectionVisit = InspectionVisit.objects.get(pk=visit.pk)
    return found


def told(bank: Bank) -> list[str]:
    """The events of which the people of a bank were told, in order."""
    keys = Message.objects.filter(uscc=bank.uscc).order_by("pk").values_list("key", flat=True)
    return [key.rsplit(":", maxsplit=1)[-1] for key in dict.fromkeys(keys)]
