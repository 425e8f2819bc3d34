"""A spreadsheet of outlets is read as it is: nothing left out in silence, nothing taken for something else."""

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from banks.outlets.columns import COLUMNS
from banks.outlets.import_sheet.layout import Layout, choose
from banks.outlets.import_sheet.rows import OutletRow, read_outlets
from banks.outlets.spreadsheet.reading import sheets_of
from banks.outlets.template import csv_file, xlsx_file
from banks.outlets.terms import TOWNS, CardService
from banks.outlets.tests.sheets import (
    GOOD,
    bomb,
    csv,
    dimensioned,
    entities,
    outlet,
    stuffed,
    with_part,
    with_rows,
    xlsx,
)
from zsbank.base.refusals import Refused

ALL = [service.value for service in CardService]


def laid_out(content: bytes, **remembered: str) -> Layout:
    """How the file is read."""
    return choose(sheets_of(content, "网点.XLSX" if content.startswith(b"PK") else "网点.csv"), remembered)


def read(content: bytes) -> list[OutletRow]:
    """What the file says, as of outlets that are all new."""
    layout = laid_out(content)
    assert layout.is_settled, layout.meanings
    return read_outlets(layout.sheet, layout.header, layout.columns, {})


def refused(content: bytes) -> str:
    """The code with which a file is refused."""
    with pytest.raises(Refused) as caught:
        read(content)
    return caught.value.code


def error(column: str, value: Any, content: bytes | None = None) -> str:
    """What is said of a value in a column."""
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
def test_a_good_row_has_no_error(content: bytes) -> None:
    [row] = read(content)
    assert (row.errors, row.notes) == ({}, [])
    assert (row.data["windows"], row.data["services"]) == (2, ALL)


@pytest.mark.parametrize("dimension", ["A1", "A1:J2", "A1:B1", "B2:C3", "A1:XFD1048576", ""])
def test_what_the_sheet_says_of_its_size_is_not_believed(dimension: str) -> None:
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


def test_a_town_that_is_nearly_one_is_asked_about() -> None:
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
def test_what_the_spreadsheet_program_made_of_a_text_is_refused_in_its_name(column: str, value: Any) -> None:
    said = error(column, value)
    assert "表格软件" in said
    assert "文本" in said
    assert "营业执照核对" not in said


@pytest.mark.parametrize("value", ["9.1442E+17", "914420002800127000", "9.14420002800127E+17", "2026/1/2"])
def test_a_csv_saved_by_a_spreadsheet_program_is_refused_alike(value: str) -> None:
    content = csv(outlet(统一社会信用代码=value))
    assert "表格软件" in error("统一社会信用代码", value, content)


@pytest.mark.parametrize(
    "value", [13800000000, 88880000, 4008000000, 95588, "0760-88880000", "+86 760 88880000"]
)
def test_a_phone_that_lost_nothing_is_taken(value: Any) -> None:
    [row] = read(xlsx(outlet(联系电话=value)))
    assert row.data["phone"] == str(value)


@pytest.mark.parametrize("value", ["=1+1", "=cmd|'/c calc'!A1", "@SUM(A1)"])
def test_a_formula_is_an_error_of_its_cell(value: str) -> None:
    assert "B2" in error("镇街", value, csv(outlet(镇街=value)))
    if value.startswith("="):
        assert "C2" in error("地址", value)


@pytest.mark.parametrize("value", ["#N/A", "#REF!", "####"])
def test_an_error_value_is_an_error_of_its_cell(value: str) -> None:
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
def test_services_are_known_by_other_words(said: str) -> None:
    [row] = read(xlsx(outlet(提供的服务=said)))
    assert row.errors == {}
    assert row.data["services"] == ALL


@pytest.mark.parametrize(
    ("half", "whole"), [("挂失", "挂失解挂"), ("解挂", "挂失解挂"), ("补卡", "补换卡"), ("换卡", "补换卡")]
)
def test_half_of_a_service_is_not_the_service(half: str, whole: str) -> None:
    said = error("提供的服务", f"申请、{half}")
    assert f"只写“{half}”" in said
    assert f"“{whole}”" in said


