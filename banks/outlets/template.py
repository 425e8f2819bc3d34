"""The list of outlets as a file, XLSX with choices or CSV: empty as a template, or filled in as an export."""

import csv
import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from banks.outlets.columns import COLUMNS
from banks.outlets.import_sheet.readers import service_names
from banks.outlets.import_sheet.texts import texts_of
from banks.outlets.models import Outlet
from banks.outlets.spreadsheet.cells import ROW_LIMIT
from banks.outlets.terms import MOST, TOWNS
from zsbank.base.texts import with_apostrophe

COLUMN_HELP: dict[str, str] = {
    "名称": "网点全称，同一银行内不重复；全角与半角、各种括号视为相同。已有同名网点时，导入即更新该网点。",
    "镇街": "从下拉列表选择。",
    "地址": "门牌地址，不含镇街。",
    "统一社会信用代码": "网点自身的18位代码，可以暂缺。本列为文本格式，请勿改为数字。",
    "金融许可证机构编码": "网点自身的15位编码，第8至11位为4420，可以暂缺。",
    "开放办理社保卡业务": "填“是”或“否”。",
    "社保卡受理窗口数": "整数，0至200。",
    "熟练人员": "整数，0至2000。",
    "公告服务时间": "对外公告的时间，可以暂缺。",
    "提供的服务": "以顿号分隔，全部开办可填“全部”。可填：",
    "联系电话": "对外公布的电话，如0760-88880000，可以暂缺。本列为文本格式。",
}
BLANKS = "更新已有网点时，空白单元格不改变已登记的内容；要清除已登记的内容，请填“—”或“清空”。"
TEXT_FORMAT = "@"


def xlsx_file(outlets: Iterable[Outlet] = ()) -> bytes:
    """Return a workbook with outlets, choices of town and of 是 or 否, and a sheet that explains each column.

    All columns but the numbers are text, so that no program converts codes and phone numbers.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "网点"
    sheet.append(list(COLUMNS))
    for place, (title, name) in enumerate(COLUMNS.items(), start=1):
        sheet.cell(1, place).font = Font(bold=True)
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = max(14, len(title) * 2.4)
        if name not in MOST:
            column.number_format = TEXT_FORMAT
    for number, outlet in enumerate(outlets, start=2):
        _write(sheet, number, texts_of(outlet))
    sheet.freeze_panes = "A2"
    _explain(book)
    _choices(sheet, "镇街", f"=镇街!$A$1:$A${len(TOWNS)}")
    _choices(sheet, "开放办理社保卡业务", '"是,否"')
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Worksheet, number: int, texts: dict[str, str]) -> None:
    """Write a row; values that look like formulas stay text."""
    for place, (name, text) in enumerate(texts.items(), start=1):
        if not text:
            continue
        cell = sheet.cell(number, place)
        if name in MOST:
            cell.value = int(text)
            continue
        cell.value = text
        cell.data_type = "s"
        cell.number_format = TEXT_FORMAT
        cell.quotePrefix = with_apostrophe(text) != text


def _explain(book: Workbook) -> None:
    """Add the sheet that explains each column, and the sheet with the towns."""
    help_sheet = book.create_sheet("填写说明")
    for title, words in column_help().items():
        help_sheet.append([title, words])
    help_sheet.append(["空白单元格", BLANKS])
    help_sheet.column_dimensions["A"].width, help_sheet.column_dimensions["B"].width = 24, 80
    towns = book.create_sheet("镇街")
    for town in TOWNS:
        towns.append([town])


def _choices(sheet: Worksheet, title: str, formula: str) -> None:
    column = get_column_letter(list(COLUMNS).index(title) + 1)
    choice = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    choice.add(f"{column}2:{column}{ROW_LIMIT + 1}")
    sheet.add_data_validation(choice)


def csv_file(outlets: Iterable[Outlet] = ()) -> bytes:
    """Return titles and outlets as UTF-8 with a byte order mark; no cell is taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for outlet in outlets:
        writer.writerow([with_apostrophe(text) for text in texts_of(outlet).values()])
    return out.getvalue().encode("utf-8-sig")


def column_help() -> dict[str, str]:
    """Return the explanation of each column."""
    return COLUMN_HELP | {"提供的服务": f"{COLUMN_HELP['提供的服务']}{'、'.join(service_names())}。"}
