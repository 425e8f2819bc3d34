"""The form of one bank: its parts, what a refused entry keeps and shows, and the outlets handed in with it."""

import html
import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from banks.outlets.models import Outlet
from banks.outlets.template import xlsx_file
from banks.outlets.tests.sheets import GOOD
from banks.register.models import Qualification
from exit.cases.models import ExitCase
from exit.takeover.actions.takeovers import confirm_takeover, enter_takeover_of_bank
from exit.takeover.forms.bank import ROWS, bank_form, named
from exit.takeover.models import Takeover
from exit.takeover.queries import letters_of
from exit.takeover.terms import Part
from exit.takeover.tests.test_pages import FIELDS, pdf, read, sent
from exit.takeover.tests.workbooks import GO_LIVE
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import list_action_page, list_page
from zsbank.base.files.tests.bad_office import with_macros

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

EARLIER = {
    "qualifications-2-effective_from": "2005-05-06",
    "qualifications-2-document_number": "示例准入〔2005〕1号",
    "qualifications-2-issued_on": "2005-05-06",
    "exits-1-ground": "本行申请",
    "exits-1-state": "已取消资格",
    "exits-1-statement": "示例：终止合作。",
    "exits-1-cancelled_on": "2010-03-01",
    "exits-1-document_number": "示例退出〔2010〕1号",
    "exits-1-issued_on": "2010-03-01",
}


def address() -> str:
    """The address of the form."""
    return list_action_page(Takeover, enter_takeover_of_bank)


def outlets(*rows: dict[str, Any]) -> SimpleUploadedFile:
    """A list of outlets by the template."""
    book = load_workbook(io.BytesIO(xlsx_file()))
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    for number, row in enumerate(rows, start=2):
        for title, value in row.items():
            sheet.cell(number, titles.index(title) + 1).value = value
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("网点.xlsx", out.getvalue())


def row_on(page: str, anchor: str) -> str:
    """The markup of a row of the form."""
    start = page.index(f'id="{anchor}"')
    ends = [found for end in ("</details>", "</fieldset>") if (found := page.find(end, start)) >= 0]
    return page[page.rindex("<", 0, start) : min(ends)]


def test_parts_are_in_the_order_of_the_sheets_with_the_letter_first() -> None:
    parts = bank_form()().parts
    assert [part.anchor for part in parts] == [f"part-{part.value}" for part in Part]
    assert [len(part.rows) for part in parts] == list(ROWS.values())
    first = [field.name.rsplit("-", 1)[1] for field in parts[2].rows[0].fields[:4]]
    assert first == ["document_number", "issued_on", "signer", "scan"]
    shown = {field.name for part in parts for row in part.rows for field in row.fields}
    assert shown == set(bank_form()().fields)


def test_empty_form_opens_the_qualification_only(client: Client, people: "People") -> None:
    client.force_login(people.intake)
    page = read(client, address())
    opened = re.findall(r'<details[^>]*?id="(row-[a-z]+-\d)"[^>]*?\bopen\b', page)
    assert opened == ["row-qualifications-1"]
    assert "<h2>已填写的内容</h2>" not in page


def test_refused_form_lists_what_is_filled_in_and_opens_it(client: Client, people: "People") -> None:
    client.force_login(people.intake)
    wrong = FIELDS | EARLIER | {"exits-1-cancelled_on": "2016-05-06", "orders-1-scan": pdf("整改.pdf")}
    page = sent(client, address(), wrong)
    table = page[page.index("<h2>已填写的内容</h2>") : page.index('id="part-banks"')]
    for words in (
        "示例接续银行1",
        "示例准入〔2005〕1号",
        "示例整改〔2026〕1号",
        "示例退出〔2010〕1号",
        "示例员",
    ):
        assert words in table
    assert table.count("待更正") == 1
    assert table.count("已填写") == 1 + 5
    assert "资格 1 · 生效日期：" in page
    for anchor in ("row-exits-1", "row-orders-1", "row-people-1"):
        assert " open" in row_on(page, anchor).split(">")[0], anchor
    assert " open" not in row_on(page, "row-results-1").split(">")[0]
    assert "整改.pdf" in row_on(page, "row-orders-1")
    assert not Takeover.objects.exists()


