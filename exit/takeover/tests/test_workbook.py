"""Reading and judging a workbook: every kind of fault is named, and nothing is passed over in silence."""

import datetime as dt
import io
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook

from banks.outlets.tests.sheets import bomb
from exit.takeover.checks.faults import Faulty
from exit.takeover.checks.plan import plan_of
from exit.takeover.columns.column import BANK
from exit.takeover.data import Rows
from exit.takeover.import_sheet.reading import read_workbook
from exit.takeover.template import template
from exit.takeover.terms import SHEETS
from exit.takeover.tests.workbooks import (
    GO_LIVE,
    bank,
    every_standing,
    left,
    order,
    outlet,
    paper,
    person,
    qualification,
    result,
    workbook,
)
from zsbank.base.calendar import clock
from zsbank.base.refusals import FileRefused

if TYPE_CHECKING:
    pass

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]

NAME = "接续.xlsx"
BOTH: dict[str, Any] = {"banks": [bank(1)], "qualifications": [qualification(1)]}
YEARS = {
    "整改依据": "连续两年考核不合格",
    "认定事实": None,
    "不符合的条款": None,
    "第二个不合格年度": 2025,
    "整改期限": "2026-05-29",
    "成文日期": "2026-03-10",
}


def said(**parts: Any) -> str:
    """Return the faults of a workbook on the day of go-live, one a line; empty if there are none."""
    with clock.playing(GO_LIVE):
        try:
            return "\n".join(map(str, plan_of(read_workbook(workbook(**BOTH | parts), NAME)).faults))
        except Faulty as refusal:
            return str(refusal)


def changed(change: Callable[[Any], object], **parts: Any) -> bytes:
    """Return a workbook to which something was done after it was filled in."""
    book = load_workbook(io.BytesIO(workbook(**BOTH | parts)))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refused(content: bytes) -> str:
    """Return why a workbook is not read."""
    with pytest.raises((Faulty, FileRefused)) as refusal:
        read_workbook(content, NAME)
    return str(refusal.value)


def test_rows_survive_their_storage() -> None:
    rows = read_workbook(workbook(**every_standing()), NAME)
    assert Rows.from_json(rows.to_json()) == rows
    assert rows.orders[0].determined_on == dt.date(2026, 1, 12)
    assert (len(rows.banks), len(rows.outlets), len(rows.people)) == (18, 2, 3)


def test_rows_that_were_stored_before_a_sheet_or_column_was_added_are_read() -> None:
    rows = read_workbook(workbook(**every_standing()), NAME)
    stored = rows.to_json()
    del stored["notices"]
    for row in stored["exits"]:
        del row["source_number"]
    read = Rows.from_json(stored)
    assert (read.exits, read.notices) == (rows.exits, [])


def test_template_has_a_sheet_for_each_part_with_explanations_and_choices() -> None:
    book = load_workbook(io.BytesIO(template()))
    assert book.sheetnames == ["填写说明", *SHEETS.values(), "选项"]
    told = [[cell.value for cell in row] for row in book["填写说明"].iter_rows()]
    assert ["整改", "状态", "是"] in [row[:3] for row in told]
    assert not [row for row in told if row[0] in SHEETS.values() and not row[3]]
    assert len(book["整改"].data_validations.dataValidation) == 2
    assert said() == ""


def test_good_workbook_has_no_fault() -> None:
    with clock.playing(GO_LIVE):
        assert plan_of(read_workbook(workbook(**every_standing()), NAME)).faults == []


