"""Spreadsheets of outlets: which column is which, which sheet, and which files are read."""

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from banks.outlets.columns import COLUMNS
from banks.outlets.import_sheet.rows import read_outlets
from banks.outlets.spreadsheet.reading import sheets_of
from banks.outlets.template import csv_file, xlsx_file
from banks.outlets.terms import TOWNS
from banks.outlets.tests.sheets import (
    GOOD,
    bomb,
    csv,
    entities,
    outlet,
    stuffed,
    with_part,
    with_rows,
    xlsx,
)
from banks.outlets.tests.test_import_sheet import laid_out, read, refused
from zsbank.base.refusals import Refused


def test_title_synonyms_are_recognised_in_any_order() -> None:
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
    """Return a workbook with headings, a header of two rows, and a sheet of instructions in front."""
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
def test_heading_rows_and_leading_sheets_are_skipped(hidden: bool) -> None:
    layout = laid_out(a_book_as_banks_have_them(hidden))
    assert (layout.sheet.title, layout.header) == ("网点", 4)
    [row] = read(a_book_as_banks_have_them(hidden))
    assert (row.number, row.errors, row.data["name"]) == (5, {}, "示例小榄支行")


def test_other_list_sheets_are_named() -> None:
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
def test_ambiguous_columns_are_asked_about(header: list[str]) -> None:
    assert not laid_out(xlsx(outlet(), header=header)).is_settled


def test_meaning_of_title_is_remembered() -> None:
    content = xlsx(outlet(), header=["甲", *list(COLUMNS)[1:]])
    assert laid_out(content, 甲="name").is_settled


def test_missing_required_columns_are_errors_of_new_outlet() -> None:
    [row] = read(xlsx(outlet()[:9], header=list(COLUMNS)[:9]))
    assert row.errors == {}
    [row] = read(xlsx(outlet()[:2], header=list(COLUMNS)[:2]))
    assert set(row.errors) == {"地址", "开放办理社保卡业务", "社保卡受理窗口数", "熟练人员"}


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


def test_zip_without_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refused(out.getvalue()) == "wrong_kind"


def test_row_limit_is_2000() -> None:
    rows = [outlet(名称=f"示例第{number}支行") for number in range(2000)]
    assert len(read(csv(*rows))) == 2000
    assert refused(csv(*rows, outlet())) == "too_long"


def test_reading_stops_at_the_row_limit() -> None:
    assert refused(csv(*[outlet()] * 100_000)) == "too_long"


def test_templates_have_columns_choices_and_text_format() -> None:
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
