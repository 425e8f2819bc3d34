"""Prior notices at the desk: what banks were notified of, what they stated, the answers."""

from typing import ClassVar

from zsbank.base.pages.case_desk import CaseDesk


class PriorNoticeDesk(CaseDesk):
    """What banks were notified of before an adverse decision, what they stated, and the answers."""

    list_display = ("bank", "told_on", "due_date", "stated_at", "answered_at")
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = ("told_on", "letter")
    sections: ClassVar[str] = "admin/banks/notice.html"
