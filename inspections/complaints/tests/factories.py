"""Complaints and lists of hotlines by the actions."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile
from openpyxl import Workbook

from admission.tests.factories import PDF
from banks.outlets.models import Outlet
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from inspections.complaints.actions.complaints import enter_complaint, forward_complaint
from inspections.complaints.actions.imports import read_complaints
from inspections.complaints.actions.replies import answer_complaint, close_complaint
from inspections.complaints.models import Complaint, ComplaintImport, ComplaintReply
from inspections.complaints.terms import Source
from inspections.rectification.tests.factories import qualified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock

RECEIVED, FORWARDED, DUE = dt.date(2025, 3, 3), dt.date(2025, 3, 4), dt.date(2025, 3, 18)
"""A Monday, the Tuesday after it, and the tenth working day from then."""

FACTS = "市民反映：柜台以系统故障为由拒绝办理社保卡激活，未作首问登记。"


def outlet_of(bank: Bank, **other: Any) -> Outlet:
    """An outlet of a bank."""
    outlet: Outlet = OutletFactory.create(bank=bank, **other)
    return outlet


def came_in(**other: Any) -> dict[str, Any]:
    """What is entered of a complaint of the hotline."""
    return {
        "source": Source.HOTLINE_12345,
        "reference": "DH2025030300017",
        "received_on": RECEIVED,
        "kind": "first-contact",
        "facts": FACTS,
    } | other


def entered(bank: Bank, by: User, *, on: dt.date = RECEIVED, **other: Any) -> Complaint:
    """A complaint entered on a day, about a bank that is qualified."""
    if not bank.qualifications.exists():
        qualified(bank, by)
    with clock.playing(on):
        return enter_complaint(bank=bank, by=by, **came_in(**other))


def forwarded(bank: Bank, by: User, *, on: dt.date = FORWARDED, **other: Any) -> Complaint:
    """A complaint forwarded on a day, with the days of the edition."""
    complaint = entered(bank, by, on=other.get("received_on", RECEIVED), **other)
    with clock.playing(on):
        return forward_complaint(complaint=complaint, by=by)


def said(**other: Any) -> dict[str, Any]:
    """An answer with its evidence."""
    return {
        "text": "经查，当日系统升级，已补办并向来访群众致歉。",
        "files": [(ContentFile(PDF), "核查情况.pdf")],
    } | other


def answered(complaint: Complaint, by: User, *, on: dt.date = DUE) -> ComplaintReply:
    """An answer given on a day."""
    with clock.playing(on):
        return answer_complaint(complaint=complaint, by=by, **said())


def closed(complaint: Complaint, by: User, *, founded: bool = True, on: dt.date = DUE) -> Complaint:
    """A complaint closed on a day."""
    with clock.playing(on):
        return close_complaint(complaint=complaint, by=by, founded=founded, reason="未落实首问负责。")


TITLES = (
    "序号",
    "工单编号",
    "受理时间",
    "投诉人",
    "联系电话",
    "涉及银行",
    "涉及网点",
    "诉求类型",
    "诉求内容",
)
"""The titles of a hotline's list, with two columns about persons."""


def row(serial: int = 1, **other: Any) -> list[Any]:
    """A row of such a list."""
    given = {
        "reference": f"DH20250303{serial:05}",
        "received_on": "2025-03-03 10:12:00",
        "person": "张三",
        "phone": "13800138000",
        "bank": "示例银行甲",
        "outlet": "",
        "kind": "推诿",
        "facts": FACTS,
    } | other
    return [serial, *given.values()]


def workbook(rows: Sequence[Sequence[Any]], titles: Sequence[Any] = TITLES) -> bytes:
    """An XLSX file of a title, a row of titles and rows."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["热线投诉转办清单"])
    sheet.merge_cells("A1:I1")
    sheet.append(list(titles))
    for one in rows:
        sheet.append(list(one))
    return as_bytes(book)


def as_bytes(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(by: User, content: bytes, **other: Any) -> ComplaintImport:
    """A list that was read."""
    given = {"source": Source.HOTLINE_12345, "name": "转办清单.xlsx"} | other
    return read_complaints(by=by, content=content, **given)
