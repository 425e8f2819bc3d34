"""Banks that were qualified, left, and were qualified again before this register."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.utils.translation import override

from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from exit.cases.models import ExitCase
from exit.takeover.actions.takeovers import confirm_takeover
from exit.takeover.checks.plan import Plan, plan_of
from exit.takeover.import_sheet.reading import read_workbook
from exit.takeover.tests.workbooks import (
    GO_LIVE,
    bank,
    entered,
    left,
    order,
    qualification,
    result,
    taken_over,
    workbook,
)
from inspections.assessments.models import Assessment
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.journal.tests.tampering import run_deferred_triggers
from zsbank.base.refusals import Incomplete
from zsbank.site.operations import integrity, runner

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """The words are compared in Chinese, whatever language an earlier page had."""
    with override("zh-hans"):
        yield


def twice(**parts: list[Any]) -> bytes:
    """A bank of 2010 that left in 2014, and again of 2019 with an order that runs; the rows in no order."""
    return workbook(
        **{
            "banks": [bank(1)],
            "qualifications": [qualification(1, "2019-06-03"), qualification(1, "2010-05-06")],
            "orders": [order(1, "2026-01-12"), order(1, "2013-08-05", 状态="逾期未完成")],
            "results": [result(1, 2025, "良", 82), result(1, 2012, "中", 70)],
            "exits": [left(1, "2014-03-03", "整改逾期未完成")],
        }
        | parts
    )


def within_the_bar() -> bytes:
    """The same, but the second qualification took effect three years after the exit."""
    second = [qualification(1, "2010-05-06"), qualification(1, "2017-03-06")]
    return twice(qualifications=second)


def judged(content: bytes) -> Plan:
    """The plan on the day of go-live."""
    with clock.playing(GO_LIVE):
        return plan_of(read_workbook(content, "接续.xlsx"))


def found(on: dt.date = GO_LIVE) -> list[str]:
    """The findings of the integrity check, apart from letters without a file."""
    run_deferred_triggers()
    with clock.playing(on):
        return [line for line in integrity.findings() if "letters.letter" not in line]


def test_each_row_is_under_the_qualification_of_its_time(people: "People") -> None:
    taken_over(people, twice())
    first, second = Qualification.objects.order_by("effective_from")
    assert (first.effective_from, first.cancelled_on) == (dt.date(2010, 5, 6), dt.date(2014, 3, 3))
    assert (second.effective_from, second.cancelled_on) == (dt.date(2019, 6, 3), None)
    assert dict(Assessment.objects.values_list("year", "qualification")) == {2012: first.pk, 2025: second.pk}
    ended, running = RectificationOrder.objects.order_by("start_date")
    assert (ended.qualification, ended.state) == (first, OrderState.ENDED)
    assert (running.qualification, running.state) == (second, OrderState.OPEN)
    case = ExitCase.objects.get()
    assert (case.qualification, case.grounds.get().order) == (first, ended)
    assert first.paper != second.paper
    assert Bank.objects.get().standing == Standing.UNDER_RECTIFICATION
    assert Bank.objects.get().bar_last_day is None
    assert found() == []


def test_standings_follow_each_other_on_their_real_days(people: "People") -> None:
    taken_over(people, twice())
    entries = Entry.objects.filter(subject_type="banks.bank").exclude(to_state="").order_by("pk")
    assert [(one.verb, one.effective_on) for one in entries if one.verb != "take_over_bank"] == [
        ("take_over_qualification", dt.date(2010, 5, 6)),
        ("put_under_rectification", dt.date(2013, 8, 5)),
        ("take_over_end", dt.date(2014, 3, 3)),
        ("lock_out", dt.date(2014, 3, 4)),
        ("release", dt.date(2019, 3, 4)),
        ("take_over_qualification", dt.date(2019, 6, 3)),
        ("put_under_rectification", dt.date(2026, 1, 12)),
    ]


def test_preview_groups_by_qualification(people: "People") -> None:
    plan = judged(twice())
    assert plan.faults == []
    first, second = plan.banks[0].held
    assert first.title == "2010年5月6日起的资格，2014年3月3日取消："
    assert second.title == "2019年6月3日起的资格，现有效："
    assert any("2012" in line for line in first.running)
    assert any("2025" in line for line in second.running)
    assert (plan.findings, plan.due) == ([], [])


def test_readmission_within_the_bar_is_a_finding_and_the_paper_is_the_fact(people: "People") -> None:
    plan = judged(within_the_bar())
    assert plan.faults == []
    words = plan.findings[0][1]
    for said in ("2017年3月6日", "2014年3月3日", "2019年3月3日"):
        assert said in words

    takeover = entered(people, within_the_bar())
    with clock.playing(GO_LIVE):
        with pytest.raises(Incomplete, match="说明"):
            confirm_takeover(takeover=takeover, by=people.decider)
        confirm_takeover(takeover=takeover, by=people.decider, findings="原件载明经局长办公会研究同意。")
    ended = Entry.objects.get(verb="take_over_readmission")
    assert ended.effective_on == dt.date(2017, 3, 6)
    assert not Entry.objects.filter(verb="release").exists()
    confirmed = Entry.objects.get(verb="confirm_takeover")
    assert confirmed.reason == "原件载明经局长办公会研究同意。"
    assert "2019年3月3日" in confirmed.data["findings"][0]
    assert Bank.objects.get().standing == Standing.UNDER_RECTIFICATION
    assert found() == []


def test_last_day_of_the_bar_is_within_it_and_the_day_after_is_not(people: "People") -> None:
    for since, findings in (("2019-03-03", 1), ("2019-03-04", 0)):
        both = [qualification(1, "2010-05-06"), qualification(1, since)]
        assert len(judged(twice(qualifications=both)).findings) == findings


def test_third_qualification_follows_the_second(people: "People") -> None:
    content = workbook(
        banks=[bank(1)],
        qualifications=[qualification(1, day) for day in ("2005-01-10", "2012-01-10", "2019-06-03")],
        exits=[left(1, day) for day in ("2006-02-01", "2013-02-01", "2024-03-01")],
    )
    taken_over(people, content)
    assert list(Qualification.objects.order_by("pk").values_list("cancelled_on", flat=True)) == [
        dt.date(2006, 2, 1),
        dt.date(2013, 2, 1),
        dt.date(2024, 3, 1),
    ]
    assert (Bank.objects.get().standing, Bank.objects.get().bar_last_day) == (
        Standing.LOCKED_OUT,
        dt.date(2029, 3, 1),
    )
    assert ExitCase.objects.count() == 3
    assert found() == []
    with clock.playing(dt.date(2029, 3, 2)):
        runner.run()
    assert Bank.objects.get().standing == Standing.APPLICANT


@pytest.mark.parametrize(
    ("parts", "sheet", "words"),
    [
        ({"exits": [], "orders": []}, "《资格》第2行“生效日期”", "同一时间只有一项资格"),
        ({"exits": [left(1, "2019-06-03")], "orders": []}, "《资格》第2行“生效日期”", "2019年6月3日才取消"),
        ({"exits": [left(1, "2021-02-01")], "orders": []}, "《资格》第2行“生效日期”", "同一时间只有一项资格"),
        (
            {"exits": [left(1, "2014-03-03"), left(1, "2015-03-03")], "orders": []},
            "《退出》第3行",
            "第2行已载明",
        ),
        (
            {"orders": [order(1, "2016-08-01", 状态="已撤销", 办结日期="2016-09-01")]},
            "《整改》第2行",
            "无资格",
        ),
        ({"results": [result(1, 2016, "良", 80)]}, "《考核》第2行“考核年度”", "该年度"),
        (
            {"qualifications": [qualification(1, "2019-06-03"), qualification(1, "2019-06-03")]},
            "《资格》第3行“生效日期”",
            "与第2行相同",
        ),
    ],
)
def test_what_overlaps_or_belongs_to_none_is_refused(
    parts: dict[str, Any], sheet: str, words: str, people: "People"
) -> None:
    said = "\n".join(map(str, judged(twice(**parts)).faults))
    assert sheet in said
    assert words in said
