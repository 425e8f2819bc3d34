"""Changes of banks' data at the desk, and what a bank's page adds of them."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from banks.changes.models import BankChange
from banks.changes.queries import around, lines_of, warnings_of
from banks.changes.states import ChangeState
from banks.members.desk import BankWithPeopleDesk
from zsbank.base.cases.turns import Text
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.case_files import FilesOfCases
from zsbank.base.pages.columns import case_state_column

FORMER_SHOWN = 50
"""So many former values are shown on a bank's page."""


class BankChangeDesk(FilesOfCases, CaseDesk):
    """Changes with old and new values, documents, and what the decision has to weigh."""

    list_display = (
        "case_number",
        case_state_column("state", gettext_lazy("state")),
        "bank",
        "kind",
        "by_bank",
        "changed_on",
        "entered_at",
        "next_step",
    )
    list_filter = ("state", "kind", "by_bank")
    list_select_related = ("bank",)
    empty_text: ClassVar[Text] = gettext_lazy(
        "Changes appear here when a bank asks for one, or an officer enters one on the bank's page."
    )
    facts: ClassVar[tuple[str, ...]] = (
        "kind",
        "changed_on",
        "reason",
        "by_bank",
        "entered_at",
        "entered_by",
        "decided_at",
        "decided_by",
        "decision",
    )
    sections: ClassVar[str] = "admin/banks/change.html"

    def files_of(self, case: Any) -> list[StoredFile]:
        """Return the documents."""
        return list(case.files.all())

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Add old and new values, documents, and warnings while it is open."""
        return {
            "lines": lines_of(case),
            "files": self.listed_files(case),
            "warnings": warnings_of(case) if case.is_open else [],
        }


class BankWithChangesDesk(BankWithPeopleDesk):
    """The register of banks with former values, open changes, and successions."""

    sections: ClassVar[str] = "admin/banks/bank_with_changes.html"
    sections_on_action_pages: ClassVar[bool] = False

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Add what changed and what is being changed."""
        own = BankChange.objects.filter(bank=case, state=ChangeState.REQUESTED)
        return super().more(request, case) | {
            "former": case.former_values.all()[:FORMER_SHOWN],
            "open_changes": own,
            **around(case),
        }
