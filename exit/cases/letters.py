"""Texts of the exit letters, in official Chinese: consent to the bank's application, notice on other grounds."""

from django.utils import timezone

from banks.hearings.terms import PRIOR_NOTICE
from exit.cases.models import ExitCase
from exit.cases.terms import CLAUSES, DUTIES, EXIT_CONSENT, LETTER_KINDS, ExitGround
from inspections.rectification.models import RectificationOrder
from inspections.rectification.terms import OrderGround
from zsbank.base.calendar.periods import Period
from zsbank.base.calendar.wording import chinese_date
from zsbank.base.letters.data import LetterData, Paragraph
from zsbank.base.letters.kinds import LetterKind
from zsbank.base.letters.remedies import remedies

MECHANISM = "《中山市社保卡合作银行资格退出机制》"


def letter_of(case: ExitCase, bar: Period) -> LetterData:
    """Return the letter of a case as it would be signed on the day from which the bar is counted.

    Args:
        bar: the bar, calculated from the day of cancellation.
    """
    return _consent(case, bar) if case.ground == ExitGround.VOLUNTARY else _notice(case, bar)


def facts_of_lapse(order: RectificationOrder) -> str:
    """Return the facts for the notice after a lapsed order, one paragraph per line.

    Raises:
        ValueError: the order has neither determination nor failing years.
    """
    due = chinese_date(order.due_date) if order.due_date else ""
    if order.ground == OrderGround.ASSESSMENT and order.assessed_year is not None:
        years = f"{order.assessed_year - 1}年度、{order.assessed_year}年度"
        failed = f"你行{years}服务质量考核连续两年评定为不合格。"
        return f"{failed}我局规定的整改期限于{due}届满，你行未能在规定时间内完成整改。"
    determination = order.determination
    if determination is None:
        raise ValueError(f"order {order.pk} rests on nothing")
    day = chinese_date(determination.determination_date)
    return (
        f"{day}，我局认定你行存在以下情况：{determination.facts}\n"
        f"自认定之日起6个月的整改期限于{due}届满，你行未能完成整改。"
    )


def _consent(case: ExitCase, bar: Period) -> LetterData:
    opening = (
        f"你行于{chinese_date(timezone.localtime(case.opened_at).date())}提交的终止社保卡合作书面申请"
        f"（办件编号：{case.case_number}）收悉。依照{MECHANISM}{CLAUSES[ExitGround.VOLUNTARY]}的规定，现函复如下："
    )
    consent = f"同意你行终止社保卡合作，自{chinese_date(bar.start)}起取消你行发卡资格。"
    paragraphs = [
        Paragraph(opening),
        Paragraph("一、同意终止合作", 1),
        Paragraph(consent),
        *_after_exit("二", "三", bar),
        Paragraph("特此函复。"),
    ]
    title = f"关于同意{case.bank.name}终止社保卡合作的函"
    return _letter(case, EXIT_CONSENT, title, paragraphs)


def _notice(case: ExitCase, bar: Period) -> LetterData:
    ground = ExitGround(case.ground)
    basis = (
        f"上述情况符合{MECHANISM}{CLAUSES[ground]}规定的情形。依照该规定，现书面告知你行退出发卡资格，"
        f"自{chinese_date(bar.start)}起取消你行发卡资格，并由你行承担相关责任。"
    )
    paragraphs = [
        Paragraph(f"现就你行退出社保卡发卡资格一事（办件编号：{case.case_number}），告知如下："),
        Paragraph("一、事实", 1),
        *(Paragraph(line.strip()) for line in case.statement.splitlines() if line.strip()),
        Paragraph("二、依据和结果", 1),
        Paragraph(basis),
        *_after_exit("三", "四", bar),
        *remedies(LETTER_KINDS[ground], "五"),
        Paragraph("特此告知。"),
    ]
    return _letter(case, LETTER_KINDS[ground], f"关于{case.bank.name}退出社保卡发卡资格的告知函", paragraphs)


def prior_notice_letter(case: ExitCase, days: int) -> LetterData:
    """Return the prior notice of an exit: intention, reasons, and the bank's right to state its case.

    Args:
        days: working days in which the bank may state its case.
    """
    paragraphs = [
        Paragraph(f"现就拟对你行作出的退出处理（办件编号：{case.case_number}），告知如下："),
        Paragraph("一、事实", 1),
        *(Paragraph(line.strip()) for line in case.statement.splitlines() if line.strip()),
        Paragraph("二、拟作出的处理和依据", 1),
        Paragraph(
            f"上述情况符合{MECHANISM}{CLAUSES[ExitGround(case.ground)]}规定的情形，我局拟书面告知你行退出发卡资格。"
        ),
        Paragraph("三、陈述和申辩", 1),
        Paragraph(
            f"你行可自收到本函之日的次日起{days}个工作日内，在系统中提出陈述、申辩。"
            "我局将对你行提出的事实、理由进行复核，不因陈述、申辩而加重处理。逾期未提出的，视为放弃。"
        ),
        Paragraph("特此告知。"),
    ]
    title = f"关于拟对{case.bank.name}作出退出社保卡发卡资格处理的告知函"
    return _letter(case, PRIOR_NOTICE, title, paragraphs)


def _after_exit(duties: str, bar_number: str, bar: Period) -> tuple[Paragraph, ...]:
    """Return duties and bar, the same after consent and notice (exit （三）, （四）)."""
    return (
        Paragraph(f"{duties}、发卡资格取消后的责任", 1),
        Paragraph(f"依照{MECHANISM}（三）的规定，发卡资格取消后："),
        *(Paragraph(duty) for duty in DUTIES),
        Paragraph(f"{bar_number}、再次申请的限制", 1),
        Paragraph(
            f"依照{MECHANISM}（四）的规定，你行{bar.n}年内不得再次申请成为我市社保卡合作银行。"
            f"该期间自发卡资格取消之日的次日起算，最后一日为{chinese_date(bar.last_day)}；"
            f"你行自{chinese_date(bar.first_day_after)}起可以再次提出申请。"
        ),
    )


def _letter(case: ExitCase, kind: LetterKind, title: str, paragraphs: list[Paragraph]) -> LetterData:
    return LetterData(
        kind=kind.code,
        title=title,
        addressee=case.bank.name,
        uscc=case.bank.uscc,
        paragraphs=tuple(paragraphs),
    )
