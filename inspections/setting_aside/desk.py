"""Settings aside at the desk, and what a determination's page adds of them."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from inspections.determinations.desk import DeterminationDesk
from inspections.determinations.models import Determination
from inspections.setting_aside.models import SettingAside
from inspections.setting_aside.queries import shown_of
from zsbank.base.cases.turns import Text
from zsbank.base.cases.urls import case_page
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.case_files import FilesOfCases
from zsbank.base.pages.columns import case_state_column
from zsbank.base.pages.file_response import INLINE_KINDS

SHOWN = 10
"""So many proposals to set one determination aside are shown on its page."""


class SettingAsideDesk(FilesOfCases, CaseDesk):
    """What was proposed to be set aside, on which document, and what became of it."""

    list_display = (
        "case_number",
        case_state_column("state", gettext_lazy("state")),
        "bank",
        "basis",
        "document_number",
        "document_date",
        "next_step",
    )
    list_filter = ("state", "basis")
    empty_text: ClassVar[Text] = gettext_lazy(
        "Cases appear here when an officer proposes on a determination's page to set it aside."
    )
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = (
        "basis",
        "document_number",
        "document_date",
        "reason",
        "proposed_by",
        "proposed_at",
        "decided_by",
        "decided_at",
        "decision",
        "letter",
    )
    sections: ClassVar[str] = "admin/inspections/setting_aside.html"

    def files_of(self, case: SettingAside) -> list[StoredFile]:
        """Return the document."""
        return [case.document]

    def more(self, request: HttpRequest, case: SettingAside) -> dict[str, Any]:
        """Add the determination, and the document, in the page where a browser can show it."""
        return {
            "determination": case.determination,
            "address": case_page(case.determination),
            "files": self.listed_files(case),
            "in_page": case.document.kind in INLINE_KINDS,
        }


class DeterminationWithSettingsAsideDesk(DeterminationDesk):
    """Determinations, with what sets them aside."""

    sections: ClassVar[str] = "admin/inspections/determination_set_aside.html"

    def more(self, request: HttpRequest, case: Determination) -> dict[str, Any]:
        """Add what was proposed and decided about setting it aside, with document and letter."""
        rows = shown_of(case)[:SHOWN]
        return super().more(request, case) | {
            "settings_aside": [
                (one, case_page(one), case_page(one.letter) if one.letter else "") for one in rows
            ]
        }
