"""Inspections of the demonstration: closed, to be answered, to be corrected, to be decided, and planned."""

import datetime as dt

from banks.outlets.models import Outlet
from banks.register.models import Bank
from inspections.visits.actions import fieldwork, following, planning, reports
from inspections.visits.actions.fieldwork import Present, Seen
from inspections.visits.models import InspectionVisit
from inspections.visits.terms import ItemResult, Severity
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.site.operations.demonstration.documents import paper
from zsbank.site.operations.demonstration.people import Officers

Found = dict[str, tuple[Severity, str]]
"""By code of the criterion: severity and facts of a finding."""

WITNESS = Present("陈某", "营业部主任")


def plan(
    bank: Bank,
    officers: Officers,
    outlets: slice,
    purpose: str,
    *,
    day: dt.date,
    planned: bool = True,
    announced: bool = True,
) -> InspectionVisit:
    """Plan an inspection, today or before."""
    chosen = list(Outlet.objects.filter(bank=bank)[outlets])
    return planning.plan_inspection(
        bank=bank,
        by=officers.inspector,
        visit_day=day,
        outlets=chosen,
        led_by=officers.inspector,
        accompanied_by=officers.reviewer,
        purpose=purpose,
        planned=planned,
        announced=announced,
    )


def hold(
    bank: Bank, officers: Officers, outlets: slice, purpose: str, *, ago: int, found: Found, **other: bool
) -> InspectionVisit:
    """Hold an inspection so many calendar days ago, up to the report; the findings are at its first outlet."""
    day = clock.today() - dt.timedelta(days=ago)
    with clock.playing(day):
        visit = plan(bank, officers, outlets, purpose, day=day, **other)
        for number, place in enumerate(visit.outlets.order_by("pk")):
            here = {} if number else found
            codes = {one.slug: one.pk for one in visit.edition.criteria.all()}
            seen = {pk: Seen(ItemResult.IN_ORDER) for pk in codes.values()} | {
                codes[code]: Seen(ItemResult.NOT_IN_ORDER, *said) for code, said in here.items()
            }
            photograph = paper("现场照片", place.name)
            fieldwork.record_inspection(
                visit=visit,
                by=officers.inspector,
                place=place,
                seen_on=day,
                seen=seen,
                photographs={codes[code]: [(photograph, "现场照片.pdf")] for code in here},
                version=place.version,
            )
        visit.refresh_from_db()
        visit = fieldwork.sign_inspection(
            visit=visit,
            by=officers.inspector,
            present=[WITNESS],
            signed_record=(paper("现场检查笔录", purpose), "现场检查笔录.pdf"),
        )
        visit = fieldwork.confirm_inspection(visit=visit, by=officers.inspector)
        return fieldwork.confirm_inspection(visit=visit, by=officers.reviewer)


def report(visit: InspectionVisit, officers: Officers, *, ago: int) -> InspectionVisit:
    """Sign the report so many calendar days ago."""
    with clock.playing(clock.today() - dt.timedelta(days=ago)):
        return reports.report_inspection(visit=visit, by=officers.decider)


def answer(visit: InspectionVisit, by: User, text: str, *, ago: int) -> InspectionVisit:
    """Let the bank answer so many calendar days ago."""
    with clock.playing(clock.today() - dt.timedelta(days=ago)):
        return reports.answer_inspection(visit=visit, by=by, text=text).visit


def demand(visit: InspectionVisit, officers: Officers, reason: str, *, ago: int, days: int) -> None:
    """Demand the correction so many calendar days ago, within so many days."""
    day = clock.today() - dt.timedelta(days=ago)
    with clock.playing(day):
        following.demand_correction(
            visit=visit, by=officers.decider, correct_by=day + dt.timedelta(days=days), reason=reason
        )


def close(visit: InspectionVisit, officers: Officers, reason: str, *, ago: int) -> None:
    """Close the inspection without consequences so many calendar days ago."""
    with clock.playing(clock.today() - dt.timedelta(days=ago)):
        following.close_inspection(visit=visit, by=officers.decider, reason=reason)
