"""Texts that letters of several subjects share, in official Chinese: the right to state one's case, and its use."""

from django.db.models import Model

from banks.hearings.models import PriorNotice
from banks.hearings.rules import notices_on
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import chinese_date
from zsbank.base.letters.data import Paragraph


def right_to_state(place: str, days: int) -> tuple[Paragraph, ...]:
    """Return the section of a prior notice on the bank's right to state its case (law.md §2).

    Args:
        place: the section's number in the letter, such as 三.
        days: working days in which the bank may state its case.
    """
    return (
        Paragraph(f"{place}、陈述和申辩", 1),
        Paragraph(
            f"你行可自收到本函之日的次日起{days}个工作日内，在系统中提出陈述、申辩。"
            "我局将对你行提出的事实、理由进行复核，不因陈述、申辩而加重处理。逾期未提出的，视为放弃。"
        ),
    )


def how_it_was_heard(place: str, proposed: Model) -> tuple[Paragraph, ...]:
    """Return the section of a decision on what the bank stated before it, and that it was answered (law.md §2).

    Args:
        place: the section's number in the letter, such as 三.
        proposed: the row of which the bank had prior notice.
    """
    return (
        Paragraph(f"{place}、陈述和申辩情况", 1),
        *(Paragraph(_heard_on(notice)) for notice in reversed(notices_on(proposed))),
    )


def _heard_on(notice: PriorNotice) -> str:
    told = f"我局于{chinese_date(notice.told_on)}告知你行拟作出的处理及陈述、申辩的权利（{notice.number}）。"
    if notice.stated_at is None:
        return told + ("你行在规定期限内未提出陈述、申辩。" if notice.is_closed else "你行可以陈述、申辩。")
    stated = f"你行于{chinese_date(clock.local_day(notice.stated_at))}提出陈述、申辩，"
    if notice.answered_at is None:
        return f"{told}{stated}我局正在复核。"
    return f"{told}{stated}我局已进行复核并于{chinese_date(clock.local_day(notice.answered_at))}答复你行。"
