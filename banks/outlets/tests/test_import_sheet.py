"""Reading a spreadsheet of outlets: errors by row and column, notes on normalised cells."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from banks.outlets.import_sheet import COLUMNS, OutletRow, read_outlets
from banks.outlets.spreadsheet import read_rows
from banks.outlets.template import csv_template, xlsx_template
from banks.outlets.terms import TOWNS, CardService
from banks.outlets.tests.sheets import bomb, csv, entities, outlet, stuffed, with_part, with_rows, xlsx
from zsbank.base.refusals import Refused


def read(content: bytes) -> list[OutletRow]:
    """The outlets read from a file."""
    return read_outlets(read_rows(content, "网点.XLSX" if content.startswith(b"PK") else "网点.csv"))


def refused(content: bytes) -> str:
    """The code with which a file is refused."""
    with pytest.raises(Refused) as caught:
        read(content)
    return caught.value.code


@pytest.mark.parametrize(
    "content",
    [xlsx(outlet()), csv(outlet()), csv(outlet(), encoding="gb18030"), csv(outlet(), encoding="utf-8")],
)
def test_valid_row_has_no_error(content: bytes) -> None:
    [row] = read(content)
    assert (row.number, row.errors, row.notes) == (2, {}, [])
    assert row.data["windows"] == 2
    assert row.data["services"] == [service.value for service in CardService]


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
        ("地址", "示例路\u202e1号"),
        ("镇街", "石岐"),
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
        ("公告服务时间", "长" * 200),
    ],
)
def test_error_names_row_and_column(column: str, value: str) -> None:
    good, bad = read(xlsx(outlet(名称="示例甲支行"), outlet(**{column: value})))
    assert good.errors == {}
    assert (bad.number, list(bad.errors)) == (3, [column])


def test_repeated_name_is_an_error_in_the_second_row() -> None:
    first, second = read(xlsx(outlet(), outlet()))
    assert first.errors == {}
    assert "2" in second.errors["名称"]


def test_empty_rows_keep_row_numbers() -> None:
    rows = read(xlsx(outlet(), [None] * 10, outlet(名称="示例乙支行")))
    assert [row.number for row in rows] == [2, 4]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\xd0\xcf\x11\xe0 protected", "encrypted"),
        (b"PK\x03\x04 cut off", "damaged"),
        (xlsx(outlet())[:-200], "damaged"),
        (xlsx(outlet(社保卡受理窗口数="=1+1")), "formula"),
        (csv(outlet(名称="=cmd()")), "formula"),
        (csv(outlet(名称="@SUM(A1)")), "formula"),
        (xlsx(outlet(), outlet(名称="示例乙支行"), merge="A2:A3"), "merged"),
        (xlsx(outlet(), header=list(COLUMNS)[:-1]), "columns"),
        (xlsx(outlet(), header=[*COLUMNS, "备注"]), "columns"),
        (xlsx(outlet(), header=[*list(COLUMNS)[:-1], "名称"]), "columns"),
        (xlsx(), "no_rows"),
        (xlsx(header=[]), "columns"),
        (b"\x00\x01\x02\x03", "wrong_kind"),
        (b"\xff\xfe\xff\xff", "wrong_kind"),
        (bomb(), "bomb"),
        (stuffed(**{"xl/media/a": b"\0" * (13 * 1024 * 1024)}), "bomb"),
        (stuffed(**{f"xl/media/{n}": b"" for n in range(1000)}), "bomb"),
        (entities(), "damaged"),
        (with_rows("", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "merged"),
        (with_rows(f"<row>{'<c/>' * 400_001}</row>"), "too_long"),
        (with_rows("<row/>" * 400_001), "too_long"),
        (with_rows('<row r="999999999"/>'), "too_long"),
        (with_rows('<row r="&#57;99999999"/>'), "too_long"),
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
        read_rows(content, name)
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


def test_templates_have_columns_and_choices() -> None:
    book = load_workbook(io.BytesIO(xlsx_template()))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert [cell.value for cell in book["镇街"]["A"]] == list(TOWNS)
    assert len(sheet.data_validations.dataValidation) == 2
    assert csv_template().decode("utf-8-sig").strip().split(",") == list(COLUMNS)
    assert refused(xlsx_template()) == "no_rows"
