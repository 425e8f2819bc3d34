"""Takeovers in the browser: the workbook is uploaded, read, and looked at from a desk and from a telephone."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from admission.editions.models import PolicyEdition
from banks.hearings.models import PriorNotice
from banks.members.models import Member
from banks.register.models import Bank
from banks.tests.factories import make_member
from exit.cases.models import ExitCase
from exit.cases.states import ExitState
from exit.takeover.actions.takeovers import attach_scans, confirm_takeover
from exit.takeover.models import Takeover
from exit.takeover.queries import letters_of
from exit.takeover.tests.workbooks import (
    GO_LIVE,
    code,
    entered,
    every_standing,
    left,
    qualification,
    scan,
    workbook,
)
from tests.browser.person import PASSWORD, Person
from zsbank.base.accounts.models import User
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

FORM = "/admin/exit/takeover/do/enter_takeover_of_bank/"
FIELDS = {
    "banks-1-uscc": code(1),
    "banks-1-name": "示例接续银行1",
    "banks-1-category": "城市商业银行",
    "banks-1-license_institution_code": "B8001H244200001",
    "banks-1-address": "中山市示例路1号",
    "qualifications-1-effective_from": "2016-05-06",
    "qualifications-1-document_number": "示例准入〔2016〕1号",
    "qualifications-1-issued_on": "2016-05-06",
}
LEFT = {
    "exits-1-document_number": "示例退出〔2024〕1号",
    "exits-1-issued_on": "2024-03-01",
    "exits-1-ground": "本行申请",
    "exits-1-state": "已取消资格",
    "exits-1-statement": "示例：终止合作。",
}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_workbook_is_taken_over_and_seen_by_the_bank(
    at_desk: Callable[[str], Person],
    officers: None,
    edition: PolicyEdition,
    tmp_path: Path,
    on: Callable[[dt.date], None],
) -> None:
    on(GO_LIVE)
    path = tmp_path / "接续.xlsx"
    path.write_bytes(workbook(**every_standing()))
    intake = at_desk("intake").sign_in()
    intake.open("/admin/exit/takeover/")
    intake.open("/admin/exit/takeover/do/enter_takeover_of_bank/")
    intake.picture("takeover-bank-form")
    intake.open("/admin/exit/takeover/do/enter_takeover/")
    intake.page.set_input_files("input[type=file]", str(path))
    intake.press("按工作簿接续录入")
    takeover = Takeover.objects.get()
    assert "不会自动逾期" in intake.page.inner_text("main")
    intake.picture("takeover-entered")
    for letter in letters_of(takeover):
        person = User.objects.get(username="intake")
        attach_scans(takeover=takeover, by=person, files=[(scan(), "扫描.pdf")], letter=letter.key)
    decider = at_desk("decider").sign_in()
    decider.open(f"/admin/exit/takeover/{takeover.pk}/do/confirm_takeover/")
    decider.picture("takeover-confirm")
    confirm_takeover(takeover=takeover, by=User.objects.get(username="decider"))
    decider.open(f"/admin/exit/takeover/{takeover.pk}/change/")
    decider.picture("takeover-done")
    bank = Bank.objects.get(uscc=code(4))
    decider.open(f"/admin/banks/bank/{bank.pk}/change/")
    decider.picture("takeover-bank")

    user = User.objects.create(username="fourth", name="示例员4", email="fourth@bank.example")
    user.set_password(PASSWORD)
    user.save()
    Member.objects.create(bank=bank, user=user, role=Role.BANK_ADMINISTRATOR, since=GO_LIVE)
    member = at_desk("fourth").sign_in()
    member.open("/bank/letters/paper/")
    member.picture("takeover-papers")
    member.open(f"/rectification/{bank.rectification_orders.get().pk}/")
    assert "接续录入" in member.page.inner_text("main")
    member.picture("takeover-order")


def test_one_bank_is_entered_part_by_part(
    at_desk: Callable[[str], Person],
    officers: None,
    edition: PolicyEdition,
    tmp_path: Path,
    on: Callable[[dt.date], None],
) -> None:
    on(GO_LIVE)
    path = tmp_path / "准入.pdf"
    path.write_bytes(scan().read())
    intake = at_desk("intake").sign_in()
    intake.open(FORM)
    intake.fill(**FIELDS)
    intake.attach("qualifications-1-scan", path)
    intake.page.locator("#row-exits-1 > summary").click()
    intake.fill(**LEFT)
    intake.press("接续录入一家银行")
    shown = intake.text()
    assert "已填写的内容" in shown
    assert "准入.pdf" in shown
    for row, is_open in (("row-exits-1", True), ("row-exits-2", False), ("row-people-1", False)):
        assert intake.page.locator(f"#{row}").evaluate("row => row.open") == is_open
    intake.page.get_by_role("link", name="退出 1", exact=True).click()
    assert intake.page.locator("#row-exits-1").evaluate(
        "row => row.getBoundingClientRect().top < innerHeight"
    )
    intake.picture("takeover-bank-refused")
    intake.fill(**{"exits-1-cancelled_on": "2024-03-01"})
    intake.attach("exits-1-scan", path)
    intake.press("接续录入一家银行")
    assert Takeover.objects.get().scans.count() == 2
    assert "五年禁入期最后一日：2029年3月1日" in intake.text()
    intake.picture("takeover-bank-entered")


def test_findings_and_exits_under_way_are_seen_by_who_confirms_and_by_the_bank(
    at_desk: Callable[[str], Person],
    officers: None,
    edition: PolicyEdition,
    on: Callable[[dt.date], None],
    people: "People",
) -> None:
    on(GO_LIVE)
    parts = every_standing()
    parts["qualifications"] += [qualification(16, "2010-05-06")]
    parts["exits"] += [left(16, "2014-03-03")]
    takeover = entered(people, workbook(**parts))
    decider = at_desk("decider").sign_in()
    decider.open(f"/admin/exit/takeover/{takeover.pk}/change/")
    decider.picture("takeover-findings")
    decider.open(f"/admin/exit/takeover/{takeover.pk}/do/confirm_takeover/")
    decider.picture("takeover-findings-confirm")
    decider.press("确认接续录入")
    assert "纸质文书对与机制不符之处的记载" in decider.text()
    decider.fill(findings="示例：原件载明经研究同意。")
    decider.press("确认接续录入")
    assert ExitCase.objects.filter(state=ExitState.OPENED).count() == 4
    case = ExitCase.objects.get(bank__uscc=code(18))
    decider.open(f"/admin/exit/exitcase/{case.pk}/change/")
    decider.picture("takeover-exit-under-way")
    notice = PriorNotice.objects.get(bank=case.bank)
    decider.open(f"/admin/banks/priornotice/{notice.pk}/change/")
    decider.picture("takeover-notice-at-desk")

    told = PriorNotice.objects.get(bank__uscc=code(17))
    user = make_member(told.bank, "seventeenth", Role.BANK_ADMINISTRATOR).user
    user.set_password(PASSWORD)
    user.save()
    member = at_desk("seventeenth").sign_in()
    assert "纸质" in member.open(f"/bank/notices/{told.pk}/")
    member.picture("takeover-notice-at-bank")
    member.open(f"/exit/{ExitCase.objects.get(bank=told.bank).pk}/")
    member.picture("takeover-exit-at-bank")
