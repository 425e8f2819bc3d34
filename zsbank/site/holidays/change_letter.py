"""The letter about a due date that an earlier letter stated and that holidays move, in official Chinese."""

from django.utils.translation import gettext_lazy as _

from zsbank.base.calendar.periods import Period, Unit
from zsbank.base.calendar.wording import chinese_date, last_day, with_chinese_dates
from zsbank.base.letters.data import LetterData, Paragraph
from zsbank.base.letters.kinds import LetterKind
from zsbank.base.letters.models import Letter
from zsbank.site.holidays.models import DateChange

DATE_CHANGED = LetterKind("date_changed", _("Due date calculated anew"))


def date_letter(change: DateChange, earlier: Letter, anew: Period) -> LetterData:
    """Return the letter: the earlier letter, the old and the new date, and how it was calculated."""
    basis = "行政许可法第八十二条" if anew.unit is Unit.WORKDAY else "民法典第二百零三条"
    how = with_chinese_dates("；".join(anew.explain("zh-hans")))
    return LetterData(
        kind=DATE_CHANGED.code,
        title=f"关于调整{change.bank.name}有关期限的函",
        addressee=change.bank.name,
        uscc=change.bank.uscc,
        paragraphs=(
            Paragraph(
                f"{chinese_date(earlier.issue_date)}，我局向你行发出《{earlier.title}》（{earlier}），所载期限的最后一日为"
                f"{last_day(change.before)}，按当时已公布的节假日安排暂定。"
            ),
            Paragraph(
                f"国务院办公厅{change.year.year}年节假日安排公布后，依照{basis}重新计算，该期限的最后一日调整为"
                f"{last_day(change.after)}。"
            ),
            Paragraph(f"期限的计算：{how}。"),
            Paragraph("原函其余内容不变。特此函告。"),
        ),
    )
