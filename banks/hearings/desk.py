"""Prior notices at the desk."""

from typing import ClassVar

from django.utils.translation import gettext_lazy

from zsbank.base.cases.turns import Text
from zsbank.base.pages.case_desk import CaseDesk


class PriorNoticeDesk(CaseDesk):
    """Prior notices, the banks' statements and the answers to them."""

    list_display = ("bank", "told_on", "stated_at", "answered_at", "next_due")
    empty_text: ClassVar[Text] = gettext_lazy(
        "Prior notices appear here when a refusal, a determination or an exit is proposed; the bank may then submit "
        "a statement."
    )
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = ("told_on", "letter")
    sections: ClassVar[str] = "admin/banks/notice.html"
