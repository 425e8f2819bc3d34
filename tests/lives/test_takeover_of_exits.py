"""Exits that were under way on paper: their grounds are judged as everywhere, and the case goes on at its step."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from banks.hearings.actions import answer_statement, state_case
from banks.hearings.models import PriorNotice
from banks.hearings.rules import was_heard
from banks.register.models import Bank
from banks.register.states import Standing
from banks.tests.factories import make_member
from exit.cases.actions.cases import close_exit_case, propose_exit, sign_exit
from exit.cases.models import ExitCase
from exit.cases.rules import standing_grounds
from exit.cases.states import ExitState
from exit.cases.terms import ExitGround
from exit.takeover.checks.plan import Plan, plan_of
from exit.takeover.import_sheet.reading import read_workbook
from exit.takeover.tests.workbooks import (
    GO_LIVE,
    bank,
    breach,
    failing_years,
    notice,
    order,
    person,
    qualification,
    result,
    taken_over,
    under_way,
    workbook,
)
from inspections.assessments.actions.results import revise_assessment
from inspections.assessments.models import Assessment
from inspections.assessments.tests.factories import scheme
from inspections.determinations.models import Determination
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import DAY
from zsbank.base.calendar import clock
from zsbank.base.journal.tests.tampering import run_deferred_triggers
from zsbank.base.letters.models import Letter
from zsbank.base.refusals import Incomplete
from zsbank.base.roles import Role
from zsbank.site.operations import integrity, runner

if TYPE_CHECKING:
    from conftest import People

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("edition"),
    pytest.mark.usefixtures("in_chinese"),
]
ON_LAPSE, ON_YEARS, ON_BREACH, OWN = "整改逾期未完成", "考核不合格逾期未整改", "严重违约后果严重", "本行申请"
STATED = {"陈述申辩日期": "2026-03-06", "陈述申辩内容": "示例：已整改一个网点。"}
ANSWERED = STATED | {"答复日期": "2026-03-10", "答复内容": "示例：其余网点未整改。"}


def one_bank(**parts: list[Any]) -> bytes:
    """A qualified bank, with these rows."""
    return workbook(banks=[bank(1)], qualifications=[qualification(1)], **parts)


def lapsed(**notices: list[Any]) -> bytes:
    """An order that lapsed in January, and the exit opened for it in February."""
    orders = [order(1, "2025-07-01", 状态="逾期未完成")]
    return one_bank(orders=orders, exits=[under_way(1, ON_LAPSE, "2026-02-02")], **notices)


def failed(**notices: list[Any]) -> bytes:
    """Two failing years, not rectified in time."""
    return one_bank(
        results=[result(1, 2023), result(1, 2024)],
        orders=[failing_years(1, "逾期未完成", "2025-09-30", 2024)],
        exits=[under_way(1, ON_YEARS, "2026-02-02")],
        **notices,
    )


def serious(**notices: list[Any]) -> bytes:
    """A serious breach, and the exit opened for it."""
    return one_bank(
        orders=[breach(1, "2026-01-20")], exits=[under_way(1, ON_BREACH, "2026-02-02")], **notices
    )


def judged(content: bytes) -> Plan:
    """The plan on the day of go-live."""
    with clock.playing(GO_LIVE):
        return plan_of(read_workbook(content, "接续.xlsx"))


def findings(on: dt.date = GO_LIVE) -> list[str]:
    """The findings of the integrity check, apart from letters without a file."""
    run_deferred_triggers()
    with clock.playing(on):
        return [line for line in integrity.findings() if "letters.letter" not in line]


@pytest.mark.parametrize(
    ("content", "ground", "standing"),
    [
        (lapsed, ExitGround.RECTIFICATION_FAILED, Standing.UNDER_RECTIFICATION),
        (failed, ExitGround.ASSESSMENT_FAILED, Standing.UNDER_RECTIFICATION),
        (serious, ExitGround.SERIOUS_BREACH, Standing.QUALIFIED),
    ],
)
def test_ground_rests_on_its_order_or_determination(
    content: Any, ground: ExitGround, standing: Standing, people: "People"
) -> None:
    assert judged(content()).banks[0].standing == standing
    taken_over(people, content())
    case = ExitCase.objects.get()
    row = case.grounds.get()
    assert (case.state, row.kind, row.document, row.notice) == (ExitState.OPENED, ground, None, None)
    assert standing_grounds(case) == [row]
    assert row.paper == case.paper
    assert (row.source == RectificationOrder.objects.first()) or (row.source == Determination.objects.get())
    assert Bank.objects.get().standing == standing
    assert findings() == []
    with clock.playing(GO_LIVE + DAY):
        runner.run()
    assert ExitCase.objects.get().grounds.count() == 1
    assert findings(GO_LIVE + DAY) == []


def test_without_a_notice_the_bank_gets_one_with_the_proposal(people: "People") -> None:
    due = [str(one) for _bank, one in judged(lapsed()).due]
    assert any("尚未事前告知" in words and "检查人员" in words for words in due)
    taken_over(people, lapsed())
    with clock.playing(GO_LIVE):
        case = propose_exit(case=ExitCase.objects.get(), by=people.inspector)
        assert PriorNotice.objects.get().letter is not None
        with pytest.raises(Incomplete):
            sign_exit(case=case, by=people.decider)
    assert "2026年1月4日届满" in str(Letter.objects.get().data)


def test_with_a_notice_on_paper_there_is_no_second_one(people: "People") -> None:
    content = lapsed(notices=[notice(1, "2026-03-02")])
    assert any("已听取" in str(one) for _bank, one in judged(content).due)
    taken_over(people, content)
    told = PriorNotice.objects.get()
    assert (told.told_on, told.due_date, told.letter) == (dt.date(2026, 3, 2), dt.date(2026, 3, 9), None)
    assert told.number == "示例告知〔2020〕1号"
    case = ExitCase.objects.get()
    assert case.grounds.get().notice == told
    with clock.playing(GO_LIVE):
        propose_exit(case=case, by=people.inspector)
        case = ExitCase.objects.get()
        signed = sign_exit(case=case, by=people.decider)
    assert PriorNotice.objects.count() == 1
    assert signed.state == ExitState.SIGNED
    assert RectificationOrder.objects.get().state == OrderState.ENDED
    assert Bank.objects.get().bar_last_day == dt.date(2031, 3, 16)
    assert findings() == []


def test_days_for_the_statement_run_on_from_the_real_day(people: "People") -> None:
    content = lapsed(notices=[notice(1, "2026-03-12", 送达日期="2026-03-13")], people=[person(1)])
    heed = "\n".join(str(one) for one in judged(content).banks[0].heed)
    assert "2026年3月20日" in heed
    assert "已听取" not in heed
    taken_over(people, content)
    case = ExitCase.objects.get()
    for day, heard in ((dt.date(2026, 3, 20), False), (dt.date(2026, 3, 21), True)):
        with clock.playing(day):
            assert bool(was_heard(case)) == heard


def test_bank_may_still_state_its_case_here_and_is_answered(people: "People") -> None:
    taken_over(people, lapsed(notices=[notice(1, "2026-03-13")]))
    told = PriorNotice.objects.get()
    clerk = make_member(Bank.objects.get(), "clerk-on-paper", Role.BANK_CLERK).user
    with clock.playing(GO_LIVE):
        state_case(notice=told, text="示例陈述。", by=clerk)
        assert not was_heard(ExitCase.objects.get())
        answer_statement(notice=told, text="示例答复。", by=people.reviewer)
        assert was_heard(ExitCase.objects.get())


def test_last_day_of_the_letter_counts_where_it_names_one(people: "People") -> None:
    content = lapsed(notices=[notice(1, "2026-03-02", 陈述申辩截止日期="2026-03-31")])
    taken_over(people, content)
    assert PriorNotice.objects.get().due_date == dt.date(2026, 3, 31)


def test_statement_on_paper_is_answered_here_before_the_exit_is_signed(people: "People") -> None:
    content = lapsed(notices=[notice(1, "2026-03-02", **STATED)])
    assert any("尚未答复" in str(one) for _bank, one in judged(content).due)
    taken_over(people, content)
    told, case = PriorNotice.objects.get(), ExitCase.objects.get()
    assert (told.statement, told.stated_by) == ("示例：已整改一个网点。", None)
    with clock.playing(GO_LIVE):
        propose_exit(case=case, by=people.inspector)
        case.refresh_from_db()
        with pytest.raises(Incomplete):
            sign_exit(case=case, by=people.decider)
        answer_statement(notice=told, text="示例答复。", by=people.reviewer)
        sign_exit(case=ExitCase.objects.get(), by=people.decider)
    assert findings() == []


def test_answer_on_paper_ends_the_hearing(people: "People") -> None:
    content = lapsed(notices=[notice(1, "2026-03-02", **ANSWERED)])
    taken_over(people, content)
    with clock.playing(GO_LIVE):
        assert was_heard(ExitCase.objects.get())
    assert PriorNotice.objects.get().answered_by is None


def test_ground_falls_when_its_years_pass_on_review(people: "People") -> None:
    taken_over(people, failed())
    with clock.playing(GO_LIVE):
        scheme(2024)
        row = Assessment.objects.get(year=2024)
        revise_assessment(
            assessment=row, score=Decimal(72), seen=row.score, reason="复核。", by=people.second_decider
        )
        runner.run()
    case = ExitCase.objects.get()
    assert standing_grounds(case) == []
    assert case.grounds.get().is_ended


def test_closing_sets_the_lapsed_order_aside_and_names_the_notice_on_paper(people: "People") -> None:
    taken_over(people, lapsed(notices=[notice(1, "2026-03-02")]))
    with clock.playing(GO_LIVE):
        close_exit_case(case=ExitCase.objects.get(), by=people.decider, reason="示例理由。")
    assert RectificationOrder.objects.get().state == OrderState.SET_ASIDE
    assert Bank.objects.get().standing == Standing.QUALIFIED
    assert "2026年3月2日告知你行拟作出退出处理（示例告知〔2020〕1号）" in str(Letter.objects.get().data)
    assert findings() == []


def test_several_grounds_are_one_case_and_each_notice_states_those_that_were_there(people: "People") -> None:
    content = one_bank(
        orders=[order(1, "2025-07-01", 状态="逾期未完成"), breach(1, "2026-02-20")],
        exits=[
            under_way(1, ON_BREACH, "2026-03-05"),
            under_way(1, ON_LAPSE, "2026-02-02"),
            under_way(1, OWN, "2026-03-09"),
        ],
        notices=[notice(1, "2026-02-09", 文号="示例告知〔2026〕1号")],
    )
    due = "\n".join(str(one) for _bank, one in judged(content).due)
    assert "严重违反协议" in due
    assert "未在期限内完成整改" not in due
    taken_over(people, content)
    case = ExitCase.objects.get()
    told = {row.kind: row.notice for row in case.grounds.all()}
    assert told == {
        ExitGround.RECTIFICATION_FAILED: PriorNotice.objects.get(),
        ExitGround.SERIOUS_BREACH: None,
        ExitGround.VOLUNTARY: None,
    }
    assert case.wish is not None
    assert case.wish.document is not None
    assert len(standing_grounds(case)) == 3
    with clock.playing(GO_LIVE):
        propose_exit(case=case, by=people.inspector)
    assert PriorNotice.objects.count() == 2
    assert findings() == []
