"""Prior notices at the desk."""

from typing import ClassVar

from zsbank.base.pages.case_desk import CaseDesk


class PriorNoticeDesk(CaseDesk):
    """Prior notices, the banks' statements and the answers to them."""

    list_display = ("bank", "told_on", "due_date", "stated_at", "answered_at")
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = ("told_on", "letter")
    sections: ClassVar[str] = "admin/banks/notice.html"
