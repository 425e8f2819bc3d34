"""The pages of supervision with an upload."""

import datetime as dt
from typing import Any

from django.urls import reverse

from admission.applications.models import Application
from admission.tests.factories import admitted
from inspections.complaints.models import ComplaintReply
from inspections.complaints.tests.factories import forwarded as forwarded_complaint
from inspections.determinations.models import Determination
from inspections.fees.models import FeeNotice, FeePayment
from inspections.fees.tests.factories import entered as entered_fee_notice
from inspections.rectification.models import RectificationOrder, RectificationReport
from inspections.rectification.tests.factories import HEARD, ordered, reported
from inspections.setting_aside.models import SettingAside
from inspections.verification.models import Verification
from inspections.visits.models import ChecklistItem, PersonPresent, VisitAnswer
from inspections.visits.tests import factories as visits
from tests.security.upload_place import TYPED, Place, World, action_page
from zsbank.base.calendar import clock


def determination(world: World) -> Place:
    admitted(world.bank, world.clerk, world.people)
    entered = {
        "bank": world.bank.pk,
        "kind": "criteria_not_met",
        "criteria": [Application.objects.get().edition.criteria.get(number=5).pk],
        "facts": TYPED,
    }
    path = action_page("inspections_determination", "propose_determination")
    return Place(world.people.inspector, path, "document", Determination, entered, spoilt={"facts": ""})


def setting_aside(world: World) -> Place:
    with clock.playing(clock.today() - 2 * HEARD):
        admitted(world.bank, world.clerk, world.people)
    made = ordered(world.bank, world.people, on=clock.today()).determination
    entered = {
        "basis": "judgment",
        "document_number": "（2026）示例行终7号",
        "document_date": clock.today().isoformat(),
        "reason": TYPED,
    }
    path = action_page("inspections_determination", "propose_setting_aside", made)
    return Place(
        world.people.inspector,
        path,
        "document",
        SettingAside,
        entered,
        spoilt={"document_date": "2100-01-01"},
    )


def _order(world: World) -> RectificationOrder:
    """An order of today."""
    with clock.playing(clock.today() - 2 * HEARD):
        admitted(world.bank, world.clerk, world.people)
    return ordered(world.bank, world.people, on=clock.today())


def progress(world: World) -> Place:
    path, entered = reverse("inspections:progress", args=[_order(world).pk]), {"kind": "plan", "text": TYPED}
    return Place(world.clerk, path, "files", RectificationReport, entered, spoilt={"text": ""})


def verification(world: World) -> Place:
    order = _order(world)
    reported(order, world.clerk, clock.now())
    entered = {
        "manner": "visit",
        "seen_on": clock.today().isoformat(),
        "accompanied_by": world.people.assessor.pk,
        "fulfilled": "yes",
        "findings": TYPED,
    }
    path = action_page("inspections_rectificationorder", "verify_rectification", order)
    spoilt = {"seen_on": "2100-01-01"}
    return Place(world.people.inspector, path, "files", Verification, entered, spoilt=spoilt)


def report(world: World) -> Place:
    order = _order(world)
    path = reverse("inspections:report", args=[order.pk])
    return Place(world.clerk, path, "files", RectificationReport, {"text": TYPED}, spoilt={"text": ""})


def fee_notice(world: World) -> Place:
    admitted(world.bank, world.clerk, world.people)
    today = clock.today()
    entered = {
        "bank": world.bank.pk,
        "number": "44200026000017",
        "year": today.year,
        "covers": TYPED,
        "amount": "12345.60",
        "issued_on": today.isoformat(),
        "due": (today + dt.timedelta(days=30)).isoformat(),
    }
    path = action_page("inspections_feenotice", "enter_fee_notice")
    return Place(world.people.inspector, path, "document", FeeNotice, entered, spoilt={"amount": "0"})


def stated_payment(world: World) -> Place:
    path = reverse("inspections:fee_payment", args=[_fee_notice_of(world).pk])
    return Place(world.clerk, path, "proof", FeePayment, _payment(), spoilt={"paid_on": "2100-01-01"})


def recorded_payment(world: World) -> Place:
    path = action_page("inspections_feenotice", "record_fee_payment", _fee_notice_of(world))
    spoilt = {"paid_on": "2100-01-01"}
    return Place(world.people.inspector, path, "proof", FeePayment, _payment(), spoilt=spoilt)


def complaint_answer(world: World) -> Place:
    admitted(world.bank, world.clerk, world.people)
    today = clock.today()
    complaint = forwarded_complaint(world.bank, world.people.inspector, on=today, received_on=today)
    path = reverse("inspections:complaint_answer", args=[complaint.pk])
    return Place(world.clerk, path, "files", ComplaintReply, {"text": TYPED}, spoilt={"text": ""})


def _fee_notice_of(world: World) -> FeeNotice:
    """A notice issued today."""
    admitted(world.bank, world.clerk, world.people)
    today = clock.today()
    days = {"year": today.year, "issued_on": today, "due": today + dt.timedelta(days=30)}
    return entered_fee_notice(world.bank, world.people.inspector, on=today, **days)


def _payment() -> dict[str, Any]:
    return {"paid_on": clock.today().isoformat(), "remark": TYPED}


def checklist(world: World) -> Place:
    admitted(world.bank, world.clerk, world.people)
    visit = visits.planned(world.bank, world.people)
    first, *others = (one.pk for one in visits.criteria_of(visit))
    entered = {f"result_{pk}": "not_seen" for pk in others} | {
        "seen_on": clock.today().isoformat(),
        "version": 0,
        f"result_{first}": "not_in_order",
        f"severity_{first}": "minor",
        f"facts_{first}": TYPED,
    }
    place = visit.outlets.earliest("pk")
    path = reverse("admin:inspections_inspectionvisit_checklist", args=[visit.pk, place.pk])
    spoilt = {"seen_on": "2100-01-01"}
    return Place(world.people.inspector, path, f"photographs_{first}", ChecklistItem, entered, spoilt=spoilt)


def signed_record(world: World) -> Place:
    admitted(world.bank, world.clerk, world.people)
    visit = visits.recorded(world.bank, world.people)
    path = action_page("inspections_inspectionvisit", "sign_inspection", visit)
    entered = {"name_1": TYPED, "position_1": "主任"}
    spoilt = {"position_1": ""}
    return Place(world.people.inspector, path, "signed_record", PersonPresent, entered, spoilt=spoilt)


def inspection_answer(world: World) -> Place:
    admitted(world.bank, world.clerk, world.people)
    visit = visits.reported(world.bank, world.people)
    path = reverse("inspections:visit_answer", args=[visit.pk])
    return Place(world.clerk, path, "files", VisitAnswer, {"text": TYPED})


def inspection_correction(world: World) -> Place:
    admitted(world.bank, world.clerk, world.people)
    visit = visits.correcting(world.bank, world.people, world.administrator)
    path = reverse("inspections:visit_correction", args=[visit.pk])
    return Place(world.clerk, path, "files", VisitAnswer, {"text": TYPED})


def inspection_proposal(world: World) -> Place:
    admitted(world.bank, world.clerk, world.people)
    visit = visits.answered(world.bank, world.people, world.clerk)
    path = action_page("inspections_inspectionvisit", "propose_after_inspection", visit)
    criteria = [one.pk for one in visits.criteria_of(visit)[:1]]
    entered = {"kind": "criteria_not_met", "criteria": criteria, "facts": TYPED, "reason": "示例。"}
    return Place(world.people.inspector, path, "document", Determination, entered, spoilt={"facts": ""})
