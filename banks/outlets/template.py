"""The template for the outlet import, as XLSX with drop-down lists and as CSV."""

import csv
import io

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from banks.outlets.import_sheet import COLUMNS, service_names
from banks.outlets.spreadsheet import ROW_LIMIT
from banks.outlets.terms import TOWNS

COLUMN_HELP: dict[str, str] = {
    "名称": "网点全称，同一银行内不重复。已有同名网点时，导入即更新该网点。",
    "镇街": "从下拉列表选择。",
    "地址": "门牌地址，不含镇街。",
    "统一社会信用代码": "网点自身的18位代码，可以暂缺。",
    "金融许可证机构编码": "网点自身的15位编码，第8至11位为4420，可以暂缺。",
    "开放办理社保卡业务": "填“是”或“否”。",
    "社保卡受理窗口数": "整数，0或以上。",
    "熟练人员": "整数，0或以上。",
    "公告服务时间": "对外公告的时间，可以暂缺。",
    "提供的服务": "以顿号分隔，全部开办可填“全部”。可填：",
}


def xlsx_template() -> bytes:
    """Return a workbook with header, drop-down lists, and a second sheet that explains each column."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "网点"
    sheet.append(list(COLUMNS))
    for place, title in enumerate(COLUMNS, start=1):
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = max(14, len(title) * 2.4)
    sheet.freeze_panes = "A2"
    help_sheet = book.create_sheet("填写说明")
    for title, words in column_help().items():
        help_sheet.append([title, words])
    help_sheet.column_dimensions["A"].width, help_sheet.column_dimensions["B"].width = 24, 80
    towns = book.create_sheet("镇街")
    for town in TOWNS:
        towns.append([town])
    _choices(sheet, "镇街", f"=镇街!$A$1:$A${len(TOWNS)}")
    _choices(sheet, "开放办理社保卡业务", '"是,否"')
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _choices(sheet: Worksheet, title: str, formula: str) -> None:
    column = get_column_letter(list(COLUMNS).index(title) + 1)
    choice = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    choice.add(f"{column}2:{column}{ROW_LIMIT + 1}")
    sheet.add_data_validation(choice)


def csv_template() -> bytes:
    """Return the header alone, in UTF-8 with the byte order mark that Excel needs."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow(COLUMNS)
    return out.getvalue().encode("utf-8-sig")


def column_help() -> dict[str, str]:
    """Return the explanation of each column."""
    return COLUMN_HELP | {"提供的服务": f"{COLUMN_HELP['提供的服务']}{'、'.join(service_names())}。"}
