"""Entering, attaching scans, confirming and withdrawing; four eyes; judged again; nothing by itself."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from banks.members.models import Invitation
from banks.members.queries import valid_invitations
from banks.outlets.models import Outlet
from banks.papers.models import PaperLetter
from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from exit.takeover.actions.takeovers import attach_scans, confirm_takeover, enter_takeover, withdraw_takeover
from exit.takeover.checks.faults import Faulty
from exit.takeover.checks.plan import plan_of
from exit.takeover.import_sheet.reading import read_workbook
from exit.takeover.models import Takeover
from exit.takeover.queries import letters_of, to_be_confirmed_by
from exit.takeover.states import TakeoverState
from exit.takeover.tests.workbooks import (
    GO_LIVE,
    bank,
    code,
    entered,
    order,
    outlet,
    person,
    qualification,
    result,
    scan,
    taken_over,
    workbook,
)
from inspections.assessments.actions.results import revise_assessment
from inspections.assessments.models import Assessment
from inspections.assessments.tests.factories import scheme
from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.factories import DAY
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.notices.models import Message
from zsbank.base.refusals import EditConflict, FileRefused, Incomplete, NotAllowed, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def one_bank() -> bytes:
    """A qualified bank under rectification, with an outlet and two people."""
    return workbook(
        banks=[bank(1)],
        qualifications=[qualification(1)],
        orders=[order(1, "2026-01-12")],
        outlets=[outlet(1)],
        people=[person(1), person(1, "经办员")],
    )


def test_entering_changes_nothing_and_asks_the_deciders(people: "People") -> None:
    takeover = entered(people, one_bank())
    assert not Bank.objects.exists()
    assert not PaperLetter.objects.exists()
    assert not Invitation.objects.exists()
    assert list(to_be_confirmed_by(people.decider)) == [takeover]
    told = Message.objects.filter(key=f"takeover:{takeover.pk}:entered").values_list("recipient", flat=True)
    assert set(told) == {people.decider.pk, people.second_decider.pk}


def test_confirming_brings_every_part_into_the_register(people: "People") -> None:
    taken_over(people, one_bank())
    row = Bank.objects.get()
    assert (row.uscc, row.standing, row.taken_over_on) == (code(1), Standing.UNDER_RECTIFICATION, GO_LIVE)
    held = Qualification.objects.get()
    assert (held.effective_from, held.may_issue) == (dt.date(2016, 5, 6), True)
    assert held.paper is not None
    assert held.paper.file is not None
    assert Outlet.objects.get().name == "示例小榄支行"
    with clock.playing(GO_LIVE):
        assert set(valid_invitations().values_list("invited_by", flat=True)) == {people.intake.pk}
    assert Invitation.objects.count() == 2
    assert Message.objects.filter(key__startswith="invitation:").count() == 2
    determination = RectificationOrder.objects.get().determination
    assert determination is not None
    assert (determination.decided_by, determination.determination_date) == (None, dt.date(2026, 1, 12))
    assert sorted(one.number for one in determination.criteria.all()) == [5, 19]


def test_who_entered_or_attached_does_not_confirm(people: "People") -> None:
    takeover = entered(people, one_bank(), scans=False)
    people.decider.groups.add(*people.intake.groups.all())
    with clock.playing(GO_LIVE):
        for place, letter in enumerate(letters_of(takeover)):
            attach_scans(
                takeover=takeover, by=people.decider, files=[(scan(place), "扫描.pdf")], letter=letter.key
            )
        with pytest.raises(NotAllowed) as refusal:
            confirm_takeover(takeover=takeover, by=people.decider)
        assert refusal.value.code == "four_eyes"
        assert list(to_be_confirmed_by(people.decider)) == []
        confirm_takeover(takeover=takeover, by=people.second_decider)
    with pytest.raises(IntegrityError), transaction.atomic():
        Takeover.objects.update(closed_by=people.intake)


def test_without_a_required_scan_it_is_not_confirmed(people: "People") -> None:
    takeover = entered(people, one_bank(), scans=False)
    with clock.playing(GO_LIVE), pytest.raises(Incomplete) as refusal:
        confirm_takeover(takeover=takeover, by=people.decider)
    assert "示例准入〔2020〕1号" in str(refusal.value)
    assert not Bank.objects.exists()


def test_result_goes_without_a_scan(people: "People") -> None:
    content = workbook(
        banks=[bank(1)], qualifications=[qualification(1)], results=[result(1, 2025, "良", "82.50")]
    )
    takeover = entered(people, content, scans=False)
    first = letters_of(takeover)[0]
    with clock.playing(GO_LIVE):
        attach_scans(takeover=takeover, by=people.intake, files=[(scan(), "x.pdf")], letter=first.key)
        confirm_takeover(takeover=takeover, by=people.decider)
    row = Assessment.objects.get()
    assert (row.grade, row.scheme, row.final_on) == ("良", None, dt.date(2026, 3, 5))
    assert row.paper is not None
    assert row.paper.file is None


def test_scans_find_their_letters_by_number(people: "People") -> None:
    takeover = entered(people, one_bank(), scans=False)
    with clock.playing(GO_LIVE):
        attach_scans(
            takeover=takeover,
            by=people.intake,
            files=[(scan(1), "示例准入[2020]1号.pdf"), (scan(2), "示例整改〔2020〕 1号.pdf")],
        )
        with pytest.raises(FileRefused, match="没有这个文号"):
            attach_scans(takeover=takeover, by=people.intake, files=[(scan(3), "别的.pdf")])
    assert not [one for one in letters_of(takeover) if one.lacks_scan]
    assert Entry.objects.filter(verb="attach_takeover_scan").count() == 1


def test_later_scan_takes_the_place_of_an_earlier_one(people: "People") -> None:
    takeover = entered(people, one_bank())
    before = letters_of(takeover)[0]
    with clock.playing(GO_LIVE):
        attach_scans(takeover=takeover, by=people.intake, files=[(scan(9), "新.pdf")], letter=before.key)
    assert letters_of(takeover)[0].scan != before.scan
    assert takeover.scans.count() == 3


def test_it_is_judged_again_when_it_is_confirmed(people: "People") -> None:
    takeover = entered(people, one_bank())
    with clock.playing(GO_LIVE):
        seen = plan_of(takeover.typed).fingerprint()
    with clock.playing(dt.date(2026, 7, 14)):
        with pytest.raises(EditConflict):
            confirm_takeover(takeover=takeover, by=people.decider, seen=seen)
        assert plan_of(takeover.typed).due
    row = bank(1)
    Bank.objects.create(
        name=row["名称"],
        uscc=row["银行统一社会信用代码"],
        category="city",
        license_institution_code=row["金融许可证机构编码"],
        address="别处",
    )
    with clock.playing(GO_LIVE), pytest.raises(Faulty) as refusal:
        confirm_takeover(takeover=takeover, by=people.decider, seen=seen)
    assert "别处" in str(refusal.value)
    takeover.refresh_from_db()
    assert takeover.state == TakeoverState.ENTERED


def test_last_day_is_not_due_yet_and_the_day_after_is(people: "People") -> None:
    takeover = entered(people, one_bank())
    with clock.playing(dt.date(2026, 7, 13)):
        plan = plan_of(takeover.typed)
        assert (plan.due, len(plan.banks[0].heed)) == ([], 1)
        assert "只剩0个自然日" in str(plan.banks[0].heed[0])
    with clock.playing(dt.date(2026, 7, 14)):
        assert "不会自动逾期" in str(plan_of(takeover.typed).due[0][1])


def test_known_bank_is_marked_and_keeps_its_row(people: "People") -> None:
    row = bank(1)
    known = Bank.objects.create(
        name=row["名称"],
        uscc=code(1),
        category="city",
        license_institution_code=row["金融许可证机构编码"],
        address=row["住所"],
    )
    taken_over(people, one_bank())
    known.refresh_from_db()
    assert (Bank.objects.count(), known.taken_over_on) == (1, GO_LIVE)
    assert known.standing == Standing.UNDER_RECTIFICATION


def test_second_takeover_of_a_bank_is_refused(people: "People") -> None:
    second = entered(people, one_bank())
    taken_over(people, one_bank())
    with clock.playing(GO_LIVE):
        with pytest.raises(Faulty):
            confirm_takeover(takeover=second, by=people.decider)
        with pytest.raises(Faulty):
            enter_takeover(
                rows=read_workbook(one_bank(), "a.xlsx"), by=people.intake, source="a.xlsx", sha256=""
            )


def test_withdrawn_takeover_is_not_confirmed(people: "People") -> None:
    takeover = entered(people, one_bank())
    with clock.playing(GO_LIVE):
        withdrawn = withdraw_takeover(takeover=takeover, by=people.intake, reason="录入有误。")
        with pytest.raises(WrongState):
            confirm_takeover(takeover=takeover, by=people.decider)
    assert (withdrawn.state, withdrawn.closed_by) == (TakeoverState.WITHDRAWN, people.intake)
    assert not Bank.objects.exists()


def test_result_from_paper_is_revised_with_the_scheme_of_its_year(people: "People") -> None:
    taken_over(
        people, workbook(banks=[bank(1)], qualifications=[qualification(1)], results=[result(1, 2025)])
    )
    row = Assessment.objects.get()
    given = {
        "assessment": row,
        "score": 72,
        "seen": row.score,
        "reason": "复核。",
        "by": people.second_decider,
    }
    with clock.playing(GO_LIVE + DAY):
        with pytest.raises(Incomplete):
            revise_assessment(**given)  # type: ignore[arg-type]
        scheme(2025)
        assert revise_assessment(**given).grade == "中"  # type: ignore[arg-type]
