"""Builders of workbooks of a takeover, and the takeover of them by the actions."""

import datetime as dt
import io
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from openpyxl import load_workbook

from banks.outlets.tests.sheets import GOOD as OUTLET
from banks.register.identifiers import with_check_characters
from exit.takeover.actions.takeovers import attach_scans, confirm_takeover, enter_takeover
from exit.takeover.columns.column import BANK
from exit.takeover.import_sheet.reading import read_workbook
from exit.takeover.models import Takeover
from exit.takeover.queries import letters_of
from exit.takeover.template import template
from exit.takeover.terms import SHEETS, Part
from zsbank.base.calendar import clock
from zsbank.base.files.tests.papers import small_pdf

if TYPE_CHECKING:
    from conftest import People

Cells = Mapping[str, Any]
GO_LIVE = dt.date(2026, 3, 16)
"""A Monday."""


def code(number: int) -> str:
    """Return the code of an invented bank."""
    return with_check_characters(f"91442000MAJX{number:04d}")


def bank(number: int, **other: Any) -> dict[str, Any]:
    """The row of a bank."""
    return {
        BANK: code(number),
        "名称": f"示例接续银行{number}",
        "类别": "城市商业银行",
        "金融许可证机构编码": f"B8{number:03d}H244200001",
        "住所": f"中山市示例路{number}号",
    } | other


def paper(number: int, day: Any = "2020-05-06", what: str = "准入") -> dict[str, Any]:
    """Number and date of a letter."""
    return {"文号": f"示例{what}〔2020〕{number}号", "成文日期": day, "签发人": "示例局长"}


def qualification(number: int, since: Any = "2016-05-06", **other: Any) -> dict[str, Any]:
    """The row of a qualification with issuing allowed."""
    issuing = {
        "可发卡起始日期": since,
        "人民银行批准文号": "示例〔2016〕3号",
        "人民银行批准日期": since,
    }
    return {BANK: code(number), "生效日期": since} | issuing | paper(number, since) | other


def order(number: int, on: Any, **other: Any) -> dict[str, Any]:
    """The row of a running order after a determination."""
    return (
        {
            BANK: code(number),
            "整改依据": "不再符合准入条件",
            "状态": "整改中",
            "认定事实": "示例：两个网点停止受理补换卡业务。",
            "不符合的条款": "5、19",
            "认定日期": on,
        }
        | paper(number, on, "整改")
        | other
    )


def result(number: int, year: int, grade: str = "不合格", score: Any = "55.50") -> dict[str, Any]:
    """The row of a result, published in March of the next year."""
    return {BANK: code(number), "考核年度": year, "等次": grade, "得分": score} | paper(
        year, f"{year + 1}-03-05", "考核"
    )


def left(number: int, on: Any, ground: str = "本行申请", **other: Any) -> dict[str, Any]:
    """The row of an exit in effect."""
    return (
        {
            BANK: code(number),
            "退出依据": ground,
            "状态": "已取消资格",
            "事实或理由": "示例：终止合作。",
            "取消资格日期": on,
        }
        | paper(number, on, "退出")
        | other
    )


def under_way(number: int, ground: str, day: Any, **other: Any) -> dict[str, Any]:
    """The row of a ground of an exit that is under way, opened on a day."""
    return left(number, None, ground, 状态="办理中", 成文日期=day, 文号=f"示例立案〔2026〕{number}号") | other


def notice(number: int, day: Any, **other: Any) -> dict[str, Any]:
    """The row of a prior notice, served on the day of its letter."""
    return {BANK: code(number)} | paper(number, day, "告知") | other


def breach(number: int, on: Any, **other: Any) -> dict[str, Any]:
    """The row of the determination of a serious breach."""
    return order(number, on, 整改依据="严重违反合作协议且后果严重", 不符合的条款=None) | other


def failing_years(number: int, state: str, due: Any, year: int = 2025) -> dict[str, Any]:
    """The row of an order after two failing years, issued in March of the next year."""
    return {
        BANK: code(number),
        "整改依据": "连续两年考核不合格",
        "状态": state,
        "第二个不合格年度": year,
        "整改期限": due,
    } | paper(number, f"{year + 1}-03-10", "整改")


def outlet(number: int, **other: Any) -> dict[str, Any]:
    """The row of an outlet."""
    return {BANK: code(number)} | OUTLET | other


