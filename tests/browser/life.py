"""The steps of the whole life of a bank, in the browser."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

from banks.members.tests.inviting import link, mailed
from banks.register.models import Bank
from tests.browser.filling import answer
from tests.browser.person import PASSWORD, Person

BANK = {
    "name": "示例银行甲",
    "uscc": "91442000MADEM00116",
    "category": "city",
    "license_institution_code": "B9001H244200001",
    "address": "中山市东区街道示例路1号",
}


At = Callable[[str], Person]
On = Callable[[dt.date], None]


def standing() -> str:
    return str(Bank.objects.get().standing)


def register(intake: Person) -> None:
    """Register the bank, its first administrator and a card vendor."""
    intake.sign_in()
    intake.open("/admin/banks/bank/")
    intake.press("登记银行")
    intake.picture("desk-register-bank")
    intake.fill(**BANK)
    intake.press("登记银行")
    intake.open(f"/admin/banks/bank/{Bank.objects.get().pk}/change/")
    intake.press("邀请首位管理员")
    intake.fill(name="经办人甲", email="a@bank.example")
    intake.press("邀请首位管理员")
    assert "经办人甲" in intake.text()
    intake.picture("desk-bank")
    intake.open("/admin/banks/cardvendor/")
    intake.press("登记制卡商")
    intake.fill(
        name="示例卡商",
        uscc="91442000MADEM00971",
        tender_number="SL-ZB-2015-01",
        tender_from="2015-01-01",
        tender_until="2035-12-31",
    )
    intake.press("登记制卡商")


def accept_invitation(clerk: Person) -> Person:
    """Follow the link in the mail; choose sign-in name and password."""
    clerk.open(link(mailed()[-1]))
    clerk.picture("invitation")
    clerk.fill(username="bank-a", password=PASSWORD, again=PASSWORD)
    clerk.press("开通账号并接受")
    return clerk.sign_in()


def apply(clerk: Person, document: Path) -> None:
    """Enter outlets and the 24 criteria with evidence, and submit."""
    clerk.open("/bank/outlets/")
    clerk.press("新增网点")
    clerk.fill(
        name="示例银行甲石岐支行",
        town="石岐街道",
        address="石岐街道示例路2号",
        uscc="91442000MADEM002XX",
        license_institution_code="B9001B244200002",
        windows="2",
        trained_staff="3",
        opening_hours="周一至周五 9:00-17:00",
    )
    for box in clerk.page.locator("[name=services]").all():
        box.check()
    clerk.press("保存网点")
    clerk.picture("bank-outlets")
    clerk.open("/")
    clerk.press("开始申请")
    clerk.press("开始申请")
    clerk.picture("bank-task-list")
    case = re.search(r"/applications/(\d+)/", clerk.page.url)
    assert case
    for number in range(1, 25):
        answer(clerk, f"/applications/{case[1]}/criteria/{number}/", number, document)
    clerk.open(f"/applications/{case[1]}/submit/")
    clerk.picture("bank-submit")
    clerk.fill(declared="on")
    clerk.press("提交申请")
    assert "等待受理" in clerk.text() or "已提交" in clerk.text()
    clerk.picture("bank-submitted")


def admit(at_desk: At, agreement: Path) -> None:
    """Admit the bank: one officer accepts, another reviews with the keyboard, a third decides."""
    intake = at_desk("intake").sign_in()
    intake.open("/admin/")
    intake.press("受理，或告知补正")
    intake.picture("desk-intake")
    intake.press("受理")
    intake.press("受理")
    reviewer = at_desk("reviewer").sign_in()
    reviewer.open("/admin/")
    reviewer.picture("desk-home")
    reviewer.press("逐条审查并提出意见")
    for number in range(1, 25):
        reviewer.page.wait_for_url(f"**/review/{number}/")
        if number == 5:
            reviewer.picture("desk-review")
        with reviewer.page.expect_response(lambda answer: answer.request.method == "POST"):
            reviewer.page.keyboard.press("1")
        reviewer.page.get_by_role("status").filter(has_text="已保存").wait_for()
        reviewer.page.keyboard.press("j")
    assert "已认定 24 / 24" in reviewer.text()
    reviewer.press("提出审查意见")
    reviewer.fill(outcome="approve", reason="各项条件均已满足。")
    reviewer.picture("desk-recommend")
    reviewer.press("提出审查意见")
    decider = at_desk("decider").sign_in()
    decider.open("/admin/")
    decider.press("对审查意见作出决定")
    decider.press("签发决定")
    decider.picture("desk-decide")
    decider.press("签发决定")
    decider.press("中人社函〔2020〕1号")
    decider.picture("desk-letter")
    reviewer.open("/admin/")
    reviewer.press("双方签订后登记协议")
    signed = "2020-01-08"
    reviewer.fill(kind="cooperation", number="HZ-1", bank_signed_on=signed, bureau_signed_on=signed)
    reviewer.attach("document", agreement)
    reviewer.picture("desk-agreement")
    reviewer.press("登记已签订的协议")


def propose_determination(at_desk: At, document: Path) -> None:
    """Let an inspector propose a determination with its document; the bank gets a prior notice."""
    inspector = at_desk("inspector").sign_in()
    inspector.open("/admin/inspections/determination/")
    inspector.press("提出认定建议")
    inspector.fill(
        bank=str(Bank.objects.get().pk),
        kind="criteria_not_met",
        facts="现场检查发现，一个支行停止受理补换卡业务。",
    )
    inspector.page.locator("[name=criteria]").nth(4).check()
    inspector.attach("document", document)
    inspector.picture("desk-determination")
    inspector.press("提出认定建议")
    assert "待决定" in inspector.text()
    decider = at_desk("decider").sign_in()
    assert "决定是否作出认定" not in decider.open("/admin/")


def make_determination(at_desk: At) -> None:
    """Let a decider make the determination from the work list, once the bank was heard."""
    decider = at_desk("decider").sign_in()
    decider.open("/admin/")
    decider.press("决定是否作出认定")
    decider.press("作出认定")
    decider.picture("desk-determination-decided")
    decider.press("作出认定")
    assert "已认定" in decider.text()
    decider.open("/admin/inspections/rectificationorder/")
    decider.picture("desk-orders")


def rectify(clerk: Person, document: Path) -> None:
    """Report the rectification on the due date."""
    clerk.open("/")
    clerk.press("查看整改通知")
    clerk.picture("bank-order")
    clerk.press("提交整改报告")
    clerk.fill(text="已恢复受理补换卡业务并完成培训。")
    clerk.attach("files", document)
    clerk.picture("bank-report")
    clerk.press("提交整改报告")


def verify(at_desk: At, day: dt.date, document: Path) -> None:
    """Visit the outlet with a second officer, who confirms what was found; a decider accepts."""
    inspector = at_desk("inspector").sign_in()
    inspector.open("/admin/")
    inspector.press("核查整改报告")
    inspector.picture("desk-order")
    inspector.press("核查整改报告")
    inspector.page.locator("[name=manner][value=visit]").check()
    inspector.page.locator("[name=fulfilled][value=yes]").check()
    inspector.page.locator("[name=accompanied_by]").select_option(label="assessor员")
    inspector.fill(seen_on=day.isoformat(), findings="现场核查，两个窗口均有人值守。")
    inspector.attach("files", document)
    inspector.picture("desk-verification")
    inspector.press("核查整改报告")
    assessor = at_desk("assessor").sign_in()
    assessor.open("/admin/")
    assessor.press("确认整改核查记录")
    assessor.press("确认核查记录")
    assessor.press("确认核查记录")
    decider = at_desk("decider").sign_in()
    decider.open("/admin/")
    decider.press("决定是否通过整改验收")
    decider.press("验收通过")
    decider.fill(remark="现场核查，整改到位。")
    decider.picture("desk-accept")
    decider.press("验收通过")


def propose(inspector: Person) -> None:
    """Check and propose the case opened by the sweep; the bank gets a prior notice."""
    inspector.sign_in().open("/admin/")
    inspector.press("核对退出案并提请签发")
    inspector.picture("desk-exit-case")
    inspector.press("提请签发")
    inspector.press("提请签发")


def state_case(clerk: Person) -> None:
    """State the bank's case."""
    clerk.press("查阅并陈述")
    clerk.fill(text="整改已大部完成，请求复核。")
    clerk.picture("bank-states-its-case")
    clerk.press("提交陈述、申辩")
    assert "已记录" in clerk.text()


