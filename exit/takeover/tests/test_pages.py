"""Takeovers at the desk: template, workbook, form of one bank, scans, confirmation; and the marks that banks see."""

import html
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from banks.members.models import Member
from banks.papers.models import PaperLetter
from banks.register.models import Bank
from exit.cases.models import ExitCase
from exit.takeover.actions.takeovers import (
    attach_scans,
    confirm_takeover,
    enter_takeover,
    enter_takeover_of_bank,
)
from exit.takeover.forms.bank import bank_form
from exit.takeover.models import Takeover
from exit.takeover.queries import letters_of
from exit.takeover.states import TakeoverState
from exit.takeover.tests.workbooks import (
    GO_LIVE,
    bank,
    code,
    entered,
    every_standing,
    left,
    order,
    person,
    qualification,
    result,
    scan,
    taken_over,
    workbook,
)
from inspections.rectification.models import RectificationOrder
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import action_page, case_page, list_action_page, list_page
from zsbank.base.journal.models import Entry
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
FIELDS = {
    "banks-1-uscc": code(1),
    "banks-1-name": "示例接续银行1",
    "banks-1-category": "城市商业银行",
    "banks-1-license_institution_code": "B8001H244200001",
    "banks-1-address": "中山市示例路1号",
    "qualifications-1-effective_from": "2016-05-06",
    "qualifications-1-document_number": "示例准入〔2016〕1号",
    "qualifications-1-issued_on": "2016-05-06",
    "orders-1-reason": "不再符合准入条件",
    "orders-1-state": "整改中",
    "orders-1-facts": "示例：停止受理。",
    "orders-1-criteria": "5、19",
    "orders-1-determined_on": "2026-01-12",
    "orders-1-document_number": "示例整改〔2026〕1号",
    "orders-1-issued_on": "2026-01-12",
    "people-1-name": "示例员",
    "people-1-email": "admin@bank.example",
    "people-1-role": "管理员",
}


def read(client: Client, address: str) -> str:
    """Return a page on the day of go-live."""
    with clock.playing(GO_LIVE):
        return html.unescape(client.get(address, follow=True).content.decode())


def sent(client: Client, address: str, data: dict[str, Any]) -> str:
    """Return the page after a form was sent."""
    with clock.playing(GO_LIVE):
        return html.unescape(client.post(address, data, follow=True).content.decode())


def pdf(name: str) -> SimpleUploadedFile:
    """An upload of a small PDF."""
    return SimpleUploadedFile(name, scan().read(), "application/pdf")


def test_workbook_is_uploaded_scanned_and_confirmed(client: Client, people: "People") -> None:
    client.force_login(people.intake)
    address = list_action_page(Takeover, enter_takeover)
    page = sent(client, address, {"file": SimpleUploadedFile("接续.xlsx", workbook(**every_standing()))})
    takeover = Takeover.objects.get()
    for words in (
        "JX-2026-0001",
        "不会自动逾期",
        "2026年7月13日（含当日）",
        "缺扫描件",
        "示例接续银行14",
        "检查人员",
    ):
        assert words in page
    letter = letters_of(takeover)[0]
    page = sent(client, action_page(takeover, attach_scans), {"files": pdf("准入.pdf"), "letter": letter.key})
    assert "准入.pdf" in page

    client.force_login(people.decider)
    assert "JX-2026-0001" in read(client, reverse("admin:index"))
    confirming = action_page(takeover, confirm_takeover)
    page = read(client, confirming)
    assert "示例接续银行5：整改" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert "缺少扫描件" in sent(client, confirming, {"seen": seen})
    takeover.refresh_from_db()
    assert takeover.state == TakeoverState.ENTERED


def test_faults_of_a_workbook_stand_at_the_field(client: Client, people: "People") -> None:
    client.force_login(people.intake)
    wrong = workbook(banks=[bank(1, 名称=None)], qualifications=[qualification(2, "x")])
    page = sent(
        client, list_action_page(Takeover, enter_takeover), {"file": SimpleUploadedFile("a.xlsx", wrong)}
    )
    assert "《银行》第2行“名称”：B2 不能为空。" in page
    assert "《资格》第2行“生效日期”" in page
    assert not Takeover.objects.exists()


def test_one_bank_is_entered_at_the_desk_with_its_scans(client: Client, people: "People") -> None:
    client.force_login(people.intake)
    files = {"qualifications-1-scan": pdf("a.pdf"), "orders-1-scan": pdf("b.pdf")}
    sent(client, list_action_page(Takeover, enter_takeover_of_bank), FIELDS | files)
    takeover = Takeover.objects.get()
    assert [one.lacks_scan for one in letters_of(takeover)] == [False, False]
    with clock.playing(GO_LIVE):
        confirm_takeover(takeover=takeover, by=people.decider)
    assert RectificationOrder.objects.get().due_date.isoformat() == "2026-07-13"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("banks-1-uscc", "91442000MADEM00110", "与营业执照核对"),
        ("orders-1-criteria", "99", "没有第99条"),
        ("orders-1-determined_on", "2015-01-12", "早于资格生效"),
        ("orders-1-facts", "", "请写明认定的事实"),
        ("qualifications-1-issued_on", "", "不能为空"),
        ("people-1-role", "经办员", "管理员"),
    ],
)
def test_form_has_the_rules_of_the_workbook_and_loses_nothing(
    client: Client, people: "People", field: str, value: str, words: str
) -> None:
    client.force_login(people.intake)
    address = list_action_page(Takeover, enter_takeover_of_bank)
    page = sent(client, address, FIELDS | {field: value, "orders-1-scan": pdf("整改.pdf")})
    with clock.playing(GO_LIVE):
        form = bank_form()(FIELDS | {field: value})
        assert words in str(form.errors.get(field, ""))
    assert "示例：停止受理。" in page or field == "orders-1-facts"
    assert "整改.pdf" in page
    assert not Takeover.objects.exists()


