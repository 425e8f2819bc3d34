"""Texts of the exit letters."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank, Qualification
from exit.cases.actions.grounds import open_exit_case, open_for_lapsed_order
from exit.cases.letters import letter_of
from exit.cases.models import ExitCase
from exit.cases.tests.factories import filed, lapsed_assessment_order, lapsed_order
from inspections.determinations.terms import DeterminationKind
from inspections.determinations.tests.factories import determination
from inspections.rectification.tests.factories import qualified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Period, Unit, calculate
from zsbank.base.letters.data import LetterData

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture
def qualification(bank: Bank, people: "People") -> Qualification:
    return qualified(bank, people.decider, clock.today())


@pytest.fixture
def bar() -> Period:
    return calculate(dt.date(2023, 2, 28), 5, Unit.YEAR, roll=False)


def _text(letter: LetterData) -> str:
    return "\n".join(paragraph.text for paragraph in letter.paragraphs)


def test_consent_states_duties_and_bar(
    qualification: Qualification, administrator: User, bar: Period
) -> None:
    letter = letter_of(filed(qualification, administrator), bar)
    assert letter.kind == "exit_consent"
    assert letter.title == "关于同意示例银行甲终止社保卡合作的函"
    assert (letter.addressee, letter.uscc) == (qualification.bank.name, qualification.bank.uscc)
    text = _text(letter)
    for words in (
        "《中山市社保卡合作银行资格退出机制》（一）",
        "自2023年2月28日起取消你行发卡资格",
        "不得继续向市民发放",
        "换行换卡",
        "做好对外指引解释工作",
        "继续向已持有你行社保卡的市民提供",
        "尚未领卡",
        "（四）的规定，你行5年内不得再次申请",
        "最后一日为2028年2月28日",
        "自2028年2月29日起可以再次提出申请",
    ):
        assert words in text
    assert "行政许可" not in text


def test_notice_of_serious_breach_states_facts_and_clause(
    qualification: Qualification, people: "People", bar: Period
) -> None:
    found = determination(qualification, by=people.inspector, decided_by=people.decider)
    letter = letter_of(open_exit_case(determination=found, by=people.inspector), bar)
    assert letter.kind == "exit_notice"
    assert letter.title == "关于示例银行甲退出社保卡发卡资格的告知函"
    assert found.facts in _text(letter)
    assert "（二）第1项" in _text(letter)


def test_notice_after_lapsed_order_states_determination_and_date(
    qualification: Qualification, people: "People", bar: Period
) -> None:
    kind = DeterminationKind.CRITERIA_NOT_MET
    found = determination(qualification, by=people.inspector, decided_by=people.decider, kind=kind)
    order = lapsed_order(found)
    open_for_lapsed_order(order=order)
    text = _text(letter_of(ExitCase.objects.get(), bar))
    assert order.due_date is not None
    assert found.facts in text
    assert f"{order.due_date.year}年{order.due_date.month}月{order.due_date.day}日届满" in text
    assert "（二）第2项" in text


def test_notice_after_failing_years_states_both_years(qualification: Qualification, bar: Period) -> None:
    open_for_lapsed_order(order=lapsed_assessment_order(qualification))
    text = _text(letter_of(ExitCase.objects.get(), bar))
    assert "2024年度、2025年度服务质量考核连续两年评定为不合格" in text
    assert "（二）第3项" in text
