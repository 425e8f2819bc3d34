"""The letter that accepts a rectification, in official Chinese."""

from django.utils.translation import gettext_lazy as _

from inspections.rectification.models import RectificationOrder
from inspections.verification.models import Verification
from inspections.verification.terms import Manner
from zsbank.base.calendar.wording import chinese_date, until
from zsbank.base.letters.data import LetterData, Paragraph
from zsbank.base.letters.kinds import LetterKind

RECTIFICATION_ACCEPTED = LetterKind("rectification_accepted", _("Rectification accepted"))
MANNERS = {Manner.PAPERS: "书面核查", Manner.VISIT: "现场核查"}


def acceptance_letter(order: RectificationOrder) -> LetterData:
    """Return the letter that accepts the rectification: when it was reported, how it was verified."""
    due = until(order.due_date) if order.due_date else ""
    found = Verification.newest_of(order)
    how = f"我局于{chinese_date(found.seen_on)}进行了{MANNERS[Manner(found.manner)]}。" if found else ""
    return LetterData(
        kind=RECTIFICATION_ACCEPTED.code,
        title=f"关于{order.bank.name}整改验收通过的函",
        addressee=order.bank.name,
        uscc=order.bank.uscc,
        paragraphs=(
            Paragraph(f"你行按期（{due}）提交的整改报告收悉。{how}经验收，整改事项已按要求完成。"),
            Paragraph("请你行巩固整改成果，持续符合各项准入条件。"),
            Paragraph("特此函告。"),
        ),
    )
