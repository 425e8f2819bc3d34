"""Determinations at the desk."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from admission.editions.models import Criterion
from banks.hearings.rules import notice_on
from inspections.determinations.letters import dropped_letter
from inspections.determinations.models import Determination
from inspections.determinations.rules import expected_period
from zsbank.base.cases.offers import Draft
from zsbank.base.cases.turns import Text
from zsbank.base.cases.urls import case_page
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.case_files import FilesOfCases
from zsbank.base.pages.columns import case_state_column
from zsbank.base.pages.file_response import INLINE_KINDS


def linked_criteria(determination: Determination) -> list[tuple[Criterion, str]]:
    """Return the criteria of a determination, each with the URL of its page."""
    return [(criterion, case_page(criterion)) for criterion in determination.criteria.order_by("number")]


def dropped_draft(case: Determination) -> tuple[Draft, ...]:
    """Return the letter to a bank that had prior notice, with a place for the reason; none without a notice."""
    notice = notice_on(case)
    if notice is None:
        return ()
    return (Draft(gettext_lazy("The letter"), dropped_letter(case, notice, "（不作出认定的理由）")),)


class DeterminationDesk(FilesOfCases, CaseDesk):
    """Proposed determinations and what became of them."""

    list_display = (
        "bank",
        case_state_column("state", gettext_lazy("state")),
        "kind",
        "proposed_by",
        "proposed_at",
        "decided_by",
        "determination_date",
        "next_step",
    )
    list_filter = ("state", "kind")
    empty_text: ClassVar[Text] = gettext_lazy("Determinations appear here when an inspector proposes them.")
    list_select_related = ("bank", "decided_by", "proposed_by")
    facts: ClassVar[tuple[str, ...]] = (
        "kind",
        "effects_in_words",
        "facts",
        "proposed_by",
        "proposed_at",
        "paper_date",
        "paper_signed_by",
        "determination_date",
        "decided_by",
        "confirmed_by",
        "made_at",
        "letter",
        "closed_reason",
    )
    sections: ClassVar[str] = "admin/inspections/determination.html"

    @admin.display(description=gettext_lazy("effects of the breach"))
    def effects_in_words(self, case: Determination) -> str:
        """Return the effects of a serious breach, in words."""
        return "、".join(case.named_effects)

    def files_of(self, case: Determination) -> list[StoredFile]:
        """Return the document of the determination."""
        return [case.document]

    def more(self, request: HttpRequest, case: Determination) -> dict[str, Any]:
        """Add the criteria, the document, and while it is proposed the due date that would follow."""
        period = expected_period(case) if case.is_proposed else None
        return {
            "criteria": linked_criteria(case),
            "files": self.listed_files(case),
            "period": period.to_json() if period else None,
            "would_be_due": period.last_day if period else None,
            "provisional": period is not None and period.provisional,
            "in_page": case.document.kind in INLINE_KINDS,
        }
