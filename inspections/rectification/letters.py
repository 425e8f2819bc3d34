"""Texts of the letters of rectification, in official Chinese."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from inspections.determinations.letters import MECHANISM
from inspections.rectification.models import RectificationOrder
from inspections.rectification.terms import OrderGround
from zsbank.base.calendar.wording import chinese_date, until, with_chinese_dates
from zsbank.base.letters.data import LetterData, Paragraph
from zsbank.base.letters.kinds import LetterKind

RECTIFICATION_ORDER = LetterKind("rectification_order", _("Rectification order"))
NUMERALS = {2: "两", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九", 10: "十"}


def order_letter(order: RectificationOrder) -> LetterData:
    """Return the rectification order: facts, criteria, due date with calculation, consequence of missing it."""
    return LetterData(
        kind=RECTIFICATION_ORDER.code,
        title=f"关于责令{order.bank.name}限期整改的函",
        addressee=order.bank.name,
        uscc=order.bank.uscc,
        paragraphs=(*_facts(order), *_demand(order), Paragraph("特此函告。")),
    )


def _facts(order: RectificationOrder) -> list[Paragraph]:
    determination = order.determination
    if determination is None:
        years = years_in_letter(order.years)
        return [
            Paragraph("一、认定的事实", 1),
            Paragraph(f"你行在{years}社会保障卡服务质量考核中{in_a_row(order.years)}评定为不合格。"),
        ]
    number = f"（{determination.letter}）" if determination.letter else ""
    found = [
        Paragraph("一、认定的事实", 1),
        Paragraph(f"{chinese_date(order.start_date)}，我局认定{number}：{determination.facts}"),
    ]
    found += [Paragraph(f"第{item.number}条：{item.official_text}") for item in determination.criteria.all()]
    return found


def _demand(order: RectificationOrder) -> list[Paragraph]:
    by_day = until(order.due_date) if order.due_date else ""
    item = "第2项" if order.ground == OrderGround.DETERMINATION else "第3项"
    how = order.explained.explain("zh-hans") if order.explained else []
    demand = [
        Paragraph("二、整改要求", 1),
        Paragraph(f"请你行于{by_day}完成整改，并向我局提交整改报告和证明材料。"),
    ]
    if how:
        demand.append(Paragraph(with_chinese_dates("整改期限的计算：" + "；".join(how) + "。")))
    return [
        *demand,
        Paragraph("三、逾期的后果", 1),
        Paragraph(f"逾期未完成整改的，我局将依照{MECHANISM}（二）{item}，书面告知你行退出发卡资格。"),
    ]


def years_in_letter(years: Sequence[int]) -> str:
    """Return assessed years as letters name them: 2023年度、2024年度."""
    return "、".join(f"{year}年度" for year in years)


def in_a_row(years: Sequence[int]) -> str:
    """Return how many years in a row there are, as letters say it: 连续两年."""
    return f"连续{NUMERALS.get(len(years), str(len(years)))}年"
