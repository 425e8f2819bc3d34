"""Text of the inspection report, in official Chinese."""

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from inspections.visits.models import ChecklistItem, InspectionVisit
from inspections.visits.terms import ANSWER_WORKING_DAYS, Severity
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate
from zsbank.base.calendar.periods import Period, Unit
from zsbank.base.calendar.wording import chinese_date, until, with_chinese_dates
from zsbank.base.letters.data import LetterData, Paragraph
from zsbank.base.letters.kinds import LetterKind

INSPECTION_REPORT = LetterKind("inspection_report", _("Inspection report"))
FIGURES = ("", *"一二三四五六七八九")
SEVERITIES = {Severity.MINOR: "轻微", Severity.MODERATE: "一般", Severity.SERIOUS: "严重"}


def answer_period(findings: Sequence[ChecklistItem]) -> Period | None:
    """Return the time for the bank's answer if the report is signed today; None without findings."""
    return calculate(clock.today(), ANSWER_WORKING_DAYS, Unit.WORKDAY) if findings else None


def report_letter(visit: InspectionVisit, findings: Sequence[ChecklistItem]) -> LetterData:
    """Return the report as it is signed today: what was inspected, what was found, by when the bank may answer.

    Args:
        findings: by outlet and criterion.
    """
    period = answer_period(findings)
    found = (*_found(findings), *_demand(period)) if period else (*NOTHING_FOUND,)
    return LetterData(
        kind=INSPECTION_REPORT.code,
        title=f"关于{visit.bank.name}监督检查情况的函",
        addressee=visit.bank.name,
        uscc=visit.bank.uscc,
        paragraphs=(*_inspected(visit), *found, Paragraph("特此函告。")),
    )


NOTHING_FOUND = (
    Paragraph("二、检查结果", 1),
    Paragraph("在所检查的事项中，未发现不符合准入条件的情形。请你行继续保持。"),
)


def _inspected(visit: InspectionVisit) -> list[Paragraph]:
    seen = list(visit.outlets.exclude(seen_on=None).order_by("seen_on", "pk"))
    names = "、".join(place.name for place in seen)
    days = _days(sorted({place.seen_on for place in seen if place.seen_on}))
    officers = len(visit.officers)
    return [
        Paragraph("一、检查情况", 1),
        Paragraph(
            f"{days}，我局{officers}名工作人员到你行{names}（共{len(seen)}个网点），"
            f"依照《中山市社保卡合作银行资格准入机制》（{visit.edition.name}）进行了监督检查（编号{visit.case_number}）。"
        ),
    ]


def _days(days: list[dt.date]) -> str:
    if len(days) < 2:
        return "".join(map(chinese_date, days))
    return f"{chinese_date(days[0])}至{chinese_date(days[-1])}"


def _found(findings: Sequence[ChecklistItem]) -> list[Paragraph]:
    found = [Paragraph("二、发现的问题", 1)]
    places = groupby(findings, key=lambda item: item.place)
    for number, (place, items) in enumerate(places, start=1):
        found.append(Paragraph(f"（{_numeral(number)}）{place.name}", 2))
        found += [
            Paragraph(
                f"{n}. 第{item.criterion.number}条“{item.criterion.title_zh}”：{item.facts}"
                f"（{SEVERITIES[Severity(item.severity)]}）",
                3,
            )
            for n, item in enumerate(items, start=1)
        ]
    return found


def _numeral(number: int) -> str:
    """Return a number from 1 to 99 as letters count: 一, 十, 十一, 二十, 二十一."""
    tens, ones = divmod(number, 10)
    return f"{FIGURES[tens] if tens > 1 else ''}{'十' if tens else ''}{FIGURES[ones]}"


def _demand(period: Period) -> list[Paragraph]:
    how = "；".join(period.explain("zh-hans"))
    return [
        Paragraph("三、答复", 1),
        Paragraph(f"请你行于{until(period.last_day)}就上述问题作出书面说明，可以提出异议并附证明材料。"),
        Paragraph(with_chinese_dates(f"答复期限的计算：{how}。")),
        Paragraph("我局将根据检查发现的问题和你行的答复，决定是否要求限期改正或者作进一步处理。"),
    ]
