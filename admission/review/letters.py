"""Text of the supplement letter, in official Chinese."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from admission.applications.models import Application
from admission.applications.states import SupplementStage
from admission.applications.terms import clock_rule, overdue_rule
from admission.editions.models import Criterion
from zsbank.base.calendar.wording import until
from zsbank.base.letters.data import LetterData, Paragraph
from zsbank.base.letters.kinds import LetterKind

SUPPLEMENT_NOTICE = LetterKind("supplement_notice", _("Notice of supplement"))


def supplement_letter(
    application: Application,
    items: Sequence[tuple[Criterion, str]],
    due_date: dt.date,
    stage: SupplementStage,
) -> LetterData:
    """Return the supplement letter: all items, the due date, and the consequence of missing it.

    Args:
        items: criteria, each with what is missing in it.
        due_date: the last day (local date) to supplement.
    """
    paragraphs = [
        Paragraph(
            f"你行提交的社会保障卡合作银行资格准入申请（办件编号：{application.case_number}）收悉。"
            f"经核对，下列材料需要补正，现一次性告知如下："
        ),
        Paragraph("一、需要补正的内容", 1),
        *(
            Paragraph(f"{place}．第{criterion.number}条（{criterion.title_zh}）：{remark}")
            for place, (criterion, remark) in enumerate(items, start=1)
        ),
        Paragraph("二、补正期限", 1),
        Paragraph(f"请你行于{until(due_date)}在系统中补正并提交。"),
        Paragraph(clock_rule(stage, "zh-hans")),
        Paragraph(overdue_rule("zh-hans")),
        Paragraph("特此告知。"),
    ]
    return LetterData(
        kind=SUPPLEMENT_NOTICE.code,
        title=f"关于{application.bank.name}社会保障卡合作银行资格准入申请补正材料的告知函",
        addressee=application.bank.name,
        uscc=application.bank.uscc,
        paragraphs=tuple(paragraphs),
    )
