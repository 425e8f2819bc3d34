"""The workbook to fill in: a sheet for each part with choices, and one that explains every column."""

import io
from collections.abc import Iterable, Sequence

from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from banks.outlets.columns import COLUMNS as OUTLET_COLUMNS
from banks.outlets.spreadsheet.cells import ROW_LIMIT
from banks.outlets.template import TEXT_FORMAT, column_help
from banks.outlets.terms import MOST, TOWNS
from exit.takeover.columns.column import CODE
from exit.takeover.columns.sheets import COLUMNS
from exit.takeover.terms import SHEETS, Part

DAY_FORMAT = "yyyy-mm-dd"
HELP, CHOICES = "填写说明", "选项"
ABOUT = (
    "各表以“银行统一社会信用代码”相互对应；“银行”表每家银行一行。",
    "日期可填日期格式，或如2026-03-01、2026年3月1日的文本。代码列为文本格式，请勿改为数字。",
    "没有的内容留空或填“无”。列表下方不要填写备注、合计。",
    "同一工作簿全部正确才能录入；录入后由另一人核对确认，确认前不改变任何登记事项。",
    "资格、整改、退出、事前告知的文书须在确认前上传扫描件；文件名为文号的，自动与该行对应。",
    "确认前已届满的期限不会自动产生后果，由预览中写明的人员在待办中处理。",
)


def template() -> bytes:
    """Return the workbook, without rows, in Chinese."""
    book = Workbook()
    with override("zh-hans"):
        _explain(book.worksheets[0])
        lists = book.create_sheet(CHOICES)
        for part, title in SHEETS.items():
            sheet = book.create_sheet(title)
            if part is Part.OUTLETS:
                _outlets(sheet, lists)
            else:
                _part(sheet, part, lists)
    book.move_sheet(CHOICES, len(SHEETS))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _part(sheet: Worksheet, part: Part, lists: Worksheet) -> None:
    formats = [DAY_FORMAT if column.is_day else TEXT_FORMAT for column in COLUMNS[part]]
    _head(sheet, [column.title for column in COLUMNS[part]], formats)
    for place, column in enumerate(COLUMNS[part], start=1):
        if column.choices:
            _offer(sheet, place, lists, f"{SHEETS[part]}·{column.title}", column.choices)


def _outlets(sheet: Worksheet, lists: Worksheet) -> None:
    titles = [CODE.title, *OUTLET_COLUMNS]
    formats = ["General" if OUTLET_COLUMNS.get(title) in MOST else TEXT_FORMAT for title in titles]
    _head(sheet, titles, formats)
    for title, words in (("镇街", TOWNS), ("开放办理社保卡业务", ("是", "否"))):
        _offer(sheet, titles.index(title) + 1, lists, f"{SHEETS[Part.OUTLETS]}·{title}", words)


def _head(sheet: Worksheet, titles: Sequence[str], formats: Sequence[str]) -> None:
    sheet.append(list(titles))
    for place, (title, form) in enumerate(zip(titles, formats, strict=True), start=1):
        sheet.cell(1, place).font = Font(bold=True)
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width, column.number_format = max(14, len(title) * 2.4), form
    sheet.freeze_panes = "A2"


def _offer(sheet: Worksheet, place: int, lists: Worksheet, name: str, words: Iterable[str]) -> None:
    """Offer a list of words in a column; the list is a column of the sheet of choices."""
    given = list(words)
    at = lists.max_column + 1 if lists.cell(1, 1).value else 1
    for row, word in enumerate([name, *given], start=1):
        lists.cell(row, at).value = word
    letter = get_column_letter(at)
    formula = f"={CHOICES}!${letter}$2:${letter}${len(given) + 1}"
    choice = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    column = get_column_letter(place)
    choice.add(f"{column}2:{column}{ROW_LIMIT + 1}")
    sheet.add_data_validation(choice)


def _explain(sheet: Worksheet) -> None:
    """Write what each column holds, whether every row has it, and an example."""
    sheet.title = HELP
    for line in ABOUT:
        sheet.append([line])
    sheet.append([])
    sheet.append(["工作表", "列", "必填", "说明", "可填内容", "示例"])
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    for part, title in SHEETS.items():
        for column in COLUMNS.get(part, ()):
            words = "、".join(column.choices or ())
            needed = "是" if column.is_needed else "视情形" if column.is_sometimes_needed else "否"
            sheet.append([title, column.title, needed, str(column.help), words, column.example])
        if part is Part.OUTLETS:
            sheet.append([title, CODE.title, "是", str(CODE.help), "", CODE.example])
            for name, words in column_help().items():
                sheet.append([title, name, "", words, "", ""])
    for letter, width in zip("ABCDEF", (10, 22, 6, 60, 60, 24), strict=True):
        sheet.column_dimensions[letter].width = width
