"""Letters on paper at the desk, each with its scan."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from zsbank.base.cases.turns import Text
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.case_files import FilesOfCases


class PaperLetterDesk(FilesOfCases, CaseDesk):
    """Letters that are older than this register; each access to a scan is recorded."""

    list_display = ("number", "bank", "kind", "date", "signer", "taken_over_on", "takeover_number")
    list_filter = ("kind",)
    list_select_related = ("bank",)
    empty_text: ClassVar[Text] = gettext_lazy(
        "Letters on paper appear here when a takeover with them is confirmed."
    )
    facts: ClassVar[tuple[str, ...]] = (
        "kind",
        "number",
        "date",
        "signer",
        "taken_over_on",
        "takeover_number",
    )
    sections: ClassVar[str] = "admin/banks/paper.html"

    def files_of(self, case: Any) -> list[StoredFile]:
        """Return the scan."""
        return [case.file] if case.file else []

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Add the scan."""
        return {"files": self.listed_files(case)}
