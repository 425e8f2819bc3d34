"""Rectification by its actions: reported, accepted, rejected; by whom, in which state, and from which copy."""

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
    """示例银行甲 is admitted and issues."""
    return qualified(bank, people.decider)


@pytest.fixture
def order(qualification: Qualification, clerk: User, people: "People") -> RectificationOrder:
    """An order on a determination, due on 2025-09-03; the clerk of the bank knows."""
    return ordered(qualification.bank, people)


@pytest.fixture
def handed_in(order: RectificationOrder, clerk: User) -> RectificationOrder:
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


def test_a_clerk_reports_with_evidence(order: RectificationOrder, clerk: User) -> None:
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


def test_the_banks_administrator_reports_as_well(order: RectificationOrder, administrator: User) -> None:
    assert reported(order, administrator, DUE).submitted_by == administrator


def test_officers_do_not_report_for_the_bank(order: RectificationOrder, people: "People") -> None:
    for person in (people.inspector, people.assessor, people.decider, people.intake, people.auditor):
        with pytest.raises(NotAllowed):
            reported(order, person, DUE)
    assert _state(order) == OrderState.OPEN


def test_another_banks_people_do_not_report(order: RectificationOrder, stranger: User) -> None:
    with pytest.raises(NotAllowed):
        reported(order, stranger, DUE)
    assert not RectificationReport.objects.exists()


def test_who_left_the_bank_does_not_report(
    order: RectificationOrder, clerk: User, administrator: User
) -> None:
    banks.remove_member(member=Member.objects.get(user=clerk), by=administrator)
    with pytest.raises(NotAllowed):
        reported(order, clerk, DUE)
    assert _state(order) == OrderState.OPEN


def test_nothing_is_reported_before_the_due_date_stands(
    qualification: Qualification, clerk: User, people: "People"
) -> None:
    waiting = failed_twice(qualification.bank, people)
    with pytest.raises(WrongState):
        reported(waiting, clerk, OPENED)
    assert _state(waiting) == OrderState.AWAITING_DEADLINE


def test_nothing_more_is_reported_on_an_accepted_order(
    handed_in: RectificationOrder, clerk: User, people: "People"
) -> None:
    accepted = _accept(handed_in, people.inspector)
    with pytest.raises(WrongState):
        reported(accepted, clerk, DUE)
    assert RectificationReport.objects.count() == 1


def test_a_colleague_with_a_stale_copy_does_not_report_twice(
    order: RectificationOrder, clerk: User, administrator: User
) -> None:
    stale = RectificationOrder.objects.get(pk=order.pk)
    reported(order, clerk, DUE)

    with pytest.raises(WrongState):
        reported(stale, administrator, DUE)

    assert stale.state == OrderState.OPEN
    assert RectificationReport.objects.get().submitted_by == clerk


def test_a_stale_copy_of_a_lapsed_order_is_not_reported(order: RectificationOrder, clerk: User) -> None:
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
def test_a_report_needs_words_and_files_that_are_taken(
    order: RectificationOrder, clerk: User, text: str, contents: list[bytes]
) -> None:
    kept = StoredFile.objects.count()
    files = [(ContentFile(content), f"{number}.pdf") for number, content in enumerate(contents)]

    with clock.playing(DUE), pytest.raises(Refused):
        report_rectification(order=order, by=clerk, text=text, files=files)

    assert _state(order) == OrderState.OPEN
    assert not RectificationReport.objects.exists()
    assert StoredFile.objects.count() == kept


def test_a_report_beyond_the_quota_of_the_order_is_refused_and_leaves_nothing(
    order: RectificationOrder, clerk: User, settings: Settings
) -> None:
    settings.CASE_QUOTA_BYTES = 2 * len(small_pdf()) - 1
    kept = StoredFile.objects.count()
    files = [(ContentFile(small_pdf()), f"{number}.pdf") for number in range(2)]
    with clock.playing(DUE), pytest.raises(Refused) as caught:
        report_rectification(order=order, by=clerk, text="已整改。", files=files)
    assert (caught.value.code, StoredFile.objects.count()) == ("quota", kept)


