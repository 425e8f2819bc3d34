"""Home and case page say in one sentence who has a case, what has to be done, by when and why."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.actions.applications import start_application
from admission.editions.models import PolicyEdition
from admission.review.tests.test_supplements import asked, in_review
from admission.tests.factories import accepted, submitted
from banks.register import actions as banks
from banks.register.models import Bank
from exit.cases.actions.grounds import open_for_lapsed_order
from exit.cases.tests.factories import filed
from inspections.rectification.actions.orders import lapse
from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.factories import DAY, DETERMINED, DUE, left, ordered, qualified, reported
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.case import Case
from zsbank.base.cases.now import Holder, now_of
from zsbank.base.cases.registry import cases
from zsbank.base.cases.turns import Tone
from zsbank.site.portal.tests.test_pages import signed_in

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 3, 2)
MAY_APPLY = "可申请"


def read(person: User, address: str, on: dt.date = MONDAY) -> str:
    """The text of a page on a day, without line breaks of the template."""
    client: Client = signed_in(person)
    with clock.playing(on):
        page = client.get(address).content.decode()
    return " ".join(page.split())


@pytest.fixture
def supplementing(bank: Bank, clerk: User, people: "People", edition: PolicyEdition) -> str:
    """The page of an application of which a supplement is asked by 2026-03-16."""
    with clock.playing(MONDAY):
        application = submitted(bank, clerk)
    asked(application, people, 1, 3)
    return reverse("admission:task_list", args=[application.pk])


def test_home_and_case_say_what_to_supplement_by_when(supplementing: str, clerk: User) -> None:
    for address in ("/", supplementing):
        page = read(clerk, address)
        assert "请于2026年3月16日（含当日）前补正市人社局要求的内容（第1、3条）并提交" in page
        assert "自收到补正材料之次日" in page
        assert "逾期未补正的，按现有材料继续办理。" in page
        assert "正在市人社局办理" not in page


@pytest.mark.parametrize("stage", ["draft", "submitted", "supplementing", "under review"])
def test_bank_with_an_application_is_never_told_it_may_apply(
    stage: str, bank: Bank, clerk: User, people: "People", edition: PolicyEdition
) -> None:
    with clock.playing(MONDAY):
        if stage == "draft":
            start_application(bank=bank, by=clerk)
        elif stage == "under review":
            accepted(bank, clerk, people)
        else:
            application = submitted(bank, clerk)
            if stage == "supplementing":
                asked(application, people)
    page = read(clerk, "/")
    assert MAY_APPLY not in page.replace("可以申请准入", "")
    assert "贵行可以申请准入" not in page


def test_bank_without_application_is_told_it_may_apply(
    bank: Bank, clerk: User, edition: PolicyEdition
) -> None:
    page = read(clerk, "/")
    assert "贵行可以申请准入" in page
    assert "未取得发卡资格" in page


def test_bureaus_step_and_day_are_said(
    bank: Bank, clerk: User, people: "People", edition: PolicyEdition
) -> None:
    with clock.playing(MONDAY):
        submitted(bank, clerk)
    said = "由市人社局办理：受理申请，或者一次性告知需要补正的内容，应于2026年3月9日（含当日）前完成"
    assert said in read(clerk, "/")


def test_order_says_ground_day_and_step(
    bank: Bank, clerk: User, people: "People", edition: PolicyEdition
) -> None:
    qualified(bank, people.decider)
    order = ordered(bank, people)
    for address in ("/", reverse("inspections:order", args=[order.pk])):
        page = read(clerk, address, DETERMINED + DAY)
        assert "请于2025年9月3日（含当日）前完成整改，并提交整改报告和证明材料" in page
        assert order.determination is not None
        assert order.determination.facts in page
        assert f"第5条：{edition.criteria.get(number=5).title_zh}" in page


def test_reported_order_is_with_the_bureau(
    bank: Bank, clerk: User, people: "People", edition: PolicyEdition
) -> None:
    qualified(bank, people.decider)
    order = ordered(bank, people)
    reported(order, clerk, DETERMINED + DAY)
    order.refresh_from_db()
    assert now_of(order).holder is Holder.BUREAU
    assert "由市人社局办理：核查整改报告" in read(
        clerk, reverse("inspections:order", args=[order.pk]), DETERMINED + DAY
    )


def lapsed(bank: Bank, people: "People") -> RectificationOrder:
    """An order that lapsed on the day after its due date, with its exit case."""
    qualified(bank, people.decider)
    order = ordered(bank, people)
    with clock.playing(DUE + DAY):
        lapse(order=order, by=None)
        order.refresh_from_db()
        open_for_lapsed_order(order=order)
    return RectificationOrder.objects.get(pk=order.pk)


def test_lapsed_order_leads_to_its_exit_case(
    bank: Bank, clerk: User, people: "People", edition: PolicyEdition
) -> None:
    order = lapsed(bank, people)
    page = read(clerk, reverse("inspections:order", args=[order.pk]), DUE + DAY)
    assert order.exit_ground.case.case_number in page
    assert reverse("exit:case", args=[order.exit_ground.case.pk]) in page
    assert "告知函签发前，发卡资格不变，贵行可以继续发卡" in page
    assert "整改报告不再受理" in page
    assert "由市人社局办理：核查退出案件" in page
    assert "已办结" not in page.replace("期满未整改", "")


def test_home_after_an_exit_says_what_runs_and_until_when(
    bank: Bank, clerk: User, administrator: User, people: "People", edition: PolicyEdition
) -> None:
    held = qualified(bank, people.decider)
    with clock.playing(DETERMINED):
        filed(held, administrator)
        left(held, people.decider, DETERMINED)
    type(held.exit_cases.get()).objects.update(state="withdrawn")
    bank.refresh_from_db()
    assert bank.may_apply_from is not None
    page = read(clerk, "/", DETERMINED + DAY)
    assert "2030年3月3日（含当日）" in page
    assert "2030年3月4日起可以再次申请" in page
    assert "贵行可以申请准入" not in page


def test_bank_whose_bar_is_over_may_apply(
    bank: Bank, clerk: User, people: "People", edition: PolicyEdition
) -> None:
    left(qualified(bank, people.decider), people.decider, DETERMINED)
    bank.refresh_from_db()
    day = bank.may_apply_from
    assert day is not None
    with clock.playing(day):
        banks.lock_out(bank=bank, by=None)
        banks.release(bank=bank, by=None)
    assert "贵行可以申请准入" in read(clerk, "/", day)


def running_days(case: Case, state: Any) -> dict[str, dt.date]:
    """Return the due dates that a row of a case has in a state, all today."""
    return {due.day: clock.today() for due in case.due if state in due.running}


def test_declared_steps_agree_with_whose_turn_a_state_is() -> None:
    for case in cases():
        for state, shown in case.states.items() if case.asked else ():
            row = case.model(**{case.state_field: state}, **running_days(case, state))
            by_bank = [one for one in case.asked if one.waits_for(row)]
            assert bool(by_bank) == (shown.turn.bank is Tone.YOU), (case.key, state)
    for case in cases():
        for state, shown in case.states.items() if case.waiting and case.bank_page else ():
            row = case.model(pk=0, **{case.state_field: state}, **running_days(case, state))
            by_bureau = [one for one in case.waiting if one.waits_for(row)]
            assert bool(by_bureau) == (shown.turn.staff is Tone.YOU), (case.key, state)


def test_review_supplement_says_that_its_period_is_not_counted(
    bank: Bank, clerk: User, people: "People", edition: PolicyEdition
) -> None:
    with clock.playing(MONDAY):
        application = submitted(bank, clerk)
    request = in_review(application, people)
    assert request.letter is not None
    rule = "补正期间不计入审查期限；审查期限按停止计算的工作日顺延。"
    assert rule in read(clerk, reverse("admission:task_list", args=[application.pk]))
    assert rule in [paragraph["text"] for paragraph in request.letter.data["paragraphs"]]
    assert any(rule in message.body for message in clerk.messages.all())