def test_template_is_downloaded(client: Client, people: "People") -> None:
    client.force_login(people.intake)
    assert "工作簿模板" in read(client, list_page(Takeover))
    answer = client.get(reverse("admin:exit_takeover_template"))
    assert answer.content.startswith(b"PK")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_pages_cost_the_same_for_one_and_for_many_banks(
    client: Client, people: "People", django_assert_max_num_queries: Any
) -> None:
    takeover = entered(people, workbook(**every_standing()))
    client.force_login(people.decider)
    with clock.playing(GO_LIVE), django_assert_max_num_queries(60):
        client.get(case_page(takeover))


def test_desk_marks_what_was_taken_over(client: Client, people: "People") -> None:
    taken_over(people, workbook(**every_standing()))
    client.force_login(people.inspector)
    for row in (
        Bank.objects.get(uscc=code(3)),
        RectificationOrder.objects.get(bank__uscc=code(3)),
        RectificationOrder.objects.get(bank__uscc=code(3)).determination,
        ExitCase.objects.get(bank__uscc=code(6)),
        Bank.objects.get(uscc=code(6)).qualifications.get(),
    ):
        assert row is not None
        page = read(client, case_page(row))
        assert "接续录入" in page
    page = read(client, list_page(PaperLetter))
    assert "示例整改〔2020〕3号" in page
    paper = PaperLetter.objects.get(number="示例整改〔2020〕3号")
    assert "pdf" in read(client, case_page(paper))


# What the bank sees ---------------------------------------------------------------------------------------


@pytest.fixture
def member(people: "People") -> User:
    """The administrator of the third bank, whose order was taken over; the tenth is another bank."""
    taken_over(
        people,
        workbook(
            banks=[bank(3), bank(10)],
            qualifications=[qualification(3), qualification(10)],
            orders=[order(3, "2026-01-12", 状态="已报告待验收", 报告提交日期="2026-03-02")],
            results=[result(3, 2025, "良", "88.00"), result(10, 2025)],
            exits=[left(3, None, 状态="办理中", 成文日期="2026-03-02")],
            people=[person(3)],
        ),
    )
    user = User.objects.create(username="third", name="示例员3", email="third@bank.example")
    Member.objects.create(
        bank=Bank.objects.get(uscc=code(3)), user=user, role=Role.BANK_ADMINISTRATOR, since=GO_LIVE
    )
    return user


def test_bank_sees_its_own_facts_marked(client: Client, member: User) -> None:
    client.force_login(member)
    own = RectificationOrder.objects.get()
    case = ExitCase.objects.get()
    for address in (
        reverse("banks:information"),
        reverse("inspections:orders"),
        reverse("inspections:order", args=[own.pk]),
        reverse("inspections:assessments"),
        reverse("exit:standing"),
        reverse("exit:case", args=[case.pk]),
        reverse("banks:papers"),
    ):
        assert "接续录入" in read(client, address), address
    assert "系统上线前的纸质文书" in read(client, reverse("banks:letters"))
    page = read(client, reverse("inspections:order", args=[own.pk]))
    assert "纸质" in page
    assert "intake员" not in page
    assert client.get(reverse("inspections:report_receipt", args=[own.reports.get().pk])).status_code == 404


def test_bank_opens_its_scan_and_no_other_bank_s(client: Client, member: User) -> None:
    client.force_login(member)
    papers = PaperLetter.objects.filter(bank__uscc=code(3)).exclude(file=None)
    paper = papers.earliest("pk")
    answer = client.get(reverse("banks:paper", args=[paper.pk]))
    assert b"".join(answer).startswith(b"%PDF")
    assert Entry.objects.filter(verb="open_file", subject_id=paper.pk, actor=member).exists()
    others = PaperLetter.objects.filter(bank__uscc=code(10)).earliest("pk")
    theirs, absent = (client.get(reverse("banks:paper", args=[pk])) for pk in (others.pk, 999_999))
    assert theirs.status_code == absent.status_code == 404
    assert "示例接续银行10" not in read(client, reverse("banks:papers"))


def test_bank_meets_no_takeover_at_the_desk(client: Client, member: User) -> None:
    client.force_login(member)
    takeover = Takeover.objects.get()
    assert client.get(case_page(takeover)).status_code in (302, 404)
    assert client.get(reverse("admin:exit_takeover_template")).status_code in (302, 403, 404)


def test_api_says_when_a_bank_was_taken_over(client: Client, member: User) -> None:
    client.force_login(member)
    [own] = client.get("/api/v1/banks/").json()["results"]
    assert own["taken_over_on"] == GO_LIVE.isoformat()