def test_a_report_does_not_wait_for_the_scanner_but_its_files_do(
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


def test_reported_on_the_due_date_at_23_59_is_in_time(order: RectificationOrder, clerk: User) -> None:
    last_minute = at(DUE, 23, 59)

    report = reported(order, clerk, last_minute)

    assert (report.submitted_at, _state(order)) == (last_minute, OrderState.REPORTED)
    assert swept("lapse", DUE + DAY) == 0


def test_reported_a_minute_later_is_too_late(order: RectificationOrder, clerk: User) -> None:
    a_minute_later = at(DUE, 23, 59) + dt.timedelta(minutes=1)

    with pytest.raises(Refused) as refused:
        reported(order, clerk, a_minute_later)

    assert refused.value.code == "late"
    assert not RectificationReport.objects.exists()
    assert swept("lapse", DUE + DAY) == 1


def test_reported_in_time_and_accepted_afterwards_is_in_time(
    handed_in: RectificationOrder, people: "People"
) -> None:
    weeks_later = DUE + 30 * DAY

    lapsed = swept("lapse", weeks_later)
    accepted = _accept(handed_in, people.inspector, weeks_later)

    assert lapsed == 0
    assert (accepted.state, accepted.due_date, accepted.closed_on) == (OrderState.ACCEPTED, DUE, weeks_later)
    assert _standing(accepted) == Standing.QUALIFIED
    assert not Entry.objects.filter(verb="lapse").exists()


def test_rejected_after_the_due_date_lapses_at_the_next_sweep(
    handed_in: RectificationOrder, clerk: User, people: "People"
) -> None:
    checked = DUE + 5 * DAY
    _reject(handed_in, people.inspector, checked)

    with pytest.raises(Refused) as refused:
        reported(handed_in, clerk, checked)

    assert refused.value.code == "late"
    assert swept("lapse", checked) == 1
    assert Entry.objects.get(verb="lapse").effective_on == DUE + DAY


# Accept ---------------------------------------------------------------------------------------------------


def test_an_inspector_accepts_and_the_bank_stands_as_qualified_again(
    handed_in: RectificationOrder, people: "People", clerk: User
) -> None:
    order = _accept(handed_in, people.inspector)

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


def test_accepting_leaves_a_bank_under_an_order_that_lapsed(
    handed_in: RectificationOrder, people: "People"
) -> None:
    ordered(handed_in.bank, people, on=DETERMINED - DAY)
    swept("lapse", DUE)

    _accept(handed_in, people.inspector)

    assert _standing(handed_in) == Standing.UNDER_RECTIFICATION


# Reject ---------------------------------------------------------------------------------------------------


def test_an_inspector_rejects_and_the_due_date_stays(
    handed_in: RectificationOrder, people: "People", clerk: User
) -> None:
    order = _reject(handed_in, people.inspector)

    report, entry = order.reports.get(), last_transition(order)
    told = Message.objects.get(recipient=clerk, key=f"rectification:{order.pk}:rejected:{report.pk}")
    assert (order.state, order.due_date, order.closed_on) == (OrderState.OPEN, DUE, None)
    assert (report.accepted, report.checked_by) == (False, people.inspector)
    assert "仍有一个窗口未开。" in told.body
    assert _standing(order) == Standing.UNDER_RECTIFICATION
    assert entry is not None
    assert (entry.verb, entry.from_state, entry.to_state, entry.reason) == (
        "reject_rectification",
        OrderState.REPORTED,
        OrderState.OPEN,
        "仍有一个窗口未开。",
    )


def test_after_a_rejection_the_bank_reports_again_until_the_due_date(
    order: RectificationOrder, clerk: User, people: "People"
) -> None:
    first = reported(order, clerk, DUE - 7 * DAY)
    _reject(order, people.inspector, DUE - DAY)

    second = reported(order, clerk, DUE)
    _accept(order, people.inspector)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.accepted, first.remark) == (False, "仍有一个窗口未开。")
    assert (second.accepted, second.remark) == (True, "已现场复核。")


def test_each_rejection_is_told(order: RectificationOrder, clerk: User, people: "People") -> None:
    for day in (DUE - DAY, DUE):
        reported(order, clerk, day)
        _reject(order, people.inspector, day)

    assert Message.objects.filter(recipient=clerk, title="整改验收未通过").count() == 2


def test_a_rejection_says_what_is_still_to_be_put_right(
    handed_in: RectificationOrder, people: "People"
) -> None:
    with clock.playing(DUE), pytest.raises(Incomplete):
        reject_rectification(order=handed_in, by=people.inspector, remark=" ")
    assert _state(handed_in) == OrderState.REPORTED


# Check, either way ---------------------------------------------------------------------------------------

either_way = pytest.mark.parametrize("check", [_accept, _reject])


@either_way
def test_who_is_no_inspector_checks_nothing(
    handed_in: RectificationOrder, people: "People", clerk: User, administrator: User, check: Check
) -> None:
    for person in (people.assessor, people.decider, people.reviewer, people.auditor, clerk, administrator):
        with pytest.raises(NotAllowed):
            check(handed_in, person)
    assert _state(handed_in) == OrderState.REPORTED
    assert handed_in.reports.get().accepted is None


@either_way
def test_another_banks_people_check_nothing(
    handed_in: RectificationOrder, stranger: User, check: Check
) -> None:
    with pytest.raises(NotAllowed):
        check(handed_in, stranger)
    assert _state(handed_in) == OrderState.REPORTED


@either_way
def test_what_is_not_reported_is_not_checked(
    order: RectificationOrder, people: "People", check: Check
) -> None:
    with pytest.raises(WrongState):
        check(order, people.inspector)
    assert _state(order) == OrderState.OPEN
    assert _standing(order) == Standing.UNDER_RECTIFICATION


@either_way
def test_a_stale_copy_of_a_rejected_report_is_not_checked_again(
    handed_in: RectificationOrder, people: "People", check: Check
) -> None:
    stale = RectificationOrder.objects.get(pk=handed_in.pk)
    _reject(handed_in, people.inspector)

    with pytest.raises(WrongState):
        check(stale, people.inspector)

    assert stale.state == OrderState.REPORTED
    assert _state(handed_in) == OrderState.OPEN
    assert not Letter.objects.filter(kind="rectification_accepted").exists()


@either_way
def test_a_stale_copy_of_an_accepted_order_is_not_checked_again(
    handed_in: RectificationOrder, people: "People", check: Check
) -> None:
    stale = RectificationOrder.objects.get(pk=handed_in.pk)
    _accept(handed_in, people.inspector)

    with pytest.raises(WrongState):
        check(stale, people.inspector)

    assert stale.state == OrderState.REPORTED
    assert _state(handed_in) == OrderState.ACCEPTED
    assert handed_in.reports.get().accepted is True
    assert Letter.objects.filter(kind="rectification_accepted").count() == 1


def test_nobody_checks_the_report_they_filed_themselves(
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
