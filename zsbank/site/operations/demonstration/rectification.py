"""Rectifications of the demonstration: plan, report, visit by two officers, and the decision on it."""

import datetime as dt

from banks.register.models import Bank
from inspections.rectification.actions.reports import report_progress, report_rectification
from inspections.rectification.models import RectificationOrder
from inspections.rectification.terms import ReportKind
from inspections.verification.actions.deciding import accept_rectification, reject_rectification
from inspections.verification.actions.verifying import confirm_verification, verify_rectification
from inspections.verification.models import Verification
from inspections.verification.terms import Manner
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.site.operations.demonstration.documents import paper
from zsbank.site.operations.demonstration.people import Officers

PLAN = "两个支行分别在一个月内配齐窗口人员，恢复补换卡业务，并公告营业时间；每月向贵局报告进展。"
HALF = "一个支行已恢复受理补换卡业务；另一个支行新增人员正在培训。"
DONE = "两个支行均已恢复受理补换卡业务，窗口人员配齐，营业时间已公告。"


def order_of(bank: Bank) -> RectificationOrder:
    """Return the bank's newest order."""
    found: RectificationOrder = bank.rectification_orders.latest("pk")
    return found


def progress(bank: Bank, by: User, day: dt.date, kind: ReportKind, text: str) -> None:
    """Submit a plan or an interim report on a day."""
    title = str(ReportKind(kind).label)
    with clock.playing(day):
        report_progress(
            order=order_of(bank),
            by=by,
            kind=kind,
            text=text,
            files=[(paper("整改情况说明", f"{title}：{text}"), "整改情况说明.pdf")],
        )


def report(bank: Bank, by: User, day: dt.date, text: str = DONE) -> None:
    """Submit the report on a day."""
    with clock.playing(day):
        evidence = [(paper("整改报告", text), "整改报告.pdf"), (paper("现场照片", text), "现场照片.pdf")]
        report_rectification(order=order_of(bank), by=by, text=text, files=evidence)


def visit(bank: Bank, officers: Officers, day: dt.date, findings: str, *, fulfilled: bool) -> None:
    """Let an inspector and an assessor visit the outlets on a day, and both stand for what they found."""
    with clock.playing(day):
        found = verify_rectification(
            order=order_of(bank),
            by=officers.inspector,
            manner=Manner.VISIT,
            seen_on=day,
            fulfilled=fulfilled,
            findings=findings,
            accompanied_by=officers.assessor,
            files=[(paper("现场核查照片", findings), "现场核查照片.pdf")],
        )
        confirm_verification(order=order_of(bank), by=officers.assessor, seen=found.pk)


def accept(bank: Bank, officers: Officers, day: dt.date, remark: str) -> None:
    """Let a decider accept the report on a day."""
    with clock.playing(day):
        order = order_of(bank)
        accept_rectification(order=order, by=officers.decider, seen=_seen(order), remark=remark)


def reject(bank: Bank, officers: Officers, day: dt.date, remark: str) -> None:
    """Let a decider reject the report on a day."""
    with clock.playing(day):
        order = order_of(bank)
        reject_rectification(order=order, by=officers.decider, seen=_seen(order), remark=remark)


def _seen(order: RectificationOrder) -> int:
    """Return the key of the verification on which a decider decides."""
    found = Verification.newest_of(order)
    return found.pk if found else 0
