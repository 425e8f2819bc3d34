"""Workbooks as people have them: what is read all the same, and what is refused with its place and the way out."""

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from banks.outlets.spreadsheet.cells import Cell, Kind
from exit.takeover.checks.faults import Faulty
from exit.takeover.columns import readers
from exit.takeover.columns.column import BANK
from exit.takeover.columns.numerals import with_arabic_numerals
from exit.takeover.import_sheet.judged import judged_workbook
from exit.takeover.import_sheet.reading import read_workbook
from exit.takeover.tests.workbooks import (
    GO_LIVE,
    bank,
    code,
    order,
    outlet,
    person,
    qualification,
    result,
    workbook,
)
from zsbank.base.calendar import clock
from zsbank.base.refusals import FileRefused
from zsbank.base.texts import BadText

NAME = "接续.xlsx"


def refused(content: bytes, name: str = NAME) -> str:
    """Return why a workbook is not read."""
    with pytest.raises((Faulty, FileRefused)) as refusal:
        read_workbook(content, name)
    return str(refusal.value)


def changed(change: Callable[[Any], object], **parts: list[Any]) -> bytes:
    """A workbook of one bank, changed by hand."""
    book = load_workbook(
        io.BytesIO(workbook(**{"banks": [bank(1)], "qualifications": [qualification(1)]} | parts))
    )
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "said",
    [
        "２０１６年５月６日",
        "2016 年 5 月 6 日",
        "二〇一六年五月六日",
        "二○一六年五月六日",
        "２０１６．５．６",
        "2016—5—6",
        "2016、5、6",
        "2016年05月06日 星期五",
        "2016-05-06 09:30",
        "　2016-05-06　",
    ],
)
def test_days_as_people_write_them_are_read(said: str) -> None:
    assert readers.day(Cell(said)) == dt.date(2016, 5, 6)


@pytest.mark.parametrize(
    "said", ["2016年5月", "6/5/2016", "16-5-6", "待定", "二〇一六年", "公历2016年5月6日"]
)
def test_days_that_could_be_another_are_asked_about(said: str) -> None:
    with pytest.raises(BadText, match="2026-03-01"):
        readers.day(Cell(said))


def test_number_of_a_day_is_named_with_its_day() -> None:
    for kind in (Kind.NUMBER, Kind.TEXT):
        with pytest.raises(BadText, match="2016-05-06"):
            readers.day(Cell("42496", kind))


@pytest.mark.parametrize(
    ("said", "arabic"),
    [
        ("二〇〇四", "2004"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("二十一", "21"),
        ("三十一", "31"),
        ("二百", "2百"),
        ("二十十", "二十十"),
    ],
)
def test_chinese_numerals(said: str, arabic: str) -> None:
    assert with_arabic_numerals(said) == arabic


def test_numbers_in_full_width_and_numerals_are_read() -> None:
    assert readers.score(Cell("８２．５分")) == Decimal("82.50")
    assert [readers.year(Cell(said)) for said in ("２０２５", "2025 年度", "二〇二五年")] == [2025] * 3
    for said in ("５、１９", "五、十九", "第五条和第十九条", "（5）（19）"):
        assert readers.numbers(Cell(said)) == [5, 19]
    for said in ("5.19", "5-7"):
        with pytest.raises(BadText):
            readers.numbers(Cell(said))
    for said in ("ａｄｍｉｎ＠bank.example", "admin@bank。example", "mailto:admin@bank.example"):
        assert readers.email(Cell(said)) == "admin@bank.example"


@pytest.mark.parametrize("mark", ["无", "—", "/", "-"])
def test_mark_of_nothing_is_a_blank_cell(mark: str) -> None:
    content = workbook(
        banks=[bank(1)],
        qualifications=[qualification(1, 可发卡起始日期=mark, 人民银行批准文号=mark, 人民银行批准日期=mark)],
        orders=[order(1, "2026-01-12", 报告提交日期=mark, 办结日期=mark)],
    )
    rows = read_workbook(content, NAME)
    held, ordered = rows.qualifications[0], rows.orders[0]
    assert (held.issuing_from, held.review_approval_number, held.review_approval_date) == (None, "", None)
    assert (ordered.reported_on, ordered.closed_on) == (None, None)
    assert "《资格》第2行“生效日期”" in refused(
        workbook(banks=[bank(1)], qualifications=[qualification(1, 生效日期=mark)])
    )


def test_titles_of_sheets_are_compared_without_blanks() -> None:
    def spaced(book: Any) -> None:
        book["资格"].title = "资 格"

    assert len(read_workbook(changed(spaced), NAME).qualifications) == 1

    def again(book: Any) -> None:
        book.copy_worksheet(book["银行"]).title = "银 行"

    assert "《银行》：有两张同名工作表" in refused(changed(again))


def test_title_and_blank_rows_around_the_list_are_passed_over() -> None:
    def around(book: Any) -> None:
        sheet = book["银行"]
        sheet.insert_rows(2, 3)
        sheet.insert_rows(1, 2)
        sheet["A1"] = "中山市社保卡合作银行接续录入"
        sheet.merge_cells("A1:E1")
        sheet.append(["  ", None, "　"])

    rows = read_workbook(changed(around), NAME)
    assert [(one.number, one.uscc) for one in rows.banks] == [(7, code(1))]


@pytest.mark.parametrize(("sheet", "cell"), [("银行", "B8"), ("考核", "A8"), ("网点", "C8")])
def test_note_or_total_below_a_list_is_one_fault_with_the_way_out(sheet: str, cell: str) -> None:
    def noted(book: Any) -> None:
        book[sheet][cell] = "合计：1家"

    parts = {"results": [result(1, 2025)], "outlets": [outlet(1)]}
    said = refused(changed(noted, **parts)).splitlines()
    assert said == [f"《{sheet}》第8行：该行只填了{cell}：“合计：1家”。如为备注或合计，请删去该行。"]


def test_hidden_sheet_of_wps_is_no_loss_and_another_is_named() -> None:
    def of_wps(book: Any) -> None:
        hidden = book.create_sheet("WpsReserved_CellImgList")
        hidden.sheet_state, hidden["A1"] = "veryHidden", "x"

    assert len(read_workbook(changed(of_wps), NAME).banks) == 1

    def pictured(book: Any) -> None:
        of_wps(book)
        book["银行"]["B2"] = '=DISPIMG("ID_1",1)'

    assert "《银行》第2行“名称”" in refused(changed(pictured))

    def by_hand(book: Any) -> None:
        of_wps(book)
        book["WpsReserved_CellImgList"].title = "旧资格"

    assert "《旧资格》被隐藏" in refused(changed(by_hand))


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        ("银行统一社会信用代码,名称\n1,2\n".encode("gbk"), NAME, "可能是CSV或网页"),
        (b"<html><table><tr><td>1</td></tr></table></html>", NAME, "可能是CSV或网页"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, NAME, "不带密码的 XLSX"),
        (b"", NAME, "文件是空的"),
        (workbook(banks=[bank(1)]), "接续.et", "不以.xlsx结尾"),
    ],
)
def test_file_that_is_no_workbook_is_told_what_it_is(content: bytes, name: str, words: str) -> None:
    assert words in refused(content, name)