def test_repeated_name_is_an_error_in_the_second_row() -> None:
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


def test_empty_rows_in_between_keep_the_numbers() -> None:
    rows = read(xlsx(outlet(), [None] * 10, outlet(名称="示例乙支行")))
    assert [row.number for row in rows] == [2, 4]


@pytest.mark.parametrize("value", [0, 0.0, "0", "０", "无"])
def test_no_window_is_a_number(value: Any) -> None:
    [row] = read(xlsx(outlet(社保卡受理窗口数=value)))
    assert row.data["windows"] == 0


# Where the list stands ------------------------------------------------------------------------------------------------


def test_columns_are_known_by_other_titles_and_in_any_order() -> None:
    titles = {
        "机构名称（全称）": "名称",
        "序号": None,
        "所属镇街": "镇街",
        "营业地址": "地址",
        "联系电话": "联系电话",
        "统一社会信用代码(18位)": "统一社会信用代码",
        "机构编码*": "金融许可证机构编码",
        "是否开办社保卡业务": "开放办理社保卡业务",
        "窗口数(个)": "社保卡受理窗口数",
        "受训人员数": "熟练人员",
        "营业时间": "公告服务时间",
        "服务项目": "提供的服务",
        "备注": None,
    }
    row = [GOOD[title] if title else 1 for title in titles.values()]
    layout = laid_out(xlsx(row, header=list(titles)))
    assert layout.is_settled
    [read_row] = read_outlets(layout.sheet, layout.header, layout.columns, {})
    [usual] = read(xlsx(outlet()))
    assert (read_row.data, read_row.errors) == (usual.data, {})


