"""Texts of the letters about determinations, in official Chinese: prior notice, determination, none made."""

from collections.abc import Iterator

from banks.hearings.letters import how_it_was_heard, right_to_state
from banks.hearings.models import PriorNotice
from banks.hearings.terms import PRIOR_NOTICE
from inspections.determinations.models import Determination
from inspections.determinations.rules import day_of, edition_of
from inspections.determinations.terms import (
    DETERMINATION_DROPPED,
    DETERMINATION_LETTER,
    BreachEffect,
    DeterminationKind,
)
from zsbank.base.calendar.wording import chinese_date
from zsbank.base.letters.data import LetterData, Paragraph
from zsbank.base.letters.kinds import LetterKind
from zsbank.base.letters.remedies import remedies

MECHANISM = "《中山市社保卡合作银行资格退出机制》"
FOUND: dict[DeterminationKind, str] = {
    DeterminationKind.CRITERIA_NOT_MET: "不再满足准入条件",
    DeterminationKind.SERIOUS_DEFAULT: "严重违约",
    DeterminationKind.SERIOUS_BREACH: "严重违反合作协议",
}
"""What is determined, as letters name it."""

EFFECTS: dict[BreachEffect, str] = {
    BreachEffect.ECONOMIC_LOSS: "造成重大经济损失",
    BreachEffect.SAFETY_ACCIDENT: "发生严重安全事故",
    BreachEffect.SOCIAL_EFFECT: "产生不良社会影响",
}
"""The effects of a serious breach, as the mechanism words them (exit （二）1)."""

CLAUSES: dict[DeterminationKind, str] = {
    DeterminationKind.CRITERIA_NOT_MET: "（二）第2项",
    DeterminationKind.SERIOUS_DEFAULT: "（二）第2项",
    DeterminationKind.SERIOUS_BREACH: "（二）第1项",
}
"""The clause of the mechanism on which a kind of determination rests."""


def found_in(determination: Determination) -> str:
    """Return what is determined in a few words, with the effects of a serious breach."""
    effects = [EFFECTS[BreachEffect(code)] for code in determination.effects]
    return "、".join((FOUND[DeterminationKind(determination.kind)], *effects))


def prior_notice_letter(determination: Determination, days: int) -> LetterData:
    """Return the prior notice of a determination: facts, basis, what would follow, the right to state one's case.

    Args:
        days: working days in which the bank may state its case.
    """
    intended = f"上述情况属于{_clause(determination)}规定的情形，我局拟认定你行{found_in(determination)}。"
    paragraphs = (
        Paragraph("现就拟对你行作出的认定，告知如下："),
        Paragraph("一、事实", 1),
        *_facts(determination),
        Paragraph("二、拟作出的认定和依据", 1),
        Paragraph(f"{intended}作出认定后，{_consequence(determination)}"),
        *right_to_state("三", days),
        Paragraph("特此告知。"),
    )
    return _letter(
        determination, PRIOR_NOTICE, f"关于拟对{determination.bank.name}作出认定的告知函", paragraphs
    )


def determination_letter(determination: Determination) -> LetterData:
    """Return the letter of a determination made today: facts, basis, how the bank was heard, what follows."""
    day = chinese_date(day_of(determination))
    basis = (
        f"上述情况属于{_clause(determination)}规定的情形。依照该规定，我局认定你行{found_in(determination)}。"
    )
    paragraphs = (
        Paragraph("经核实，现就对你行作出的认定函告如下："),
        Paragraph("一、事实", 1),
        *_facts(determination),
        Paragraph("二、认定和依据", 1),
        Paragraph(f"{basis}认定之日为{day}。"),
        *how_it_was_heard("三", determination),
        Paragraph("四、认定的后果", 1),
        Paragraph(_consequence(determination)),
        *remedies(DETERMINATION_LETTER, "五"),
        Paragraph("特此函告。"),
    )
    return _letter(
        determination, DETERMINATION_LETTER, f"关于对{determination.bank.name}作出认定的函", paragraphs
    )


def dropped_letter(determination: Determination, notice: PriorNotice, reason: str) -> LetterData:
    """Return the letter that a determination of which the bank had prior notice is not made.

    Args:
        notice: the prior notice.
        reason: why it is not made.
    """
    told = f"我局{chinese_date(notice.told_on)}告知你行，拟认定你行{found_in(determination)}（{notice.number}）。"
    paragraphs = (
        Paragraph(f"{told}现就该事项函告如下："),
        Paragraph("一、处理结果", 1),
        Paragraph("我局不作出上述认定，上述告知所涉程序终结。你行的发卡资格不因此改变。"),
        Paragraph("二、理由", 1),
        Paragraph(reason),
        Paragraph("特此函告。"),
    )
    title = f"关于不对{determination.bank.name}作出认定的函"
    return _letter(determination, DETERMINATION_DROPPED, title, paragraphs)


def _clause(determination: Determination) -> str:
    return f"{MECHANISM}{CLAUSES[DeterminationKind(determination.kind)]}"


def _facts(determination: Determination) -> Iterator[Paragraph]:
    for line in determination.facts.splitlines():
        if line.strip():
            yield Paragraph(line.strip())
    for criterion in determination.criteria.order_by("number"):
        yield Paragraph(f"第{criterion.number}条：{criterion.official_text}")


def _consequence(determination: Determination) -> str:
    if determination.is_rectifiable:
        months = edition_of(determination.qualification).rectification_months
        return (
            f"你行须自认定之日起{months}个月内完成整改，具体要求和期限以我局责令限期整改的函为准；"
            f"逾期未完成整改的，我局将依照{MECHANISM}（二）第2项，书面告知你行退出发卡资格。"
        )
    return f"我局将依照{MECHANISM}（二）第1项办理你行退出发卡资格事宜，办理前另行告知并听取你行的陈述、申辩。"


def _letter(
    determination: Determination, kind: LetterKind, title: str, paragraphs: tuple[Paragraph, ...]
) -> LetterData:
    return LetterData(
        kind=kind.code,
        title=title,
        addressee=determination.bank.name,
        uscc=determination.bank.uscc,
        paragraphs=paragraphs,
    )