def answer_statement(reviewer: Person) -> None:
    """Answer the statement."""
    reviewer.sign_in().open("/admin/")
    reviewer.press("复核并答复银行陈述")
    reviewer.fill(text="经复核，期限内未完成整改。")
    reviewer.picture("desk-answer")
    reviewer.press("答复陈述")


def leave(at_desk: At) -> None:
    """Sign the exit as another officer."""
    determined_it = at_desk("decider").sign_in()
    assert "签发退出函" not in determined_it.open("/admin/")
    decider = at_desk("decider2").sign_in()
    decider.open("/admin/")
    decider.press("签发退出函")
    decider.press("签发退出函件")
    decider.picture("desk-sign-exit")
    decider.press("签发退出函件")


def read_letters(auditor: Person, folder: Path) -> None:
    """Find and download the letters as auditor, without being offered anything else."""
    auditor.sign_in().open("/admin/letters/letter/?q=示例银行甲")
    auditor.picture("desk-letters")
    auditor.page.get_by_role("link", name=re.compile("〔2022〕")).first.click()
    with auditor.page.expect_download() as waiting:
        auditor.page.get_by_role("link", name="下载").click()
    path = folder / "letter.pdf"
    waiting.value.save_as(path)
    assert path.read_bytes().startswith(b"%PDF-")
    refused = auditor.page.goto(auditor.address + "/admin/banks/bank/")
    assert refused is not None
    assert refused.status == 403