def test_workbook_without_the_sheet_of_banks_is_told_so() -> None:
    out = io.BytesIO()
    Workbook().save(out)
    assert "没有“银行”工作表" in refused(out.getvalue())

    def renamed(book: Any) -> None:
        book["银行"].title = "Sheet1"

    said = refused(changed(renamed))
    assert "没有“银行”工作表" in said
    assert "《Sheet1》不在模板之列" in said


def test_five_thousand_outlets_are_told_how_to_divide() -> None:
    book = load_workbook(io.BytesIO(workbook(banks=[bank(1)], people=[person(1)])))
    for number in range(5000):
        book["网点"].append([code(1), f"示例支行{number}"])
    out = io.BytesIO()
    book.save(out)
    said = refused(out.getvalue())
    assert "《事前告知》之后有工作表超过2000行" in said
    assert "每家银行的全部内容放在同一个工作簿" in said


def test_one_bank_may_have_fifteen_hundred_outlets() -> None:
    outlets: list[Any] = [
        outlet(1, 名称=f"示例支行{number}", 统一社会信用代码="", 金融许可证机构编码="")
        for number in range(1500)
    ]
    assert len(read_workbook(workbook(banks=[bank(1)], outlets=outlets), NAME).outlets) == 1500


@pytest.mark.django_db
@pytest.mark.usefixtures("edition")
def test_cells_that_cannot_be_read_do_not_hide_what_is_wrong_with_other_banks() -> None:
    content = workbook(
        banks=[bank(1), bank(2), bank(2)],
        qualifications=[qualification(1, "待定"), qualification(2, "2027-01-01")],
        results=[result(1, 2025)],
    )
    with clock.playing(GO_LIVE), pytest.raises(Faulty) as refusal:
        judged_workbook(content, NAME)
    lines = str(refusal.value).splitlines()
    for words in (
        "《银行》第4行“名称”：与第3行相同",
        "《资格》第2行“生效日期”：B2 “待定”",
        "《资格》第3行“生效日期”",
    ):
        assert any(words in line for line in lines), words
    assert not any("《考核》" in line for line in lines)


@pytest.mark.django_db
@pytest.mark.usefixtures("edition")
def test_code_that_cannot_be_read_is_named_before_anything_is_judged() -> None:
    content = workbook(
        banks=[bank(1), bank(2)], qualifications=[qualification(1) | {BANK: "x"}, qualification(2)]
    )
    with clock.playing(GO_LIVE), pytest.raises(Faulty) as refusal:
        judged_workbook(content, NAME)
    assert len(str(refusal.value).splitlines()) == 1
