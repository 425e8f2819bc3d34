"""Entering a complaint: its kind, day, number and outlet, and what no text of it may hold."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from admission.editions.models import Criterion
from banks.outlets.actions.outlets import remove_outlet
from banks.register.models import Bank
from inspections.complaints.actions import complaints, replies
from inspections.complaints.models import Complaint
from inspections.complaints.terms import OTHER_KIND, Source
from inspections.complaints.tests.factories import (
    RECEIVED,
    answered,
    came_in,
    closed,
    entered,
    outlet_of,
    said,
)
from inspections.rectification.tests.factories import ADMITTED, qualified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.refusals import Incomplete, Refused

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def refused(bank: Bank, by: User, **other: Any) -> str:
    """Return the code with which an entry is refused."""
    with pytest.raises(Refused) as refusal:
        entered(bank, by, **other)
    return refusal.value.code


def test_complaint_takes_its_kind_from_the_edition(bank: Bank, people: "People") -> None:
    complaint = entered(bank, people.inspector)
    assert complaint.criterion == Criterion.objects.get(slug="first-contact")
    assert complaint.case_number == "TS-2025-0001"
    other = entered(bank, people.inspector, reference="2", kind=OTHER_KIND)
    assert other.criterion is None


def test_kind_follows_a_renumbered_criterion(bank: Bank, people: "People") -> None:
    Criterion.objects.filter(slug="first-contact").update(number=77)
    assert entered(bank, people.inspector).kind.startswith("77")


def test_criteria_about_which_nobody_complains_are_no_kinds(bank: Bank, people: "People") -> None:
    assert refused(bank, people.inspector, kind="financial-licence") == "kind"
    assert refused(bank, people.inspector, kind="no-such") == "kind"


@pytest.mark.parametrize(
    ("day", "code"),
    [(RECEIVED, ""), (RECEIVED + DAY, "received_on"), (ADMITTED, ""), (ADMITTED - DAY, "received_on")],
)
def test_day_is_neither_ahead_nor_before_the_admission(
    bank: Bank, people: "People", day: dt.date, code: str
) -> None:
    qualified(bank, people.decider)
    if code:
        assert refused(bank, people.inspector, received_on=day) == code
    else:
        assert entered(bank, people.inspector, received_on=day).received_on == day


def test_hotline_gives_a_number_and_a_letter_need_not(bank: Bank, people: "People") -> None:
    assert refused(bank, people.inspector, reference=" ") == "reference"
    assert entered(bank, people.inspector, source=Source.LETTER, reference="").reference == ""
    assert entered(bank, people.inspector, source=Source.LETTER, reference="").pk


def test_number_is_entered_once_whatever_its_width(bank: Bank, other_bank: Bank, people: "People") -> None:
    first = entered(bank, people.inspector)
    qualified(other_bank, people.decider)
    with pytest.raises(Refused, match=first.case_number):
        entered(other_bank, people.inspector, reference="ＤＨ２０２５ 0303 00017")
    assert entered(bank, people.inspector, source=Source.HOTLINE_12333).pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(source=Source.HOTLINE_12333).update(source=Source.HOTLINE_12345)


def test_outlet_is_one_of_the_bank(bank: Bank, other_bank: Bank, people: "People") -> None:
    own, other = outlet_of(bank=bank), outlet_of(bank=other_bank)
    assert refused(bank, people.inspector, outlet=other) == "outlet"
    assert entered(bank, people.inspector, outlet=own).outlet_name == own.name


def test_removed_outlet_leaves_its_name(bank: Bank, administrator: User, people: "People") -> None:
    outlet = outlet_of(bank=bank, name="石岐支行")
    complaint = entered(bank, people.inspector, outlet=outlet)
    remove_outlet(outlet=outlet, by=administrator)
    complaint.refresh_from_db()
    assert (complaint.outlet, complaint.outlet_name) == (None, "石岐支行")


@pytest.mark.parametrize(
    "text", ["身份证110101199003077758", "回电13800138000", "投诉人：张三", "张先生来电"]
)
def test_no_text_holds_personal_data(
    bank: Bank, clerk: User, people: "People", second_inspector: User, text: str
) -> None:
    assert refused(bank, people.inspector, facts=text) == "personal_data"
    complaint = entered(bank, people.inspector)
    calls: list[Any] = [
        lambda: complaints.forward_complaint(complaint=complaint, by=people.inspector, demand=text),
        lambda: complaints.withdraw_complaint(complaint=complaint, by=second_inspector, reason=text),
    ]
    for call in calls:
        with pytest.raises(Refused) as refusal:
            call()
        assert refusal.value.code == "personal_data"
    complaint = complaints.forward_complaint(complaint=complaint, by=people.inspector)
    with pytest.raises(Refused, match="个人信息"):
        replies.answer_complaint(complaint=complaint, by=clerk, **said(text=text))
    complaint = answered(complaint, clerk, on=clock.today()).complaint
    further: list[Any] = [
        lambda: replies.send_back_complaint(complaint=complaint, by=people.inspector, reason=text),
        lambda: replies.close_complaint(complaint=complaint, by=people.inspector, founded=True, reason=text),
    ]
    for call in further:
        with pytest.raises(Refused, match="个人信息"):
            call()
    done = closed(complaint, people.inspector, on=clock.today())
    with pytest.raises(Refused, match="个人信息"):
        complaints.reopen_complaint(complaint=done, by=people.inspector, reason=text)


def test_numbers_of_hotlines_and_outlets_are_no_personal_data(bank: Bank, people: "People") -> None:
    outlet = outlet_of(bank=bank, phone="0760-88886666")
    facts = f"拨打12345和95588无果，网点电话0760-88886666（{outlet.uscc}）无人接听。"
    assert entered(bank, people.inspector, facts=facts).facts == facts
    assert refused(bank, people.inspector, reference="2", facts="请回电0760-88886667") == "personal_data"


def test_entry_needs_the_facts(bank: Bank, people: "People") -> None:
    qualified(bank, people.decider)
    with clock.playing(RECEIVED), pytest.raises(Incomplete):
        complaints.enter_complaint(bank=bank, by=people.inspector, **came_in(facts=" "))
