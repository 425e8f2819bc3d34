"""The register of letters at the desk: for officers and auditors."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zsbank.base.letters import actions
from zsbank.base.letters.models import Letter
from zsbank.base.letters.states import WAITING_FOR_FILE
from zsbank.base.pages.columns import state_column
from zsbank.base.pages.desk_admin import DeskAdmin
from zsbank.base.pages.sheets import Sheet
from zsbank.base.permissions import Verb


@admin.register(Letter)
class LetterAdmin(DeskAdmin):
    """Letters by number, bank, kind and date; each opening and download is recorded."""

    seen_with: ClassVar[Verb] = Verb.SEE_LETTERS
    list_display = (
        "__str__",
        "kind",
        "title",
        "addressee",
        "issue_date",
        state_column("state", gettext_lazy("state")),
    )
    list_filter = ("kind", "year", "state")
    search_fields = ("number", "title", "addressee", "uscc")
    date_hierarchy = "issue_date"
    facts: ClassVar[tuple[str, ...]] = (
        "title",
        "kind",
        "addressee",
        "uscc",
        "issue_date",
        "signed_by",
        "sha256",
        "error",
    )
    sections: ClassVar[str] = "admin/letters/letter.html"
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.RETRY_LETTER,
            gettext_lazy("Make the file again"),
            (gettext_lazy("The file is made with the same number, date and text."),),
            lambda by, case, given: actions.retry_letter(letter=case, by=by),
            WAITING_FOR_FILE,
        ),
    )

    @admin.display(description="SHA-256")
    def sha256(self, case: Any) -> str:
        """The hash of the file as it was issued."""
        return case.file.sha256 if case.file else ""

    def heading(self, case: Any) -> str:
        """What kind of letter, to whom."""
        return f"{case.get_kind_display()} · {case.addressee}"

    def links(self, request: HttpRequest, case: Any) -> list[tuple[str, str]]:
        """Download, once the file is there; it is shown on the page itself."""
        if case.file_id is None:
            return []
        address = reverse("letters:download", args=[case.pk])
        return [(_("Open"), f"{address}?open"), (_("Download"), address)]
