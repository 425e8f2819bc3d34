"""The journal at the desk."""

import json
from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zsbank.base.accounts import reauthentication
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.accounts.sign_in_records import SIGN_IN_VERBS
from zsbank.base.calendar import clock
from zsbank.base.cases.turns import Text
from zsbank.base.journal.models import Entry
from zsbank.base.pages import words
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.exports.listed import ExportedList
from zsbank.base.pages.particulars import lines_of
from zsbank.base.pages.templatetags.look import moved
from zsbank.base.permissions import Verb
from zsbank.site.auditor.actions import export_journal
from zsbank.site.auditor.journal_page import COUNTED, exported_entries, page_of


class EntryDesk(CaseDesk):
    """Journal entries, newest first."""

    empty_text: ClassVar[Text] = gettext_lazy("Every action writes an entry.")
    facts: ClassVar[tuple[str, ...]] = ("at", "effective_on", "sentence", "movement", "reason", "particulars")

    @admin.display(description=gettext_lazy("action taken"), ordering="verb")
    def sentence(self, entry: Entry) -> str:
        """Return the sentence of an entry: person and action."""
        return words.sentence(entry)

    @admin.display(description=gettext_lazy("state change"))
    def movement(self, entry: Entry) -> str:
        """Return the transition."""
        return moved(entry)

    def facts_for(self, request: HttpRequest) -> tuple[str, ...]:
        """Return the facts, with unmasked sign-in names for people who may see them."""
        whole = staff_may(request.user, Verb.SEE_CONTACTS)
        return tuple("whole_particulars" if whole and name == "particulars" else name for name in self.facts)

    @admin.display(description=gettext_lazy("details"))
    def particulars(self, entry: Entry) -> str:
        """Return the particulars of the entry, one per line; changed fields as old → new."""
        return self._particulars(entry, whole=False)

    @admin.display(description=gettext_lazy("details"))
    def whole_particulars(self, entry: Entry) -> str:
        """Return the particulars with unmasked sign-in names."""
        return self._particulars(entry, whole=True)

    def _particulars(self, entry: Entry, *, whole: bool) -> str:
        return "\n".join(
            _("%(label)s: %(value)s") % {"label": label, "value": value}
            for label, value in lines_of(entry, whole=whole)
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list with its filters; Django's own list would count all entries.

        Raises:
            PermissionDenied: the person may not see the journal.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        title = _("Journal entries")
        page = page_of(request, self.get_queryset(request), _hidden(request))
        context = self.page_context(request, title) | page | {"heading": title, "empty_text": self.empty_text}
        context["links"] = [*page["links"], *self.list_links(request)]
        found = page["found"]
        context["exports"] = self.offered_files(request, min(found, COUNTED), or_more=found > COUNTED)
        return TemplateResponse(request, "admin/change_list.html", context)

    def exported_list(self, request: HttpRequest) -> ExportedList:
        """Return the entries as filtered."""
        return exported_entries(request, self.get_queryset(request), _hidden(request))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        """Return all entries; entries about sign-ins only for people with `Verb.SEE_SIGN_INS`."""
        rows: QuerySet[Entry] = super().get_queryset(request)
        return rows if staff_may(request.user, Verb.SEE_SIGN_INS) else rows.exclude(verb__in=SIGN_IN_VERBS)

    def get_urls(self) -> list[URLPattern]:
        """Add the URL of the export."""
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name="journal_entry_export"), *super().get_urls()]

    def list_links(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Return the link to the export, for people who may export."""
        if not staff_may(request.user, Verb.EXPORT_JOURNAL):
            return []
        return [(_("Export for verification"), reverse("admin:journal_entry_export"))]

    def export_view(self, request: HttpRequest) -> StreamingHttpResponse:
        """Send the journal as JSON lines; the export itself is recorded.

        Raises:
            Http404: the person may not export.
        """
        person = request.user
        if not isinstance(person, User) or not staff_may(person, Verb.EXPORT_JOURNAL):
            raise Http404
        reauthentication.require(request, Verb.EXPORT_JOURNAL)
        answer = StreamingHttpResponse(
            _lines(export_journal(reader=person, by=person)), content_type="application/jsonl; charset=utf-8"
        )
        answer["Content-Disposition"] = f'attachment; filename="journal-{clock.today().isoformat()}.jsonl"'
        return answer


def _hidden(request: HttpRequest) -> tuple[Verb, ...]:
    """Return the verbs of entries that the reader may not see."""
    return () if staff_may(request.user, Verb.SEE_SIGN_INS) else tuple(SIGN_IN_VERBS)


def _lines(exported: Iterator[dict[str, Any]]) -> Iterator[str]:
    for line in exported:
        yield json.dumps(line, ensure_ascii=False) + "\n"
