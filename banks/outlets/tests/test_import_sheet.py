"""Reading a spreadsheet of outlets: nothing is dropped silently, nothing is misread."""

import datetime as dt
import zipfile
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from banks.outlets.columns import COLUMNS
from banks.outlets.import_sheet.layout import Layout, choose
from banks.outlets.import_sheet.rows import OutletRow, read_outlets
from banks.outlets.spreadsheet import workbook
from banks.outlets.spreadsheet.reading import sheets_of
from banks.outlets.terms import TOWNS, CardService
from banks.outlets.tests.sheets import (
    csv,
    dimensioned,
    outlet,
    xlsx,
)
from zsbank.base.refusals import Refused

ALL = [service.value for service in CardService]


def laid_out(content: bytes, **remembered: str) -> Layout:
    """Return the layout of a file."""
    return choose(sheets_of(content, "网点.XLSX" if content.startswith(b"PK") else "网点.csv"), remembered)


def read(content: bytes) -> list[OutletRow]:
    """Return the rows of a file, with no stored outlets."""
    layout = laid_out(content)
    assert layout.is_settled, layout.meanings
    return read_outlets(layout.sheet, layout.header, layout.columns, {})


def refused(content: bytes) -> str:
    """Return the code of the refusal of a file."""
    with pytest.raises(Refused) as caught:
        read(content)
    return caught.value.code


def error(column: str, value: Any, content: bytes | None = None) -> str:
    """Return the error of a value in a column."""
    [row] = read(content or xlsx(outlet(**{column: value})))
    assert list(row.errors) == [column]
    assert COLUMNS[column] not in row.data
    return row.errors[column]


@pytest.mark.parametrize(
    "content",
    [
        xlsx(outlet()),
        csv(outlet()),
        csv(outlet(), encoding="gb18030"),
        csv(outlet(), encoding="utf-8"),
        csv(outlet(), separator="\t", encoding="utf-16"),
        csv(outlet(), separator="\t"),
        csv(outlet(), separator=";"),
        csv(outlet(), separator="，"),
        b"sep=;\r\n" + csv(outlet(), separator=";", encoding="utf-8"),
    ],
)
def test_good_row_has_no_error(content: bytes) -> None:
    [row] = read(content)
    assert (row.errors, row.notes) == ({}, [])
    assert (row.data["windows"], row.data["services"]) == (2, ALL)


@pytest.mark.parametrize("dimension", ["A1", "A1:J2", "A1:B1", "B2:C3", "A1:XFD1048576", ""])
def test_wrong_dimension_is_ignored(dimension: str) -> None:
    rows = [outlet(名称=f"示例{number}支行") for number in range(3)]
    assert [row.number for row in read(dimensioned(xlsx(*rows), dimension))] == [2, 3, 4]


def test_normalised_cells_are_noted() -> None:
    [row] = read(
        xlsx(
            outlet(统一社会信用代码="９１４４２０００ madem0038x", 社保卡受理窗口数="２", 名称=" 示例  支行 ")
        )
    )
    assert row.errors == {}
    assert (row.data["uscc"], row.data["windows"], row.data["name"]) == ("91442000MADEM0038X", 2, "示例 支行")
    said = " ".join(row.notes)
    assert all(column in said for column in ("统一社会信用代码", "社保卡受理窗口数", "名称"))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("名称", ""),
        ("名称", "示例\u200b支行"),
        ("名称", "—"),
        ("名称", "长" * 121),
        ("地址", "示例路\u202e1号"),
        ("地址", ""),
        ("地址", "无"),
        ("镇街", "石岐"),
        ("镇街", "无此镇"),
        ("统一社会信用代码", "91442000MADEM0038Y"),
        ("金融许可证机构编码", "B9001S211000001"),
        ("开放办理社保卡业务", "也许"),
        ("开放办理社保卡业务", ""),
        ("社保卡受理窗口数", "-1"),
        ("社保卡受理窗口数", "1.5"),
        ("社保卡受理窗口数", "٣"),
        ("社保卡受理窗口数", "99999"),
        ("熟练人员", "很多"),
        ("提供的服务", "贷款"),
        ("提供的服务", "申请、挂失"),
        ("公告服务时间", "长" * 200),
        ("联系电话", "请打总机"),
    ],
)
def test_error_names_cell_value_and_column(column: str, value: str) -> None:
    good, bad = read(xlsx(outlet(名称="示例甲支行"), outlet(**{column: value})))
    assert good.errors == {}
    assert (bad.number, list(bad.errors)) == (3, [column])
    cell = f"{'ABCDEFGHIJK'[list(COLUMNS).index(column)]}3"
    assert cell in bad.errors[column]
    assert value[:10] in bad.errors[column]
    assert "选择一个有效的选项" not in bad.errors[column]


def test_similar_town_is_suggested() -> None:
    assert "石岐街道" in error("镇街", "石岐")
    assert "小榄镇" in error("镇街", "小榄")
    assert all(town in error("镇街", "无此镇") for town in TOWNS)