def person(number: int, role: str = "管理员", **other: Any) -> dict[str, Any]:
    """The row of a person."""
    return {
        BANK: code(number),
        "姓名": f"示例员{number}",
        "电子邮箱": f"{'admin' if role == '管理员' else 'clerk'}{number}@bank.example",
        "角色": role,
    } | other


@lru_cache(maxsize=1)
def blank() -> bytes:
    """The template, made once."""
    return template()


def workbook(**parts: list[Cells]) -> bytes:
    """Fill the template: rows by part, each by title of the column."""
    book = load_workbook(io.BytesIO(blank()))
    for name, rows in parts.items():
        sheet = book[SHEETS[Part(name)]]
        titles = [cell.value for cell in sheet[1]]
        for number, row in enumerate(rows, start=2):
            for title, value in row.items():
                sheet.cell(number, titles.index(title) + 1).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def scan(number: int = 0) -> ContentFile:  # type: ignore[type-arg]
    """A small PDF."""
    return ContentFile(small_pdf(), name=f"{number}.pdf")


def entered(people: "People", content: bytes, *, scans: bool = True, on: dt.date = GO_LIVE) -> Takeover:
    """A takeover entered by the intake officer from a workbook, with all scans."""
    with clock.playing(on):
        takeover = enter_takeover(
            rows=read_workbook(content, "接续.xlsx"), by=people.intake, source="接续.xlsx", sha256="0" * 64
        )
        if scans:
            for place, letter in enumerate(letters_of(takeover)):
                attach_scans(
                    takeover=takeover,
                    by=people.intake,
                    files=[(scan(place), f"{place}.pdf")],
                    letter=letter.key,
                )
    return takeover


def taken_over(people: "People", content: bytes, *, on: dt.date = GO_LIVE) -> Takeover:
    """A takeover confirmed by the decider."""
    takeover = entered(people, content, on=on)
    with clock.playing(on):
        return confirm_takeover(takeover=takeover, by=people.decider)


def every_standing() -> dict[str, list[Cells]]:
    """Rows of eighteen banks, one in every standing and with every kind of date on the day of go-live."""
    return {
        "banks": [bank(number) for number in range(1, 19)],
        "qualifications": [
            *(qualification(number) for number in range(2, 19)),
            qualification(15, "2004-05-10"),
        ],
        "orders": [
            order(3, dt.datetime(2026, 1, 12)),  # noqa: DTZ001 as spreadsheet programs write dates
            order(4, "2025年12月1日", 状态="已报告待验收", 报告提交日期="2026/3/10"),
            order(5, "2025-07-01"),
            order(
                12,
                None,
                整改依据="连续两年考核不合格",
                认定事实=None,
                不符合的条款=None,
                第二个不合格年度=2025,
                整改期限="2026.5.29",
                成文日期="20260310",
            ),
            order(13, "2023-02-06", 状态="逾期未完成"),
            order(16, "2025-07-01", 状态="逾期未完成"),
            breach(17, "2026-02-02"),
            failing_years(18, "逾期未完成", "2025-09-30", 2024),
        ],
        "results": [
            *(result(10, year) for year in (2024, 2025)),
            result(11, 2024, "良", 82.5),
            result(11, 2025),
            *(result(12, year) for year in (2024, 2025)),
            result(15, 2006, "中", 71),
            *(result(18, year) for year in (2023, 2024)),
        ],
        "exits": [
            left(6, "2024-03-01"),
            left(7, "2026-03-16"),
            left(8, "2021-04-10"),
            left(9, "2019-02-28"),
            left(13, "2023-09-01", "整改逾期未完成"),
            left(14, None, 状态="办理中", 成文日期="2026-03-02"),
            left(15, "2010-09-01"),
            under_way(16, "整改逾期未完成", "2026-02-02"),
            under_way(17, "严重违约后果严重", "2026-02-24"),
            under_way(18, "考核不合格逾期未整改", "2025-12-01"),
        ],
        "notices": [
            notice(17, "2026-03-12"),
            notice(18, "2025-12-08", 陈述申辩日期="2025-12-10", 陈述申辩内容="示例：正在整改。"),
        ],
        "outlets": [
            outlet(2),
            outlet(2, 名称="示例三乡支行", 镇街="三乡镇", 统一社会信用代码="", 金融许可证机构编码=""),
        ],
        "people": [person(2), person(2, "经办员"), person(3)],
    }
