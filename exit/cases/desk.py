"""Exit cases at the desk."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from banks.hearings.rules import notice_on
from exit.cases.letters import dropped_letter, letter_of
from exit.cases.models import ExitCase, Ground
from exit.cases.queries import cases, change_behind, grounds_in_words
from exit.cases.rules import bar_from_today, fallen_grounds, standing_grounds, stands
from zsbank.base.cases.offers import Draft
from zsbank.base.cases.turns import Text
from zsbank.base.cases.urls import case_page
from zsbank.base.files.models import StoredFile
from zsbank.base.journal.models import Entry
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.case_files import FilesOfCases
from zsbank.base.pages.columns import case_state_column


def drafts(case: ExitCase) -> tuple[Draft, ...]:
    """Return the letter as it would be signed today; none if no ground stands."""
    if not standing_grounds(case):
        return ()
    letter = letter_of(case, bar_from_today(case.qualification))
    return (Draft(gettext_lazy("The letter"), letter),)


def dropped_draft(case: ExitCase) -> tuple[Draft, ...]:
    """Return the letter that goes to a bank that had a prior notice when the case is closed."""
    notice = notice_on(case)
    if notice is None:
        return ()
    return (Draft(gettext_lazy("The letter"), dropped_letter(case, notice, "（办结理由）")),)


@dataclass(frozen=True)
class ShownGround:
    """A ground as shown to officers: why it no longer stands, and the entry of the change, if it does not."""

    ground: Ground
    why_not: str
    change: Entry | None
    address: str


def shown_grounds(case: ExitCase) -> list[ShownGround]:
    """Return the grounds of a case as shown to officers."""
    return [_shown(ground) for ground in case.grounds.all()]


def _shown(ground: Ground) -> ShownGround:
    why_not = stands(ground).why_not if ground.case.is_open or ground.is_ended else ""
    address = case_page(ground.source) if ground.source is not None else ""
    return ShownGround(ground, why_not, change_behind(ground) if why_not else None, address)


class ExitCaseDesk(FilesOfCases, CaseDesk):
    """Exit cases with their drafted letters."""

    list_display = (
        "case_number",
        case_state_column("state", gettext_lazy("state")),
        "bank",
        "grounds",
        "opened_at",
        "next_step",
    )
    list_filter = ("state", "grounds__kind")
    empty_text: ClassVar[Text] = gettext_lazy(
        "Exit cases appear here when a bank applies for exit, a rectification order lapses, or an inspector opens one."
    )
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = (
        "opened_at",
        "proposed_at",
        "signed_at",
        "closed_reason",
    )
    sections: ClassVar[str] = "admin/exit/case.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExitCase]:
        """Return the cases with what their grounds rest on, in a constant number of queries."""
        return cases()

    @admin.display(description=gettext_lazy("grounds"))
    def grounds(self, case: ExitCase) -> str:
        """Return the grounds, and a chip if one no longer stands."""
        fallen = case.is_open and bool(fallen_grounds(case))
        context = {"words": grounds_in_words(case), "fallen": fallen, "none_left": not standing_grounds(case)}
        return render_to_string("exit/grounds_cell.html", context)

    def files_of(self, case: Any) -> list[StoredFile]:
        """Return the bank's written applications."""
        return [ground.document for ground in case.grounds.all() if ground.document]

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Add the grounds and the written applications; while the case is open, also the drafted letter."""
        shown = shown_grounds(case)
        return {
            "grounds": shown,
            "fallen": [one for one in shown if one.why_not and case.is_open],
            "none_left": case.is_open and not standing_grounds(case),
            "files": self.listed_files(case),
            "drafted": drafts(case) if case.is_open else (),
        }
