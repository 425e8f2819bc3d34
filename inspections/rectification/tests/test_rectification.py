"""Rectification reports: permission, state, due date, edit conflict."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from banks.members.actions import members as banks
from banks.members.models import Member
from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from inspections.assessments.tests.factories import OPENED, failed_twice
from inspections.rectification.actions.reports import (
    accept_rectification,
    reject_rectification,
    report_rectification,
)
from inspections.rectification.models import RectificationOrder, RectificationReport
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import (
    DAY,
    DETERMINED,
    DUE,
    at,
    ordered,
    qualified,
    reported,
    swept,
)
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.actions import record_scan
from zsbank.base.files.models import StoredFile
from zsbank.base.files.scanner import Answer
from zsbank.base.files.tests.papers import small_pdf
from zsbank.base.journal.models import Entry
from zsbank.base.journal.tests.reading import last_transition
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

Check = Callable[[RectificationOrder, User], RectificationOrder]


@pytest.fixture
def qualification(bank: Bank, people: "People") -> Qualification:
    """示例银行甲 is admitted and issues cards."""
    return qualified(bank, people.decider)


@pytest.fixture
def order(qualification: Qualification, clerk: User, people: "People") -> RectificationOrder:
    """An order of a determination, due on 2025-09-03."""
    return ordered(qualification.bank, people)


@pytest.fixture
def reported_order(order: RectificationOrder, clerk: User) -> RectificationOrder:
    """The order, reported on its due date."""
    reported(order, clerk, DUE)
    order.refresh_from_db()
    return order


def _accept(order: RectificationOrder, by: User, on: dt.date = DUE) -> RectificationOrder:
    with clock.playing(on):
        return accept_rectification(order=order, by=by, remark="已现场复核。")


def _reject(order: RectificationOrder, by: User, on: dt.date = DUE) -> RectificationOrder:
    with clock.playing(on):
        return reject_rectification(order=order, by=by, remark="仍有一个窗口未开。")


def _state(order: RectificationOrder) -> str:
    return str(RectificationOrder.objects.get(pk=order.pk).state)


def _standing(order: RectificationOrder) -> str:
    return str(Bank.objects.get(pk=order.bank_id).standing)


# Report ---------------------------------------------------------------------------------------------------


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
    accepted = _accept(reported_order, people.inspector)
    with pytest.raises(WrongState):
        reported(accepted, clerk, DUE)
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


# In time --------------------------------------------------------------------------------------------------


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


def test_report_may_be_accepted_after_the_due_date(
    reported_order: RectificationOrder, people: "People"
) -> None:
    weeks_later = DUE + 30 * DAY

    lapsed = swept("lapse", weeks_later)
    accepted = _accept(reported_order, people.inspector, weeks_later)

    assert lapsed == 0
    assert (accepted.state, accepted.due_date, accepted.closed_on) == (OrderState.ACCEPTED, DUE, weeks_later)
    assert _standing(accepted) == Standing.QUALIFIED
    assert not Entry.objects.filter(verb="lapse").exists()


def test_order_rejected_after_due_date_lapses_at_next_sweep(
    reported_order: RectificationOrder, clerk: User, people: "People"
) -> None:
    checked = DUE + 5 * DAY
    _reject(reported_order, people.inspector, checked)

    with pytest.raises(Refused) as refused:
        reported(reported_order, clerk, checked)

    assert refused.value.code == "late"
    assert swept("lapse", checked) == 1
    assert Entry.objects.get(verb="lapse").effective_on == DUE + DAY


# Accept ---------------------------------------------------------------------------------------------------


def test_accepting_makes_bank_qualified(
    reported_order: RectificationOrder, people: "People", clerk: User
) -> None:
    order = _accept(reported_order, people.inspector)

    report, letter = order.reports.get(), Letter.objects.get(kind="rectification_accepted")
    entry = last_transition(order)
    assert (order.state, order.closed_on) == (OrderState.ACCEPTED, DUE)
    assert _standing(order) == Standing.QUALIFIED
    assert (report.accepted, report.checked_by, report.remark) == (True, people.inspector, "已现场复核。")
    assert Message.objects.filter(recipient=clerk, key=f"rectification:{order.pk}:accepted").exists()
    assert entry is not None
    assert (entry.verb, entry.actor, entry.to_state) == (
        "accept_rectification",
        people.inspector,
        OrderState.ACCEPTED,
    )
    assert entry.data == {"letter": str(letter)}


def test_accepting_keeps_bank_under_a_lapsed_order(
    reported_order: RectificationOrder, people: "People"
) -> None:
    ordered(reported_order.bank, people, on=DETERMINED - DAY)
    swept("lapse", DUE)

    _accept(reported_order, people.inspector)

    assert _standing(reported_order) == Standing.UNDER_RECTIFICATION


# Reject ---------------------------------------------------------------------------------------------------


def test_rejecting_keeps_the_due_date(
    reported_order: RectificationOrder, people: "People", clerk: User
) -> None:
    order = _reject(reported_order, people.inspector)

    report, entry = order.reports.get(), last_transition(order)
    posted = Message.objects.get(recipient=clerk, key=f"rectification:{order.pk}:rejected:{report.pk}")
    assert (order.state, order.due_date, order.closed_on) == (OrderState.OPEN, DUE, None)
    assert (report.accepted, report.checked_by) == (False, people.inspector)
    assert "仍有一个窗口未开。" in posted.body
    assert _standing(order) == Standing.UNDER_RECTIFICATION
    assert entry is not None
    assert (entry.verb, entry.from_state, entry.to_state, entry.reason) == (
        "reject_rectification",
        OrderState.REPORTED,
        OrderState.OPEN,
        "仍有一个窗口未开。",
    )


def test_bank_reports_again_after_rejection(order: RectificationOrder, clerk: User, people: "People") -> None:
    first = reported(order, clerk, DUE - 7 * DAY)
    _reject(order, people.inspector, DUE - DAY)

    second = reported(order, clerk, DUE)
    _accept(order, people.inspector)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.accepted, first.remark) == (False, "仍有一个窗口未开。")
    assert (second.accepted, second.remark) == (True, "已现场复核。")


def test_each_rejection_is_notified(order: RectificationOrder, clerk: User, people: "People") -> None:
    for day in (DUE - DAY, DUE):
        reported(order, clerk, day)
        _reject(order, people.inspector, day)

    assert Message.objects.filter(recipient=clerk, title="整改验收未通过，请继续整改").count() == 2


def test_rejection_needs_a_remark(reported_order: RectificationOrder, people: "People") -> None:
    with clock.playing(DUE), pytest.raises(Incomplete):
        reject_rectification(order=reported_order, by=people.inspector, remark=" ")
    assert _state(reported_order) == OrderState.REPORTED


# Check, either way ---------------------------------------------------------------------------------------

either_way = pytest.mark.parametrize("check", [_accept, _reject])


@either_way
def test_checking_needs_the_role_of_inspector(
    reported_order: RectificationOrder, people: "People", clerk: User, administrator: User, check: Check
) -> None:
    for person in (people.assessor, people.decider, people.reviewer, people.auditor, clerk, administrator):
        with pytest.raises(NotAllowed):
            check(reported_order, person)
    assert _state(reported_order) == OrderState.REPORTED
    assert reported_order.reports.get().accepted is None


@either_way
def test_checking_by_other_bank_is_refused(
    reported_order: RectificationOrder, stranger: User, check: Check
) -> None:
    with pytest.raises(NotAllowed):
        check(reported_order, stranger)
    assert _state(reported_order) == OrderState.REPORTED


@either_way
def test_checking_without_report_is_refused(
    order: RectificationOrder, people: "People", check: Check
) -> None:
    with pytest.raises(WrongState):
        check(order, people.inspector)
    assert _state(order) == OrderState.OPEN
    assert _standing(order) == Standing.UNDER_RECTIFICATION


@either_way
def test_rejected_report_is_not_checked_again(
    reported_order: RectificationOrder, people: "People", check: Check
) -> None:
    stale = RectificationOrder.objects.get(pk=reported_order.pk)
    _reject(reported_order, people.inspector)

    with pytest.raises(WrongState):
        check(stale, people.inspector)

    assert stale.state == OrderState.REPORTED
    assert _state(reported_order) == OrderState.OPEN
    assert not Letter.objects.filter(kind="rectification_accepted").exists()


@either_way
def test_accepted_order_is_not_checked_again(
    reported_order: RectificationOrder, people: "People", check: Check
) -> None:
    stale = RectificationOrder.objects.get(pk=reported_order.pk)
    _accept(reported_order, people.inspector)

    with pytest.raises(WrongState):
        check(stale, people.inspector)

    assert stale.state == OrderState.REPORTED
    assert _state(reported_order) == OrderState.ACCEPTED
    assert reported_order.reports.get().accepted is True
    assert Letter.objects.filter(kind="rectification_accepted").count() == 1


def test_submitter_does_not_check_the_report(
    order: RectificationOrder, clerk: User, people: "People"
) -> None:
    reported(order, clerk, DUE)
    clerk.is_staff = True
    clerk.save(update_fields=["is_staff"])
    clerk.groups.set(people.inspector.groups.all())

    with pytest.raises(NotAllowed), clock.playing(DUE):
        accept_rectification(order=order, by=User.objects.get(pk=clerk.pk))

    order.refresh_from_db()
    assert order.state == OrderState.REPORTED