CHANGED: list[tuple[str, Any]] = [
    ("统一社会信用代码", 9.14420002800127e17),
    ("统一社会信用代码", 914420002820000000),
    ("统一社会信用代码", 12345),
    ("统一社会信用代码", dt.date(2026, 1, 2)),
    ("统一社会信用代码", "914420002800127000"),
    ("统一社会信用代码", "9.1442E+17"),
    ("金融许可证机构编码", 4.42e13),
    ("金融许可证机构编码", "4.42E+13"),
    ("名称", dt.datetime(2026, 3, 1)),  # noqa: DTZ001 spreadsheets have no time zone
    ("名称", 1001),
    ("地址", dt.date(2026, 1, 2)),
    ("地址", True),
    ("地址", "1月2日"),
    ("公告服务时间", dt.date(2026, 9, 17)),
    ("公告服务时间", dt.time(9, 0)),
    ("公告服务时间", 0.375),
    ("公告服务时间", "45199"),
    ("联系电话", 76088880000),
    ("联系电话", "76088880000"),
    ("联系电话", 7.60889e10),
    ("社保卡受理窗口数", dt.date(2026, 1, 2)),
]


@pytest.mark.parametrize(("column", "value"), CHANGED)
def test_value_converted_by_spreadsheet_program_is_refused(column: str, value: Any) -> None:
    said = error(column, value)
    assert "表格软件" in said
    assert "文本" in said
    assert "营业执照核对" not in said


@pytest.mark.parametrize("value", ["9.1442E+17", "914420002800127000", "9.14420002800127E+17", "2026/1/2"])
def test_value_converted_in_csv_is_refused(value: str) -> None:
    content = csv(outlet(统一社会信用代码=value))
    assert "表格软件" in error("统一社会信用代码", value, content)


@pytest.mark.parametrize(
    "value", [13800000000, 88880000, 4008000000, 95588, "0760-88880000", "+86 760 88880000"]
)
def test_complete_phone_number_is_accepted(value: Any) -> None:
    [row] = read(xlsx(outlet(联系电话=value)))
    assert row.data["phone"] == str(value)


@pytest.mark.parametrize("value", ["=1+1", "=cmd|'/c calc'!A1", "@SUM(A1)"])
def test_formula_is_error_of_cell(value: str) -> None:
    assert "B2" in error("镇街", value, csv(outlet(镇街=value)))
    if value.startswith("="):
        assert "C2" in error("地址", value)


@pytest.mark.parametrize("value", ["#N/A", "#REF!", "####"])
def test_error_value_is_error_of_cell(value: str) -> None:
    assert "表格软件" in error("地址", value, csv(outlet(地址=value)))


@pytest.mark.parametrize(
    "said",
    [
        "申请、领卡、激活、挂失解挂、密码、补换卡、注销",
        "申请,领卡,激活,挂失/解挂,密码维护,补换卡,注销",
        "申领；领取；激活；解挂、挂失；密码重置；补卡、换卡；销卡等业务",
        "申请\t领卡\t激活\t挂失\t解挂\t密码维护\t补换卡业务\t注销",
        "申请 领卡 激活 挂失（解挂） 密码维护 补换卡 注销",
        "全部",
        "全部业务",
    ],
)
def test_service_synonyms_are_recognised(said: str) -> None:
    [row] = read(xlsx(outlet(提供的服务=said)))
    assert row.errors == {}
    assert row.data["services"] == ALL


@pytest.mark.parametrize(
    ("half", "whole"), [("挂失", "挂失解挂"), ("解挂", "挂失解挂"), ("补卡", "补换卡"), ("换卡", "补换卡")]
)
def test_half_of_service_is_refused(half: str, whole: str) -> None:
    said = error("提供的服务", f"申请、{half}")
    assert f"只写“{half}”" in said
    assert f"“{whole}”" in said


def test_repeated_name_is_error_in_second_row() -> None:
    rows = read(
        xlsx(
            outlet(名称="示例（小榄）支行"),
            outlet(名称="示例(小榄)支行"),
            outlet(名称="示例【小榄】 支行"),
            outlet(名称="示例小榄支行"),
        )
    )
    assert [list(row.errors) for row in rows] == [[], ["名称"], ["名称"], []]
    assert "2" in rows[1].errors["名称"]


def test_empty_rows_keep_row_numbers() -> None:
    rows = read(xlsx(outlet(), [None] * 10, outlet(名称="示例乙支行")))
    assert [row.number for row in rows] == [2, 4]


@pytest.mark.parametrize("value", [0, 0.0, "0", "０", "无"])
def test_zero_windows_are_accepted(value: Any) -> None:
    [row] = read(xlsx(outlet(社保卡受理窗口数=value)))
    assert row.data["windows"] == 0


# Files ----------------------------------------------------------------------------------------------------------------


def many(rows: int, columns: int, value: Any) -> bytes:
    """Return a workbook with this value in each cell."""
    book, out = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet()
    for _row in range(rows):
        sheet.append([value] * columns)
    book.save(out)
    return out.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """Return a workbook with a part replaced or added."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(many(1, 1, "甲"))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


COSTLY = [
    pytest.param(many(2000, 50, 1), id="numbers"),
    pytest.param(many(2000, 50, "甲"), id="texts"),
    pytest.param(
        with_part("xl/sharedStrings.xml", b"<sst>" + b"<si/>" * 400_000 + b"</sst>"), id="shared texts"
    ),
    pytest.param(with_part("xl/styles.xml", b"<s>" + b"<x/>" * 400_000 + b"</s>"), id="styles"),
]


@pytest.mark.parametrize("content", COSTLY)
def test_costly_workbook_is_refused_before_it_is_read(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("load_workbook", "ExcelReader"):
        monkeypatch.setattr(workbook, name, lambda *_given, **_more: pytest.fail("it was read"))
    assert len(content) < 2_000_000
    assert refused(content) == "too_long"


def test_control_a_full_list_is_read() -> None:
    [sheet] = sheets_of(many(2000, 20, "甲"), "网点.xlsx")
    assert len(sheet.rows) == 2000