def a_book_as_banks_have_them(hidden: bool = False) -> bytes:
    """A title over the table, a header of two rows, and a sheet of instructions in front."""
    book = Workbook()
    first = book.worksheets[0]
    first.title = "填写说明"
    first.append(["请逐行填写网点名称、地址"])
    first.sheet_state = "hidden" if hidden else "visible"
    sheet = book.create_sheet("网点")
    sheet.append(["示例银行中山分行网点一览表"])
    sheet.append(["填表日期：2026年1月5日"])
    sheet.append(["名称", "镇街", "地址", "证照", None, "社保卡业务", None, None, None, None])
    sheet.append([None, None, None, *list(COLUMNS)[3:10]])
    for merged in ("A1:J1", "A2:J2", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:J3"):
        sheet.merge_cells(merged)
    sheet.append(outlet()[:10])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("hidden", [True, False])
def test_titles_above_and_sheets_in_front_do_not_matter(hidden: bool) -> None:
    layout = laid_out(a_book_as_banks_have_them(hidden))
    assert (layout.sheet.title, layout.header) == ("网点", 4)
    [row] = read(a_book_as_banks_have_them(hidden))
    assert (row.number, row.errors, row.data["name"]) == (5, {}, "示例小榄支行")


def test_other_sheets_that_look_like_lists_are_named() -> None:
    book = load_workbook(io.BytesIO(xlsx(outlet())))
    for title in ("东区", "填写说明"):
        sheet = book.create_sheet(title)
        sheet.append(list(COLUMNS) if title == "东区" else ["名称"])
        sheet.append(outlet() if title == "东区" else ["网点全称"])
    out = io.BytesIO()
    book.save(out)
    assert laid_out(out.getvalue()).sheet.others == ("东区",)


@pytest.mark.parametrize(
    "header",
    [
        [*list(COLUMNS)[:-1], "热线"],
        ["甲", *list(COLUMNS)[1:]],
        [*list(COLUMNS)[:-1], "名称"],
        [*list(COLUMNS)[:2], "营业地址", "地址", *list(COLUMNS)[4:]],
        ["甲", "乙", "丙"],
    ],
)
def test_a_person_is_asked_where_columns_are_not_plain(header: list[str]) -> None:
    assert not laid_out(xlsx(outlet(), header=header)).is_settled


def test_what_was_said_of_a_title_is_remembered() -> None:
    content = xlsx(outlet(), header=["甲", *list(COLUMNS)[1:]])
    assert laid_out(content, 甲="name").is_settled


def test_a_missing_column_is_no_question_but_a_new_outlet_says_what_it_lacks() -> None:
    [row] = read(xlsx(outlet()[:9], header=list(COLUMNS)[:9]))
    assert row.errors == {}
    [row] = read(xlsx(outlet()[:2], header=list(COLUMNS)[:2]))
    assert set(row.errors) == {"地址", "开放办理社保卡业务", "社保卡受理窗口数", "熟练人员"}


# Files ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\xd0\xcf\x11\xe0 protected", "encrypted"),
        (b"PK\x03\x04 cut off", "damaged"),
        (xlsx(outlet())[:-200], "damaged"),
        (xlsx(outlet(), outlet(名称="示例乙支行"), merge="A2:A3"), "merged"),
        (xlsx(outlet(), merge="A1:A2"), "merged"),
        (xlsx(), "no_rows"),
        (xlsx(header=[]), "no_rows"),
        (b"\x00\x01\x02\x03", "wrong_kind"),
        (b"\xff\xfe\xff\xff", "wrong_kind"),
        (bomb(), "bomb"),
        (stuffed(**{"xl/media/a": b"\0" * (13 * 1024 * 1024)}), "bomb"),
        (stuffed(**{f"xl/media/{n}": b"" for n in range(1000)}), "bomb"),
        (entities(), "damaged"),
        (with_rows(f"<row>{'<c/>' * 400_001}</row>"), "too_long"),
        (with_rows("<row/>" * 400_001), "too_long"),
        (with_rows('<row r="999999999"/>'), "too_long"),
        (with_rows('<row r="&#57;99999999"/>'), "too_long"),
        (with_rows('<row r="2"/><row r="1"><c t="inlineStr"><is><t>名称</t></is></c></row>'), "damaged"),
        (with_rows('<row r="1"><c r="BA1"><v>1</v></c></row>'), "too_wide"),
        (with_rows(f"<row>{'<c><v>1</v></c>' * 51}</row>"), "too_wide"),
        (csv([*outlet(), *[""] * 60, "1"]), "too_wide"),
        (with_rows(" " * 31 * 1024 * 1024), "bomb"),
        (with_part("xl/styles.xml", " " * 3 * 1024 * 1024), "bomb"),
        (with_part("xl/worksheets/sheet1.xml", "no XML"), "damaged"),
    ],
)
def test_unreadable_file_is_refused(content: bytes, code: str) -> None:
    assert refused(content) == code


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (xlsx(outlet()), "网点.csv"),
        (csv(outlet()), "网点.xlsx"),
        (csv(outlet()), "网点"),
        (xlsx(outlet()), "网点.xlsx.exe"),
    ],
)
def test_file_name_not_matching_content_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(Refused) as caught:
        sheets_of(content, name)
    assert caught.value.code == "name"


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refused(out.getvalue()) == "wrong_kind"


def test_2000_rows_are_taken_and_one_more_is_not() -> None:
    rows = [outlet(名称=f"示例第{number}支行") for number in range(2000)]
    assert len(read(csv(*rows))) == 2000
    assert refused(csv(*rows, outlet())) == "too_long"


def test_reading_stops_at_the_row_limit() -> None:
    assert refused(csv(*[outlet()] * 100_000)) == "too_long"


def test_the_templates_have_the_columns_the_choices_and_text_where_programs_would_count() -> None:
    book = load_workbook(io.BytesIO(xlsx_file()))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert [cell.value for cell in book["镇街"]["A"]] == list(TOWNS)
    assert len(sheet.data_validations.dataValidation) == 2
    letters = dict(zip(COLUMNS.values(), "ABCDEFGHIJK", strict=True))
    formats = {name: sheet.column_dimensions[letter].number_format for name, letter in letters.items()}
    assert {name for name, said in formats.items() if said != "@"} == {"windows", "trained_staff"}
    assert csv_file().decode("utf-8-sig").strip().split(",") == list(COLUMNS)
    assert refused(xlsx_file()) == "no_rows"
