"""Texts of the exit letters, in official Chinese: consent, notice, prior notice, and that an exit is not pursued.

They state the grounds that stand on the day of the letter, and no other.
"""

from collections.abc import Iterator, Sequence

from banks.hearings.letters import right_to_state
from banks.hearings.models import PriorNotice
from banks.hearings.terms import PRIOR_NOTICE
from exit.cases.models import ExitCase, Ground
from exit.cases.rules import standing_grounds
from exit.cases.terms import DUTIES, EXIT_CONSENT, EXIT_DROPPED, EXIT_NOTICE
from inspections.assessments.rules import still_failing
from inspections.determinations.letters import MECHANISM
from inspections.determinations.models import Determination
from inspections.determinations.rules import day_of
from inspections.rectification.letters import in_a_row, years_in_letter
from inspections.rectification.models import RectificationOrder
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Period
from zsbank.base.calendar.wording import chinese_date
from zsbank.base.letters.data import LetterData, Paragraph
from zsbank.base.letters.kinds import LetterKind
from zsbank.base.letters.remedies import remedies

NUMERALS = "一二三四五六七八九十"


def letter_of(case: ExitCase, bar: Period) -> LetterData:
    """Return the letter of a case as it would be signed on the day from which the bar is counted.

    Consent to the bank's own application; a notice as soon as another ground stands, which then consents as well.

    Args:
        bar: the bar, calculated from the day of cancellation.
    """
    grounds = standing_grounds(case)
    own = all(ground.is_wish for ground in grounds)
    return _consent(case, grounds, bar) if own else _notice(case, grounds, bar)


def facts_of_breach(determination: Determination) -> str:
    """Return the facts for the notice after a serious breach."""
    day = chinese_date(day_of(determination))
    return f"{day}，我局认定你行存在以下严重违反合作协议的情况：{determination.facts}"


def facts_of_lapse(order: RectificationOrder) -> str:
    """Return the facts for the notice after a lapsed order, one paragraph per line.

    After failing years only those that fail today are named.

    Raises:
        ValueError: the order has neither determination nor failing years.
    """
    due = chinese_date(order.due_date) if order.due_date else ""
    if order.years:
        years = still_failing(order) or order.years
        failed = f"你行{years_in_letter(years)}服务质量考核{in_a_row(years)}评定为不合格。"
        return f"{failed}我局规定的整改期限于{due}届满，你行未能在规定时间内完成整改。"
    determination = order.determination
    if determination is None:
        raise ValueError(f"order {order.pk} rests on nothing")
    day = chinese_date(order.start_date)
    return (
        f"{day}，我局认定你行存在以下情况：{determination.facts}\n"
        f"自认定之日起6个月的整改期限于{due}届满，你行未能完成整改。"
    )


def _facts_of(ground: Ground) -> str:
    """Return the facts of a ground as they are today."""
    if ground.determination is not None:
        return facts_of_breach(ground.determination)
    return facts_of_lapse(ground.order) if ground.order is not None else _of_application(ground)


def _of_application(ground: Ground) -> str:
    day = chinese_date(clock.local_day(ground.joined_at))
    return f"你行于{day}提交终止社保卡合作书面申请（办件编号：{ground.case.case_number}）。"


def _facts(grounds: Sequence[Ground]) -> Iterator[Paragraph]:
    """Yield the facts of each ground, numbered if there are several."""
    for place, ground in enumerate(grounds):
        first, *further = [line.strip() for line in _facts_of(ground).splitlines() if line.strip()]
        yield Paragraph(f"（{_numeral(place)}）{first}" if len(grounds) > 1 else first)
        yield from map(Paragraph, further)


def _numeral(place: int) -> str:
    """Return the numeral of a place that counts from 0, up to nineteen."""
    return NUMERALS[place] if place < len(NUMERALS) else f"十{NUMERALS[place - len(NUMERALS)]}"


def _clauses(grounds: Sequence[Ground]) -> str:
    return "、".join(dict.fromkeys(ground.clause for ground in grounds))


def _consent(case: ExitCase, grounds: Sequence[Ground], bar: Period) -> LetterData:
    wish = grounds[0]
    opening = (
        f"你行于{chinese_date(clock.local_day(wish.joined_at))}提交的终止社保卡合作书面申请"
        f"（办件编号：{case.case_number}）收悉。依照{MECHANISM}{wish.clause}的规定，现函复如下："
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


def _notice(case: ExitCase, grounds: Sequence[Ground], bar: Period) -> LetterData:
    adverse = [ground for ground in grounds if not ground.is_wish]
    agreed = "同意你行终止社保卡合作的申请，" if len(adverse) < len(grounds) else ""
    basis = (
        f"上述情况符合{MECHANISM}{_clauses(grounds)}规定的情形。依照该规定，{agreed}现书面告知你行退出发卡资格，"
        f"自{chinese_date(bar.start)}起取消你行发卡资格，并由你行承担相关责任。"
    )
    paragraphs = [
        Paragraph(f"现就你行退出社保卡发卡资格一事（办件编号：{case.case_number}），告知如下："),
        Paragraph("一、事实", 1),
        *_facts(grounds),
        Paragraph("二、依据和结果", 1),
        Paragraph(basis),
        *_after_exit("三", "四", bar),
        *remedies(EXIT_NOTICE, "五"),
        Paragraph("特此告知。"),
    ]
    return _letter(case, EXIT_NOTICE, f"关于{case.bank.name}退出社保卡发卡资格的告知函", paragraphs)


def prior_notice_letter(case: ExitCase, days: int) -> LetterData:
    """Return the prior notice of an exit: intention, reasons, and the bank's right to state its case.

    Args:
        days: working days in which the bank may state its case.
    """
    adverse = [ground for ground in standing_grounds(case) if not ground.is_wish]
    paragraphs = [
        Paragraph(f"现就拟对你行作出的退出处理（办件编号：{case.case_number}），告知如下："),
        Paragraph("一、事实", 1),
        *_facts(adverse),
        Paragraph("二、拟作出的处理和依据", 1),
        Paragraph(f"上述情况符合{MECHANISM}{_clauses(adverse)}规定的情形，我局拟书面告知你行退出发卡资格。"),
        *right_to_state("三", days),
        Paragraph("特此告知。"),
    ]
    title = f"关于拟对{case.bank.name}作出退出社保卡发卡资格处理的告知函"
    return _letter(case, PRIOR_NOTICE, title, paragraphs)


def dropped_letter(case: ExitCase, notice: PriorNotice, reason: str) -> LetterData:
    """Return the letter that an exit of which the bank had a prior notice is not pursued.

    Args:
        notice: the newest prior notice of the case.
        reason: why the case is closed.
    """
    told = f"我局{chinese_date(notice.told_on)}告知你行拟作出退出处理（{notice.number}）。"
    paragraphs = [
        Paragraph(f"{told}现就该事项（办件编号：{case.case_number}）函告如下："),
        Paragraph("一、处理结果", 1),
        Paragraph("我局不再作出该退出处理，上述告知所涉程序终结。你行的发卡资格不因此改变。"),
        Paragraph("二、理由", 1),
        Paragraph(reason),
        Paragraph("特此函告。"),
    ]
    return _letter(case, EXIT_DROPPED, f"关于不再对{case.bank.name}作出退出处理的函", paragraphs)


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
