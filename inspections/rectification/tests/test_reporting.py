"""The bank reports its rectification: who may, until when, with what."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from banks.members.actions import members as banks
from banks.members.models import Member
from banks.register.models import Qualification
from inspections.assessments.tests.factories import OPENED, failed_twice
from inspections.rectification.actions.reports import report_rectification
from inspections.rectification.models import RectificationOrder, RectificationReport
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import (
    DAY,
    DUE,
    at,
    reported,
    swept,
)
from inspections.verification.tests.factories import accepted
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.actions import record_scan
from zsbank.base.files.models import StoredFile
from zsbank.base.files.scanner import Answer
from zsbank.base.files.tests.papers import small_pdf
from zsbank.base.journal.tests.reading import last_transition
from zsbank.base.refusals import NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def _state(order: RectificationOrder) -> str:
    return str(RectificationOrder.objects.get(pk=order.pk).state)


def test_clerk_reports_with_evidence(order: RectificationOrder, clerk: User) -> None:
    report = reported(order, clerk, DUE)

    entry = last_transition(order)
    assert _state(order) == OrderState.REPORTED
    assert (report.submitted_by, report.accepted, report.checked_by) == (clerk, None, None)
    assert [file.name for file in report.files.all()] == ["照片.pdf"]
    assert entry is not None
    assert (entry.verb, entry.actor, entry.from_state, entry.to_state) == (
        "report_rectification",
        clerk,
        OrderState.OPEN,
        OrderState.REPORTED,
    )


def test_administrator_reports(order: RectificationOrder, administrator: User) -> None:
    assert reported(order, administrator, DUE).submitted_by == administrator


def test_report_by_officer_is_refused(order: RectificationOrder, people: "People") -> None:
    for person in (people.inspector, people.assessor, people.decider, people.intake, people.auditor):
        with pytest.raises(NotAllowed):
            reported(order, person, DUE)
    assert _state(order) == OrderState.OPEN


def test_report_by_other_bank_is_refused(order: RectificationOrder, stranger: User) -> None:
    with pytest.raises(NotAllowed):
        reported(order, stranger, DUE)
    assert not RectificationReport.objects.exists()


def test_report_by_former_member_is_refused(
    order: RectificationOrder, clerk: User, administrator: User
) -> None:
    banks.remove_member(member=Member.objects.get(user=clerk), by=administrator)
    with pytest.raises(NotAllowed):
        reported(order, clerk, DUE)
    assert _state(order) == OrderState.OPEN


def test_report_before_due_date_is_set_is_refused(
    qualification: Qualification, clerk: User, people: "People"
) -> None:
    waiting = failed_twice(qualification.bank, people)
    with pytest.raises(WrongState):
        reported(waiting, clerk, OPENED)
    assert _state(waiting) == OrderState.AWAITING_DEADLINE


def test_report_on_accepted_order_is_refused(
    reported_order: RectificationOrder, clerk: User, people: "People"
) -> None:
    with clock.playing(DUE):
        closed = accepted(reported_order, people)
    with pytest.raises(WrongState):
        reported(closed, clerk, DUE)
    assert RectificationReport.objects.count() == 1


def test_second_report_is_refused(order: RectificationOrder, clerk: User, administrator: User) -> None:
    stale = RectificationOrder.objects.get(pk=order.pk)
    reported(order, clerk, DUE)

    with pytest.raises(WrongState):
        reported(stale, administrator, DUE)

    assert stale.state == OrderState.OPEN
    assert RectificationReport.objects.get().submitted_by == clerk


def test_report_on_lapsed_order_is_refused(order: RectificationOrder, clerk: User) -> None:
    stale = RectificationOrder.objects.get(pk=order.pk)
    swept("lapse", DUE + DAY)

    with pytest.raises(WrongState):
        reported(stale, clerk, DUE + DAY)

    assert _state(order) == OrderState.LAPSED


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        pytest.param(" \n", [small_pdf()], id="no words"),
        pytest.param("已整改。", [], id="no file"),
        pytest.param("已整改。", [b""], id="an empty file"),
        pytest.param("已整改。", [small_pdf(), b"MZ not a document"], id="one file of a kind not taken"),
    ],
)
def test_report_needs_text_and_accepted_files(
    order: RectificationOrder, clerk: User, text: str, contents: list[bytes]
) -> None:
    kept = StoredFile.objects.count()
    files = [(ContentFile(content), f"{number}.pdf") for number, content in enumerate(contents)]

    with clock.playing(DUE), pytest.raises(Refused):
        report_rectification(order=order, by=clerk, text=text, files=files)

    assert _state(order) == OrderState.OPEN
    assert not RectificationReport.objects.exists()
    assert StoredFile.objects.count() == kept


def test_report_beyond_quota_is_refused(order: RectificationOrder, clerk: User, settings: Settings) -> None:
    settings.CASE_QUOTA_BYTES = 2 * len(small_pdf()) - 1
    kept = StoredFile.objects.count()
    files = [(ContentFile(small_pdf()), f"{number}.pdf") for number in range(2)]
    with clock.playing(DUE), pytest.raises(Refused) as caught:
        report_rectification(order=order, by=clerk, text="已整改。", files=files)
    assert (caught.value.code, StoredFile.objects.count()) == ("quota", kept)


def test_report_does_not_wait_for_the_virus_scan(
    order: RectificationOrder, clerk: User, client: Client, settings: Settings
) -> None:
    settings.CLAMAV_SOCKET = "unix:/nobody/there.sock"
    reported(order, clerk, DUE)
    assert _state(order) == OrderState.REPORTED
    file = StoredFile.objects.get(rectification_reports__order=order)
    address = reverse("inspections:file", args=[order.pk, file.pk])
    page = reverse("inspections:order", args=[order.pk])
    client.force_login(clerk)
    assert client.get(address).status_code == 409
    record_scan(file_id=file.pk, answer=Answer("Eicar-Test-Signature"))
    assert client.get(address).status_code == 409
    text = client.get(page, headers={"accept-language": "en"}).content.decode()
    assert "已隔离：请另交一份文件" in text
    assert address not in text


def test_report_at_23_59_on_the_due_date_is_in_time(order: RectificationOrder, clerk: User) -> None:
    last_minute = at(DUE, 23, 59)

    report = reported(order, clerk, last_minute)

    assert (report.submitted_at, _state(order)) == (last_minute, OrderState.REPORTED)
    assert swept("lapse", DUE + DAY) == 0


def test_report_after_the_due_date_is_refused(order: RectificationOrder, clerk: User) -> None:
    a_minute_later = at(DUE, 23, 59) + dt.timedelta(minutes=1)

    with pytest.raises(Refused) as refused:
        reported(order, clerk, a_minute_later)

    assert refused.value.code == "late"
    assert not RectificationReport.objects.exists()
    assert swept("lapse", DUE + DAY) == 1