@pytest.mark.parametrize(
    "day",
    [
        dt.datetime(2020, 5, 6),  # noqa: DTZ001 as spreadsheet programs write dates
        "2020-05-06",
        "2020/5/6",
        "2020.5.6",
        "2020年5月6日",
        "20200506",
        "２０２０年５月６日",
        20200506,
    ],
)
def test_date_is_read_in_its_usual_forms(day: object) -> None:
    rows = read_workbook(workbook(**BOTH | {"qualifications": [qualification(1, 生效日期=day)]}), NAME)
    assert rows.qualifications[0].effective_from == dt.date(2020, 5, 6)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"banks": []}, "每家银行在“银行”表中有一行"),
        ({"banks": [bank(1, **{BANK: 914420001234567890})]}, "把代码变成了数字"),
        ({"banks": [bank(1, **{BANK: "91442000MADEM00110"})]}, "《银行》第2行“银行统一社会信用代码”"),
        ({"banks": [bank(1, 类别="信托公司")]}, "请填写下列之一"),
        ({"banks": [bank(1, 名称=None)]}, "《银行》第2行“名称”：B2 不能为空"),
        ({"banks": [bank(1, 名称="=A1")]}, "公式"),
        (
            {"banks": [bank(1), bank(1, 名称="示例另一银行")]},
            "《银行》第3行“银行统一社会信用代码”：与第2行相同",
        ),
        ({"banks": [bank(1), bank(2, 金融许可证机构编码="B8001H244200001")]}, "与第2行相同"),
        ({"qualifications": [qualification(2)]}, "“银行”表中没有代码为"),
        ({"qualifications": [qualification(1, "2026-13-01")]}, "没有这一天"),
        ({"qualifications": [qualification(1, "去年五月")]}, "请按2026-03-01或2026年3月1日填写"),
        ({"qualifications": [qualification(1, "2026-05-06")]}, "尚未到"),
        ({"qualifications": [qualification(1), qualification(1)]}, "与第2行相同"),
        ({"qualifications": [qualification(1, 可发卡起始日期="2015-01-01")]}, "资格生效前不能发卡"),
        ({"qualifications": [qualification(1, 人民银行批准文号=None)]}, "批准文号"),
        ({"qualifications": [qualification(1, 文号=None)]}, "“文号”"),
        ({"qualifications": [qualification(1, 成文日期="2026-03-17")]}, "“成文日期”"),
        ({"qualifications": [], "orders": [order(1, "2026-01-12")]}, "“资格”表中没有该银行的资格"),
        ({"orders": [order(1, "2026-01-12", 认定事实=None)]}, "请写明认定的事实"),
        ({"orders": [order(1, "2026-01-12", 不符合的条款=None)]}, "请填写不再符合的条款"),
        ({"orders": [order(1, "2026-01-12", 不符合的条款="5、99")]}, "没有第99条"),
        ({"orders": [order(1, "2026-01-12", 不符合的条款="甲")]}, "条款序号"),
        ({"orders": [order(1, "2026-01-12", 认定日期=None)]}, "请填写认定日期"),
        ({"orders": [order(1, "2015-01-12")]}, "早于资格生效"),
        ({"orders": [order(1, "2026-01-12", 整改期限="2026-07-12")]}, "2026年7月13日"),
        ({"orders": [order(1, "2026-01-12"), order(1, "2026-01-12")]}, "与第2行相同"),
        ({"orders": [order(1, "2026-01-12", 状态="已报告待验收")]}, "请填写银行提交报告的日期"),
        ({"orders": [order(1, "2026-01-12", 报告提交日期="2026-02-01")]}, "请选“已报告待验收”"),
        ({"orders": [order(1, "2026-01-12", 状态="已验收", 报告提交日期="2026-02-01")]}, "请填写办结日期"),
        ({"orders": [order(1, "2026-01-12", 办结日期="2026-02-01")]}, "请填写办结日期"),
        ({"orders": [order(1, "2026-01-12", 状态="逾期未完成")]}, "只有银行因此退出"),
        (
            {"orders": [order(1, "2026-01-12", 整改依据="严重违反合作协议且后果严重", 状态="已撤销")]},
            "没有整改",
        ),
        ({"orders": [order(1, None, **YEARS)]}, "“考核”表中没有"),
        ({"orders": [order(1, None, **YEARS | {"整改期限": "2026-03-10"})]}, "整改期限不晚于"),
        ({"results": [result(1, 2026)]}, "该年度"),
        ({"results": [result(1, 2025), result(1, 2025)]}, "与第2行相同"),
        ({"results": [result(1, 2025, score="百分")]}, "得分"),
        ({"results": [result(1, 2025, score=100.5)]}, "0 到 100"),
        ({"results": [result(1, 2025, score="59.999")]}, "两位小数"),
        ({"exits": [left(1, None, 成文日期="2024-03-01")]}, "请填写取消资格的日期"),
        ({"exits": [left(1, "2027-01-01")]}, "尚未到"),
        ({"exits": [left(1, "2024-03-01", 禁入期最后一日="2029-02-28")]}, "2029年3月1日"),
        ({"exits": [left(1, "2024-03-01")], "orders": [order(1, "2024-01-12")]}, "该银行已退出"),
        (
            {"exits": [left(1, None, "整改逾期未完成", 状态="办理中", 成文日期="2026-03-02")]},
            "请先在“整改”表",
        ),
        ({"outlets": [outlet(1, 镇街="小榄")]}, "《网点》第2行“镇街”"),
        ({"outlets": [outlet(1), outlet(1)]}, "名称"),
        ({"outlets": [outlet(2)]}, "“银行”表中没有代码为"),
        ({"people": [person(1, "经办员")]}, "管理员"),
        ({"people": [person(1), person(1)]}, "与第2行相同"),
        ({"people": [person(1, 电子邮箱="name")]}, "电子邮箱"),
    ],
)
def test_fault_is_named_by_sheet_row_and_column(parts: dict[str, Any], words: str) -> None:
    assert words in said(**parts)


