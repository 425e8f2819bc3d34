"""Plan and interim report of a rectification: not asked for, kept, read by officers, and nothing follows from them."""

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from admission.tests.factories import PDF
from inspections.rectification import rules
from inspections.rectification.actions.reports import report_progress
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.terms import ReportKind
from inspections.rectification.tests.factories import DAY, DETERMINED, DUE, planned, reported
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import case_page
from zsbank.base.notices.models import Message
from zsbank.base.refusals import Incomplete, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
PLAN = "九月底前增配一名柜员。"


def test_plan_changes_no_state_and_no_date(order: RectificationOrder, clerk: User, people: "People") -> None:
    with clock.playing(DETERMINED + DAY):
        plan = planned(order, clerk)
    again = RectificationOrder.objects.get()
    assert (again.state, again.due_date, again.verify_by) == (OrderState.OPEN, DUE, None)
    assert (plan.kind, plan.text, plan.files.count()) == (ReportKind.PLAN, PLAN, 1)
    assert again.report_to_check is None
    told = Message.objects.filter(key=f"rectification:{order.pk}:progress:{plan.pk}")
    assert {row.recipient for row in told} == {people.inspector, people.assessor, people.second_assessor}


def test_report_after_a_plan_is_the_one_to_check(order: RectificationOrder, clerk: User) -> None:
    with clock.playing(DETERMINED + DAY):
        planned(order, clerk)
    final = reported(order, clerk, DUE)
    order.refresh_from_db()
    assert order.report_to_check == final
    with clock.playing(DUE), pytest.raises(WrongState):
        planned(order, clerk)


def test_plan_after_the_due_date_is_late(order: RectificationOrder, clerk: User) -> None:
    with clock.playing(DUE + DAY), pytest.raises(Refused) as refused:
        planned(order, clerk)
    assert refused.value.code == "late"


def test_plan_needs_a_text(order: RectificationOrder, clerk: User) -> None:
    with clock.playing(DUE), pytest.raises(Incomplete):
        report_progress(order=order, by=clerk, kind=ReportKind.PLAN, text=" ")


def test_only_so_many_are_taken(
    order: RectificationOrder, clerk: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_PROGRESS", 2)
    with clock.playing(DUE):
        for kind in (ReportKind.PLAN, ReportKind.INTERIM):
            planned(order, clerk, kind=kind)
        with pytest.raises(Refused) as refused:
            planned(order, clerk)
        assert refused.value.code == "too_many"
        client.force_login(clerk)
        page = client.get(reverse("inspections:progress", args=[order.pk])).content.decode()
    assert "2份整改方案和中期报告，不再接收" in page
    assert "<textarea" not in page
    assert reported(order, clerk, DUE).is_final


def test_database_decides_on_reports_only(order: RectificationOrder, clerk: User) -> None:
    with clock.playing(DUE):
        planned(order, clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        order.reports.update(accepted=True)


def test_bank_submits_a_plan_on_its_page_and_finds_it_there(
    order: RectificationOrder, clerk: User, client: Client
) -> None:
    client.force_login(clerk)
    address = reverse("inspections:progress", args=[order.pk])
    document = SimpleUploadedFile("整改方案.pdf", PDF, content_type="application/pdf")
    with clock.playing(DETERMINED + DAY):
        page = client.get(reverse("inspections:order", args=[order.pk])).content.decode()
        assert f'href="{address}"' in page
        given = {"kind": "interim", "text": "已增配一名柜员。", "files": document}
        answer = client.post(address, given, follow=True)
    said = answer.content.decode()
    report = order.reports.get()
    assert (report.kind, report.submitted_by) == (ReportKind.INTERIM, clerk)
    assert "中期报告" in said
    assert "已增配一名柜员。" in said
    assert "待验收" not in said
    receipt = reverse("inspections:progress_receipt", args=[report.pk])
    assert f'href="{receipt}"' in said
    assert client.get(receipt).status_code == 200
    assert client.get(reverse("inspections:report_receipt", args=[report.pk])).status_code == 404


def test_page_says_why_no_plan_can_be_submitted(
    reported_order: RectificationOrder, clerk: User, client: Client
) -> None:
    client.force_login(clerk)
    with clock.playing(DUE):
        page = client.get(reverse("inspections:progress", args=[reported_order.pk])).content.decode()
    assert "<textarea" not in page
    order_page = client.get(reverse("inspections:order", args=[reported_order.pk])).content.decode()
    assert reverse("inspections:progress", args=[reported_order.pk]) not in order_page


def test_officer_reads_the_plan_on_the_page_of_the_order(
    order: RectificationOrder, clerk: User, people: "People", client: Client
) -> None:
    with clock.playing(DETERMINED + DAY):
        planned(order, clerk)
    client.force_login(people.inspector)
    page = client.get(case_page(order)).content.decode()
    assert "整改方案" in page
    assert PLAN in page
