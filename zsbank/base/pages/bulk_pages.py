"""One action on several rows of a list: a page with the reasons against each row, then each row by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zsbank.base.accounts import reauthentication
from zsbank.base.accounts.models import User
from zsbank.base.actions.refused import record_refusal
from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.urls import list_page
from zsbank.base.pages.keys import keys_in
from zsbank.base.refusals import Refused

MOST_ROWS = 200


@dataclass(frozen=True)
class Selected:
    """A selected row, and why the action is not possible on it; empty if it is."""

    row: Model
    why_not: str


class BulkPages:
    """Mixin for a desk with a declared case: the pages of its actions on several rows."""

    declared: ClassVar[Case]

    def bulk_urls(self) -> Iterator[URLPattern]:
        """Yield the URL of the pages, for kinds that declare such actions."""
        desk: Any = self
        if self.declared.bulk_offers:
            view = desk.admin_site.admin_view(self.bulk_view)
            yield path("bulk/<slug:verb>/", view, name=f"{desk.base}_bulk")

    def bulk_view(self, request: HttpRequest, verb: str) -> HttpResponse:
        """Show the selected rows and the consequences; on POST run the action on each and show the refusals.

        Raises:
            Http404: the person does not hold the verb, or there is no such action.
        """
        desk: Any = self
        offer = next((one for one in self.declared.bulk_offers if one.verb.value == verb), None)
        if offer is None or not isinstance(request.user, User):
            raise Http404
        if not offer.action.is_held(request.user):
            if request.method == "POST":
                record_refusal(verb=offer.verb, by=request.user, subject=None, code="role")
            raise Http404
        reauthentication.require(request, offer.verb)
        given = request.POST if request.method == "POST" else request.GET
        rows = self._rows(request, given.getlist("pk"))
        if not rows:
            messages.warning(request, _("Select rows of the list first."))
            return HttpResponseRedirect(list_page(self.declared.model))
        selected = (
            self._run(request, offer, rows) if request.method == "POST" else _asked(request, offer, rows)
        )
        if not selected:
            return HttpResponseRedirect(list_page(self.declared.model))
        context = desk.page_context(request, str(offer.label)) | {
            "offer": offer,
            "possible": [one.row for one in selected if not one.why_not],
            "refused": [one for one in selected if one.why_not],
            "back": list_page(self.declared.model),
        }
        return TemplateResponse(request, "admin/bulk.html", context)

    def _rows(self, request: HttpRequest, keys: list[str]) -> list[Model]:
        """Return the selected rows that the person may see; at most `MOST_ROWS`."""
        desk: Any = self
        rows = desk.get_queryset(request).filter(pk__in=keys_in(keys[:MOST_ROWS]))
        return list(rows.select_related(*(desk.list_select_related or ())))

    def _run(self, request: HttpRequest, offer: Offer, rows: list[Model]) -> list[Selected]:
        """Run the action on each row in its own transaction; return the rows on which it was refused."""
        refused = []
        for row in rows:
            try:
                offer.carry_out(request.user, row, {})
            except Refused as refusal:
                refused.append(Selected(row, str(refusal)))
        done = len(rows) - len(refused)
        if done:
            words = ngettext("%(verb)s: done for %(n)s row.", "%(verb)s: done for %(n)s rows.", done)
            messages.success(request, words % {"verb": offer.label, "n": done})
        return refused


def _asked(request: HttpRequest, offer: Offer, rows: list[Model]) -> list[Selected]:
    return [Selected(row, offer.reason_against(request.user, row)) for row in rows]
