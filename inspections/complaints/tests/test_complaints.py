"""Complaints that are entered: forwarding, answering, sending back, closing, opening again, withdrawing, figures."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from admission.editions.models import Criterion, PolicyEdition
from banks.register.models import Bank
from inspections.complaints.actions import complaints, replies
from inspections.complaints.models import Complaint, ComplaintReply
from inspections.complaints.queries import By, complaints_of_period, figures_of_year, sums_of_year
from inspections.complaints.states import ComplaintState
from inspections.complaints.terms import LONGEST_DAYS, OTHER_KIND
from inspections.complaints.tests.factories import (
    DUE,
    FORWARDED,
    answered,
    closed,
    entered,
    forwarded,
    outlet_of,
    said,
)
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.notices.models import Message
from zsbank.base.refusals import Incomplete, NotAllowed, NotYet, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_bank_is_told_when_it_is_forwarded_and_not_before(bank: Bank, clerk: User, people: "People") -> None:
    complaint = entered(bank, people.inspector)
    assert not Message.objects.filter(recipient=clerk).exists()
    with clock.playing(FORWARDED):
        done = complaints.forward_complaint(complaint=complaint, by=people.inspector)
    assert (done.state, done.due_date, done.rounds) == (ComplaintState.FORWARDED, DUE, 1)
    assert Message.objects.get(recipient=clerk).due == DUE


def test_days_are_those_of_the_edition_unless_the_officer_sets_others(
    bank: Bank, people: "People", edition: PolicyEdition
) -> None:
    PolicyEdition.objects.filter(pk=edition.pk).update(complaint_days=3)
    assert forwarded(bank, people.inspector).due_date == dt.date(2025, 3, 7)
    complaint = entered(bank, people.inspector, reference="2")
    for days in (0, LONGEST_DAYS + 1):
        with pytest.raises(Refused) as refusal:
            complaints.forward_complaint(complaint=complaint, by=people.inspector, days=days)
        assert refusal.value.code == "days"
    with clock.playing(FORWARDED):
        done = complaints.forward_complaint(
            complaint=complaint, by=people.inspector, days=1, kind="no-tied-selling"
        )
    assert done.due_date == FORWARDED + DAY
    assert done.criterion == Criterion.objects.get(slug="no-tied-selling")


@pytest.mark.parametrize(("on", "late"), [(DUE, 0), (DUE + DAY, 1), (DUE + 5 * DAY, 5)])
def test_late_answer_is_taken_and_shows(complaint: Complaint, clerk: User, on: dt.date, late: int) -> None:
    reply = answered(complaint, clerk, on=on)
    assert reply.days_late == late
    assert reply.complaint.days_late == late


def test_answer_has_text_and_evidence(complaint: Complaint, clerk: User) -> None:
    with pytest.raises(Incomplete):
        replies.answer_complaint(complaint=complaint, by=clerk, **said(text=" "))
    with pytest.raises(Incomplete):
        replies.answer_complaint(complaint=complaint, by=clerk, **said(files=[]))
    assert not ComplaintReply.objects.exists()


def test_other_bank_answers_nothing(complaint: Complaint, stranger: User) -> None:
    with pytest.raises(NotAllowed):
        answered(complaint, stranger)


def test_answer_that_was_sent_back_is_given_again_by_a_new_due_date(
    complaint: Complaint, clerk: User, people: "People"
) -> None:
    answered(complaint, clerk, on=DUE + DAY)
    with clock.playing(DUE + 2 * DAY):
        back = replies.send_back_complaint(
            complaint=complaint, by=people.inspector, reason="未附记录。", days=5
        )
    assert (back.state, back.due_date, back.demand) == (
        ComplaintState.FORWARDED,
        dt.date(2025, 3, 27),
        "未附记录。",
    )
    again = answered(back, clerk, on=dt.date(2025, 3, 27))
    assert [one.days_late for one in again.complaint.replies.all()] == [0, 1]
    assert list(back.replies.values_list("taken", "remark")) == [(None, ""), (False, "未附记录。")]


def test_officer_who_answered_for_the_bank_does_not_check_it(
    complaint: Complaint, clerk: User, people: "People"
) -> None:
    reply = answered(complaint, clerk)
    ComplaintReply.objects.filter(pk=reply.pk).update(answered_by=people.inspector)
    with pytest.raises(NotAllowed):
        closed(complaint, people.inspector)
    with pytest.raises(NotAllowed):
        replies.send_back_complaint(complaint=complaint, by=people.inspector, reason="未附记录。")


def test_complaint_is_closed_without_an_answer_only_after_the_due_date(
    complaint: Complaint, people: "People"
) -> None:
    with pytest.raises(NotYet):
        closed(complaint, people.inspector, on=DUE)
    done = closed(complaint, people.inspector, on=DUE + DAY)
    assert (done.state, done.founded, done.closed_on) == (ComplaintState.CLOSED, True, DUE + DAY)


def test_closed_complaint_is_opened_again_and_keeps_what_was_said(
    complaint: Complaint, clerk: User, people: "People"
) -> None:
    answered(complaint, clerk)
    done = closed(complaint, people.inspector, founded=False)
    with clock.playing(DUE + DAY):
        again = complaints.reopen_complaint(
            complaint=done, by=people.inspector, reason="群众再次反映。", days=2
        )
    assert (again.state, again.founded, again.result, again.closed_on) == (
        ComplaintState.FORWARDED,
        None,
        "",
        None,
    )
    assert again.due_date == dt.date(2025, 3, 21)
    assert list(again.replies.values_list("taken", "remark")) == [(True, "未落实首问负责。")]


def test_complaint_is_withdrawn_by_another_person_only(
    complaint: Complaint, people: "People", second_inspector: User
) -> None:
    with pytest.raises(NotAllowed):
        complaints.withdraw_complaint(complaint=complaint, by=people.inspector, reason="登记有误。")
    done = complaints.withdraw_complaint(complaint=complaint, by=second_inspector, reason="登记有误。")
    assert (done.state, done.withdrawn_by, done.days_late) == (
        ComplaintState.WITHDRAWN,
        second_inspector,
        0,
    )
    assert entered(complaint.bank, people.inspector).reference == complaint.reference


def test_answered_complaint_is_not_withdrawn(
    complaint: Complaint, clerk: User, second_inspector: User
) -> None:
    answered(complaint, clerk)
    with pytest.raises(WrongState):
        complaints.withdraw_complaint(complaint=complaint, by=second_inspector, reason="登记有误。")


def test_figures_count_by_bank_outlet_kind_and_month(
    bank: Bank, clerk: User, people: "People", second_inspector: User
) -> None:
    outlet = outlet_of(bank=bank, name="石岐支行")
    first = forwarded(bank, people.inspector, reference="1", outlet=outlet)
    answered(first, clerk, on=DUE + DAY)
    closed(first, people.inspector, on=DUE + DAY)
    forwarded(bank, people.inspector, reference="2", kind=OTHER_KIND)
    in_april = dt.date(2025, 4, 1)
    third = entered(bank, people.inspector, on=in_april, received_on=in_april, reference="3")
    gone = entered(bank, people.inspector, reference="4")
    complaints.withdraw_complaint(complaint=gone, by=second_inspector, reason="登记有误。")
    with clock.playing(DUE):
        assert sums_of_year(2025) == {
            "count": 3,
            "open_count": 2,
            "founded_count": 1,
            "unfounded_count": 0,
            "late_count": 1,
        }
    with clock.playing(DUE + DAY):
        assert sums_of_year(2025)["late_count"] == 2
    assert sums_of_year(2024)["count"] == 0
    counted = {by: [(row["count"], row["founded_count"]) for row in figures_of_year(2025, by)] for by in By}
    assert counted == {
        By.BANK: [(3, 1)],
        By.OUTLET: [(2, 0), (1, 1)],
        By.KIND: [(2, 1), (1, 0)],
        By.MONTH: [(2, 1), (1, 0)],
    }
    assert list(complaints_of_period(bank, in_april, in_april)) == [third]