def test_all_faults_are_named_at_once_in_the_order_of_the_sheets() -> None:
    lines = said(
        banks=[bank(1), bank(2)],
        qualifications=[qualification(1, "2026-05-06"), qualification(2)],
        results=[result(1, 2025), result(2, 2026)],
    ).splitlines()
    places = [line.split("“")[0] for line in lines]
    assert list(dict.fromkeys(places)) == ["《资格》第2行", "《考核》第2行", "《考核》第3行"]
    assert len(lines) > 3


def test_unknown_sheet_and_column_are_not_lost() -> None:
    assert "《贷款》" in refused(changed(lambda book: book.create_sheet("贷款").append(["x"])))

    def more(book: Any) -> None:
        book["银行"]["F1"], book["银行"]["F2"] = "备用", "x"

    assert "“备用”" in refused(changed(more))

    def untitled(book: Any) -> None:
        book["银行"]["J2"] = "x"

    assert "J列" in refused(changed(untitled))

    def removed(book: Any) -> None:
        book["资格"].delete_cols(2)

    assert "缺少“生效日期”列" in refused(changed(removed))


def test_hidden_sheet_with_rows_is_not_lost() -> None:
    def hide(book: Any) -> None:
        book["资格"].sheet_state = "hidden"

    assert "隐藏" in refused(changed(hide))


def test_merged_cells_are_refused() -> None:
    assert "B2:C2" in refused(changed(lambda book: book["银行"].merge_cells("B2:C2")))


@pytest.mark.parametrize(
    ("content", "name"), [(b"x", NAME), (b"PK\x03\x04", NAME), (b"a,b", "a.csv"), (b"", NAME)]
)
def test_other_files_are_refused(content: bytes, name: str) -> None:
    with pytest.raises(FileRefused):
        read_workbook(content, name)


def test_bomb_and_too_many_rows_are_refused() -> None:
    with pytest.raises(FileRefused):
        read_workbook(bomb(), NAME)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("银行")
    for number in range(2100):
        sheet.append([str(number)])
    out = io.BytesIO()
    book.save(out)
    assert "2000" in refused(out.getvalue())


def test_two_hundred_banks_are_judged_in_seconds(django_assert_max_num_queries: Any) -> None:
    banks = range(1, 201)
    content = workbook(
        banks=[bank(number) for number in banks],
        qualifications=[qualification(number) for number in banks],
        orders=[order(number, "2026-01-12") for number in banks],
        results=[result(number, year, "良") for number in banks for year in (2022, 2023, 2024, 2025)],
    )
    began = time.monotonic()
    with clock.playing(GO_LIVE), django_assert_max_num_queries(25):
        plan = plan_of(read_workbook(content, NAME))
    assert (plan.faults, len(plan.banks)) == ([], 200)
    assert time.monotonic() - began < 20


def test_paper_without_number_says_so() -> None:
    assert said(qualifications=[qualification(1, 文号="无文号")]) == ""
    assert paper(1)["文号"] != "无文号"
