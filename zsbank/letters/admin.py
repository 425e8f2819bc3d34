"""The register of letters at the desk: for officers and auditors."""

from typing import Any, ClassVar

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zsbank.accounts.permissions import Verb
from zsbank.desk.sheets import Sheet
from zsbank.desk.site import DeskAdmin
from zsbank.letters import actions
from zsbank.letters.models import Letter
from zsbank.letters.states import WAITING_FOR_FILE


@admin.register(Letter)
class LetterAdmin(DeskAdmin):
    """Letters by number, bank, kind and date; each opening and download is recorded."""

    seen_with: ClassVar[Verb] = Verb.SEE_LETTERS
    list_display = ("__str__", "kind", "title", "addressee", "issue_date", "state")
    list_filter = ("kind", "year", "state")
    search_fields = ("number", "title", "addressee", "uscc")
    date_hierarchy = "issue_date"
    fields = ("kind", "title", "addressee", "uscc", "issue_date", "signed_by", "state", "error", "attempts")
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.RETRY_LETTER,
            gettext_lazy("Make the file again"),
            WAITING_FOR_FILE,
            (gettext_lazy("The file is made with the same number, date and text."),),
            lambda by, case, given: actions.retry_letter(letter=case, by=by),
        ),
    )

    def links(self, case: Any) -> list[tuple[str, str]]:
        """Open and download, once the file is there."""
        if case.file_id is None:
            return []
        address = reverse("letters:download", args=[case.pk])
        return [(_("Open"), f"{address}?open"), (_("Download"), address)]
