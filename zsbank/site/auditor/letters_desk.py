"""The register of letters at the desk, for officers and auditors."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks.papers.models import PaperLetter
from inspections.setting_aside.queries import that_set_aside
from zsbank.base.cases.registry import letter_kinds, letter_label
from zsbank.base.cases.turns import Text
from zsbank.base.cases.urls import case_page, list_page
from zsbank.base.files.models import StoredFile
from zsbank.base.letters.models import Letter
from zsbank.base.letters.queries import services_of
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.case_files import FilesOfCases
from zsbank.base.pages.columns import case_state_column


class KindFilter(admin.SimpleListFilter):
    """Filter by kind of letter."""

    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the declared kinds."""
        return [(kind.code, str(kind.label)) for kind in letter_kinds().values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        """Return the letters of the chosen kind."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


class LetterDesk(FilesOfCases, CaseDesk):
    """Letters by number, bank, kind and date, and how they were served; each access to a file is recorded."""

    list_display = (
        "__str__",
        case_state_column("state", gettext_lazy("state")),
        "kind_label",
        "addressee",
        "title",
        "issue_date",
    )
    list_filter = (KindFilter, "year", "state")
    empty_text: ClassVar[Text] = gettext_lazy(
        "Letters appear here when they are signed, numbered without gaps."
    )
    facts: ClassVar[tuple[str, ...]] = (
        "title",
        "kind_label",
        "addressee",
        "uscc",
        "issue_date",
        "signed_by",
        "sha256",
        "error",
    )
    sections: ClassVar[str] = "admin/letters/letter.html"
    sections_on_action_pages: ClassVar[bool] = False

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_label(self, case: Any) -> str:
        """Return the kind of letter."""
        return letter_label(case.kind)

    @admin.display(description="SHA-256")
    def sha256(self, case: Any) -> str:
        """Return the hash of the issued file."""
        return case.file.sha256 if case.file else ""

    def files_of(self, case: Any) -> list[StoredFile]:
        """Return the proofs of its services."""
        return [service.document for service in services_of(case)]

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Add its services, each with its proof; and what set aside the determination on which it rests."""
        found = that_set_aside(case)
        return {
            "set_aside": found,
            "set_aside_page": case_page(found) if found else "",
            "set_aside_letter": case_page(found.letter) if found and found.letter else "",
            "services": [(service, *self.listed(case, service.document)) for service in services_of(case)],
        }

    def heading(self, case: Any) -> str:
        """Return kind and addressee."""
        return f"{letter_label(case.kind)} · {case.addressee}"

    def list_links(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Link to the letters that are older than this register."""
        return [(_("Letters on paper"), list_page(PaperLetter))]

    def links(self, request: HttpRequest, case: Any) -> list[tuple[str, str]]:
        """Return links to the file, which is also shown on the page; none without a file."""
        if case.file_id is None:
            return []
        address = reverse("letters:download", args=[case.pk])
        return [(_("Open"), f"{address}?open"), (_("Download"), address)]
