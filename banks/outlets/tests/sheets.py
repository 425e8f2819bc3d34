"""Spreadsheets of outlets, good and bad, made where they are needed."""

import csv as csv_module
import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

from openpyxl import Workbook

from banks.outlets.columns import COLUMNS

GOOD: dict[str, Any] = {
    "名称": "示例小榄支行",
    "镇街": "小榄镇",
    "地址": "示例路1号",
    "统一社会信用代码": "91442000MADEM0038X",
    "金融许可证机构编码": "B9001S244200001",
    "开放办理社保卡业务": "是",
    "社保卡受理窗口数": 2,
    "熟练人员": 3,
    "公告服务时间": "周一至周五 9:00—17:00",
    "提供的服务": "全部",
    "联系电话": "0760-88880000",
}


def outlet(**other: Any) -> list[Any]:
    """The cells of one outlet, some of them other than usual."""
    return list((GOOD | other).values())


def xlsx(*rows: list[Any], header: list[str] | None = None, merge: str = "") -> bytes:
    """A workbook with these rows below the header."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(COLUMNS) if header is None else header)
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv(*rows: list[Any], encoding: str = "utf-8-sig", separator: str = ",") -> bytes:
    """A CSV file with these rows below the header."""
    out = io.StringIO(newline="")
    writer = csv_module.writer(out, delimiter=separator)
    writer.writerows([list(COLUMNS), *rows])
    return out.getvalue().encode(encoding)


def dimensioned(content: bytes, dimension: str) -> bytes:
    """A workbook whose first sheet says another size of itself; none at all where it is empty."""
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        sheet = whole.read("xl/worksheets/sheet1.xml").decode()
    said = f'<dimension ref="{dimension}" />' if dimension else ""
    changed, count = re.subn(r"<dimension [^>]*>", said, sheet)
    assert count == 1
    return with_part("xl/worksheets/sheet1.xml", changed, content)


def stuffed(**parts: bytes) -> bytes:
    """A workbook with other parts in it."""
    out = io.BytesIO(xlsx(outlet()))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    """A small file that would unpack to a large one."""
    return stuffed(**{"xl/media/blank.bin": b"\0" * (70 * 1024 * 1024)})


def entities() -> bytes:
    """A workbook whose sheet declares entities of its own, which grow or fetch when they are read without care."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(outlet()))) as whole, zipfile.ZipFile(out, "w") as archive:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE worksheet [<!ENTITY e "many times over">]>' + content
                assert ET.fromstring(content).tag.endswith("worksheet")  # noqa: S314 for readers without care
            archive.writestr(name, content)
    return out.getvalue()


def with_part(name: str, content: str, book: bytes = b"") -> bytes:
    """A workbook in which one part is another one."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book or xlsx(outlet()))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for part in good.namelist():
            bad.writestr(part, content if part == name else good.read(part))
    return out.getvalue()


def with_rows(rows: str, after: str = "") -> bytes:
    """A workbook whose first sheet consists of these rows in XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return with_part("xl/worksheets/sheet1.xml", sheet)
