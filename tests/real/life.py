"""The steps of a bank's life up to its exit after two failing years (exit （二）3), by the pages."""

import datetime as dt
from typing import Any

from admission.editions.models import Criterion, PolicyEdition
from admission.editions.terms import FactKind
from banks.members.tests.inviting import mailed
from banks.register.models import Bank
from tests.real.visitor import PASSWORD, Visitor, document
from zsbank.base.calendar import clock

CLERK = "bank-a"
OUTLET = {
    "name": "示例银行甲石岐支行",
    "town": "石岐街道",
    "address": "石岐街道示例路2号",
    "uscc": "91442000MADEM002XX",
    "license_institution_code": "B9001B244200002",
    "windows": "2",
    "trained_staff": "3",
    "opening_hours": "周一至周五 9:00-17:00",
}
FACTS = {
    "issued_on": "2015-03-01",
    "approval_date": "2026-11-03",
    "signed_by_both_on": "2026-11-20",
    "email": "liaison@bank.example",
    "office_phone": "0760-88880000",
    "small_account_fee": "0",
    "annual_fee": "0",
}
SIGNED = "2026-12-10"


def register() -> None:
    """Register the bank, and invite its first administrator."""
    officer = Visitor.signed_in("intake_officer").open("/admin/banks/bank/").follow("登记银行")
    officer.press(
        "登记银行",
        name="示例银行甲",
        uscc="91442000MADEM00116",
        category="city",
        license_institution_code="B9001H244200001",
        address="中山市东区街道示例路1号",
    )
    officer.open(f"/admin/banks/bank/{Bank.objects.get().pk}/change/").follow("邀请首位管理员")
    officer.press("邀请首位管理员", name="经办人甲", email="a@bank.example")


def accept_invitation() -> None:
    """Follow the link in the mail, and choose sign-in name and password."""
    person = Visitor().open(f"/bank/invitation/{mailed()[-1]}/")
    person.press("开通账号并接受", username=CLERK, password=PASSWORD, again=PASSWORD)
    signed_in = Visitor().open("/accounts/login/").press("登录", login=CLERK, password=PASSWORD)
    assert "示例银行甲" in signed_in.open("/").text


def apply() -> None:
    """Enter an outlet, answer all criteria with evidence, and submit."""
    clerk = Visitor.signed_in(CLERK).open("/bank/outlets/").follow("新增网点")
    services = [box.get("value") for box in clerk.page.xpath("//input[@name='services']")]
    clerk.press("保存网点", **OUTLET, services=services)
    clerk.open("/applications/start/").press("开始申请")
    case = clerk.path
    edition = PolicyEdition.objects.valid_on(clock.today())
    assert edition is not None
    assert edition.slug == "own-edition"
    for criterion in edition.criteria.all():
        _answer(clerk.open(f"{case}criteria/{criterion.number}/"), criterion)
    clerk.open(f"{case}submit/").press("提交申请", declared="on")


def _answer(clerk: Visitor, criterion: Criterion) -> None:
    given: dict[str, Any] = {"text": "我行符合本条要求，证明材料附后。"}
    for field in criterion.fact_fields:
        value = "示例卡商" if field.kind == FactKind.VENDOR else FACTS.get(field.name, "示例")
        given[f"fact_{field.name}"] = value
    if criterion.undertaking_needed:
        given |= {"signatory": "行长甲", "signed_on": "2026-12-02"}
    if criterion.evidence_needed:
        given |= {"file": document()}
    clerk.press("保存", **given)


def review() -> None:
    """Accept the application, find all criteria met, and recommend the approval."""
    intake = Visitor.signed_in("intake_officer").open("/admin/").follow("受理，或告知补正")
    intake.follow("受理").press("受理")
    reviewer = Visitor.signed_in("reviewer").open("/admin/").follow("逐条审查并提出意见")
    for number in range(1, 25):
        reviewer.press("记录认定", f"/review/{number}/", result="met")
    reviewer.follow("提出审查意见")
    reviewer.press("提出审查意见", outcome="approve", reason="各项条件均已满足。")


def admit() -> None:
    """Decide, and record the signed agreement."""
    decider = Visitor.signed_in("decider").open("/admin/").follow("对审查意见作出决定")
    decider.follow("签发决定").press("签发决定")
    reviewer = Visitor.signed_in("reviewer").open("/admin/").follow("双方签订后登记协议")
    reviewer.press(
        "登记已签订的协议",
        kind="cooperation",
        number="HZ-1",
        bank_signed_on=SIGNED,
        bureau_signed_on=SIGNED,
        document=document("协议.pdf"),
    )


def fail(year: int) -> None:
    """Record a failing result of a year, and make it final as another person."""
    bank = str(Bank.objects.get().pk)
    assessor = Visitor.signed_in("assessor").open("/admin/").follow("录入全年考核结果")
    assert f"/results/{year}/" in assessor.path
    assessor.press("录入结果", **{f"{bank}-score": "59.99", f"{bank}-reason": "示例：拒绝办理。"})
    other = Visitor.signed_in("assessor2").open("/admin/").follow("考核结果定案")
    assert "不合格" in other.text
    other.press("定案")


def set_due_date(day: dt.date) -> None:
    """Set the day by which the bank has to rectify."""
    assessor = Visitor.signed_in("assessor").open("/admin/").follow("设定整改期限")
    assessor.press("确定整改期限", due=day.isoformat())
    assert f"{day:%Y-%m-%d}" in assessor.text or str(day.day) in assessor.text


def propose_exit() -> None:
    """Propose the exit after the order has lapsed; the bank gets a prior notice."""
    inspector = Visitor.signed_in("inspector").open("/admin/").follow("核对退出案并提请签发")
    inspector.follow("提请签发").press("提请签发")


def sign_exit() -> None:
    """Sign the exit as another person."""
    decider = Visitor.signed_in("decider").open("/admin/").follow("签发退出函")
    decider.follow("签发退出函件").press("签发退出函件")


def read_letters() -> None:
    """Find the letters as auditor, and nothing else."""
    auditor = Visitor.signed_in("auditor").open("/admin/letters/letter/?q=示例银行甲")
    assert "〔2029〕" in auditor.text


def start_again() -> None:
    """Start an application after the bar."""
    clerk = Visitor.signed_in(CLERK).open("/applications/start/").press("开始申请")
    assert "ZR-2034-" in clerk.text
