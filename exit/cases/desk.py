"""Exit cases at the desk."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from exit.cases.actions.cases import bar_from_today
from exit.cases.letters import letter_of
from exit.cases.models import ExitCase
from zsbank.base.cases.offers import Draft
from zsbank.base.cases.turns import Text
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.case_files import FilesOfCases
from zsbank.base.pages.columns import case_state_column


def drafts(case: ExitCase) -> tuple[Draft, ...]:
    """Return the letter as it would be signed today."""
    letter = letter_of(case, bar_from_today(case.qualification))
    return (Draft(gettext_lazy("The letter"), letter),)


class ExitCaseDesk(FilesOfCases, CaseDesk):
    """Exit cases with their drafted letters."""

    list_display = (
        "case_number",
        case_state_column("state", gettext_lazy("state")),
        "bank",
        "ground",
        "opened_at",
        "next_step",
    )
    list_filter = ("state", "ground")
    empty_text: ClassVar[Text] = gettext_lazy(
        "Exit cases appear here when a bank applies for exit, a rectification order lapses, or an inspector opens one."
    )
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = (
        "ground",
        "statement",
        "opened_at",
        "proposed_at",
        "signed_at",
        "closed_reason",
    )
    sections: ClassVar[str] = "admin/exit/case.html"

    def files_of(self, case: Any) -> list[StoredFile]:
        """Return the bank's written application."""
        return [case.document] if case.document else []

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Add the written application; while the case is open, also the drafted letter."""
        return {"files": self.listed_files(case), "drafts": drafts(case) if case.is_open else ()}