def test_bank_that_came_back_is_entered_with_both_qualifications(client: Client, people: "People") -> None:
    client.force_login(people.intake)
    scans = [f"{row}-scan" for row in ("qualifications-1", "qualifications-2", "orders-1", "exits-1")]
    sent(client, address(), FIELDS | EARLIER | {name: pdf(f"{name}.pdf") for name in scans})
    takeover = Takeover.objects.get()
    assert not [one for one in letters_of(takeover) if one.lacks_scan]
    with clock.playing(GO_LIVE):
        confirm_takeover(takeover=takeover, by=people.decider)
    assert Qualification.objects.count() == 2
    assert ExitCase.objects.get().qualification.effective_from.year == 2005


def test_outlets_are_handed_in_as_a_spreadsheet(client: Client, people: "People") -> None:
    client.force_login(people.intake)
    field = named(Part.OUTLETS, 1, "file")
    other = {"名称": "示例三乡支行", "镇街": "三乡镇", "统一社会信用代码": "", "金融许可证机构编码": ""}
    page = sent(client, address(), FIELDS | {field: outlets(GOOD, GOOD | other | {"镇街": "三乡村"})})
    assert "第3行“镇街”" in row_on(page, "row-outlets-1")
    assert "网点.xlsx" in row_on(page, "row-outlets-1")
    scans = {"qualifications-1-scan": pdf("a.pdf"), "orders-1-scan": pdf("b.pdf")}
    sent(client, address(), FIELDS | scans | {field: outlets(GOOD, GOOD | other)})
    with clock.playing(GO_LIVE):
        confirm_takeover(takeover=Takeover.objects.get(), by=people.decider)
    assert Outlet.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda sheet: sheet.cell(1, 30).__setattr__("value", "客户经理"), "客户经理"),
        (lambda sheet: sheet.delete_rows(2), "没有网点"),
        (lambda sheet: sheet.delete_rows(1), "网点模板"),
    ],
)
def test_list_of_outlets_that_is_no_such_list_says_why(
    client: Client, people: "People", change: Any, words: str
) -> None:
    book = load_workbook(io.BytesIO(outlets(GOOD).read()))
    book.worksheets[0].cell(2, 30).value = "x"
    change(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    client.force_login(people.intake)
    file = SimpleUploadedFile("网点.xlsx", out.getvalue())
    page = sent(client, address(), FIELDS | {named(Part.OUTLETS, 1, "file"): file})
    assert words in row_on(page, "row-outlets-1")
    assert not Takeover.objects.exists()


def test_fault_of_a_row_names_the_row(client: Client, people: "People") -> None:
    client.force_login(people.intake)
    twice = EARLIER | {
        name.replace("exits-1", "exits-2"): value for name, value in EARLIER.items() if "exits" in name
    }
    page = html.unescape(sent(client, address(), FIELDS | twice))
    assert "退出 2：第1行已载明" in page


def test_template_of_outlets_is_offered_with_the_list(client: Client, people: "People") -> None:
    client.force_login(people.intake)
    assert "网点模板" in read(client, list_page(Takeover))
    answer = client.get("/admin/exit/takeover/outlets.xlsx")
    assert answer.content.startswith(b"PK")


def test_list_of_outlets_with_macros_is_refused_at_its_field(client: Client, people: "People") -> None:
    client.force_login(people.intake)
    field = named(Part.OUTLETS, 1, "file")
    page = sent(
        client,
        address(),
        FIELDS | {field: SimpleUploadedFile("网点.xlsx", with_macros(outlets(GOOD).read()))},
    )
    assert "宏" in row_on(page, "row-outlets-1")
    assert not Takeover.objects.exists()
