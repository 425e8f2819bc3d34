"""Desk pages shared by all cases: list, case page and action pages."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from zsbank.base.accounts.rules import staff_may
from zsbank.base.actions.rows import state_of
from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.turns import Text
from zsbank.base.cases.urls import action_page, base_of, case_page, list_action_page, list_page
from zsbank.base.journal.models import Entry
from zsbank.base.journal.queries import history_of
from zsbank.base.pages.action_pages import ActionPages
from zsbank.base.pages.bulk_pages import BulkPages
from zsbank.base.pages.columns import due_column
from zsbank.base.pages.exports.desk import ExportPages
from zsbank.base.pages.facts import facts_of
from zsbank.base.pages.hearings import hearing_in
from zsbank.base.pages.list_offers import offers_on_list
from zsbank.base.pages.lists import check_parameters, list_context
from zsbank.base.pages.related import related_to
from zsbank.base.permissions import Verb
from zsbank.base.texts import BadText

HISTORY_LENGTH = 15
PRESERVED_FILTERS = "_changelist_filters"
"""Django's parameter with the query of the list from which a page was opened."""


class CaseDesk(ActionPages, BulkPages, ExportPages, ModelAdmin):  # type: ignore[misc]
    """Read-only admin pages of a case; changes are made by actions, which have their own pages.

    Django's permissions are not used: people with the verb `declared.seen_with` see the list and the pages.

    `facts` lists what a case page shows: fields, or methods of the desk. `sections` is a template with further
    content, shown on the action pages as well unless `sections_on_action_pages` is false. `empty_text` says what an
    empty list will show, and how it gets there. `list_display` ends with `next_step` and `next_due` where states or due
    dates declare them.
    """

    declared: ClassVar[Case]
    facts: ClassVar[tuple[str, ...]] = ()
    sections: ClassVar[str] = ""
    empty_text: ClassVar[Text] = gettext_lazy("Rows appear here by themselves.")
    sections_on_action_pages: ClassVar[bool] = True
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def __init__(self, model: type[Model], admin_site: Any) -> None:
        """Add the column of the due date that runs."""
        super().__init__(model, admin_site)
        self.next_due = due_column(self.declared)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether a role of the person has the verb."""
        return staff_may(request.user, self.declared.seen_with)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return the same as for its pages."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Rows are added by actions only."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Rows are changed by actions only."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Rows are not deleted."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Return the URLs of list, case and actions; other URLs of the admin are left out."""
        view = self.admin_site.admin_view(self.action_view)
        own = [
            path("do/<slug:verb>/", view, name=f"{self.base}_list_action"),
            path("<int:pk>/do/<slug:verb>/", view, name=f"{self.base}_action"),
            *self.export_urls(),
            *self.bulk_urls(),
        ]
        usual = {f"{self.base}_changelist", f"{self.base}_change"}
        return [*own, *(one for one in super().get_urls() if getattr(one, "name", "") in usual)]

    @property
    def base(self) -> str:
        """The prefix of the URL names of its pages."""
        return base_of(self.model)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list; an invalid query redirects to the whole list."""
        try:
            check_parameters(request)
        except BadText as error:
            messages.warning(request, str(error))
            return HttpResponseRedirect(request.path)
        answer: HttpResponse = super().changelist_view(request, extra_context)
        if isinstance(answer, TemplateResponse) and answer.context_data and "cl" in answer.context_data:
            shown = answer.context_data["cl"]
            answer.context_data |= list_context(self, request, shown) | self._around_the_list(request)
            answer.context_data["exports"] = self.offered_files(request, shown.result_count)
        return answer

    def _around_the_list(self, request: HttpRequest) -> dict[str, Any]:
        """Return heading, actions, links and words for an empty list."""
        heading = self.list_name()
        return {
            "title": heading,
            "heading": heading,
            "searchable": self.declared.search is not None or bool(self.search_fields),
            "empty_text": self.empty_text,
            "links": self.list_links(request),
            "bulk": [
                (offer, f"{list_page(self.model)}bulk/{offer.verb}/")
                for offer in self.declared.bulk_offers
                if staff_may(request.user, offer.verb)
            ],
            **self._list_offers(request),
        }

    def _list_offers(self, request: HttpRequest) -> dict[str, list[tuple[Offer, str]]]:
        """Return the actions above the list, and those that stand less prominently below it, with their URLs."""
        offered = [
            (offer, list_action_page(self.model, offer.action))
            for offer in offers_on_list(request.user, self.declared)
        ]
        return {
            "offers": [pair for pair in offered if not pair[0].aside],
            "aside": [pair for pair in offered if pair[0].aside],
        }

    def list_name(self) -> str:
        """Return the name of the list, as in the sidebar."""
        entry = self.declared.sidebar
        return str(entry.label if entry else self.opts.verbose_name_plural)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search as everywhere at the desk; kinds without a declared search use the admin's."""
        if self.declared.search is None or not search_term:
            found: tuple[QuerySet[Any], bool] = super().get_search_results(request, queryset, search_term)
            return found
        return self.declared.search.find(queryset, search_term, also=self.also_searched(request)), False

    def also_searched(self, request: HttpRequest) -> tuple[str, ...]:
        """Return further fields that this person may search; a desk may override it."""
        return ()

    @admin.display(description=gettext_lazy("next step"))
    def next_step(self, case: Any) -> str:
        """Return what is next in the state of a case; a dash when it is over."""
        shown = self.declared.states.get(state_of(case))
        return str(shown.next) if shown and shown.next else "—"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the case: state, due dates with explanations, offered actions, history."""
        case = self.case_or_404(request, object_id)
        context = self.page_context(request, str(case), original=case) | {
            "case": case,
            "heading": self.heading(case),
            "stateful": bool(self.declared.states),
            "due": self._due(case),
            "hearing": hearing_in(self.declared, case),
            "offers": [
                (offer, action_page(case, offer.action))
                for offer in self.declared.offers
                if staff_may(request.user, offer.verb) and offer.is_offered(request.user, case)
            ],
            "links": self.links(request, case),
            "related": related_to(self.declared, case, request.user),
            "history": self.history(case)[:HISTORY_LENGTH],
            "whole_record": self.whole_record(case) if staff_may(request.user, Verb.SEE_JOURNAL) else "",
        }
        return TemplateResponse(request, "admin/case.html", context | self.content_of(request, case))

    def content_of(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Return the facts and sections of a case, for its page and for action pages that show them."""
        facts = list(facts_of(case, self.facts_for(request), self))
        return {"facts": facts, "sections": self.sections} | self.more(request, case)

    def content_on_action_page(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Return what a person has to know of the case before they act: its facts, and its sections unless left out."""
        if self.sections_on_action_pages:
            return self.content_of(request, case)
        return {"facts": list(facts_of(case, self.facts_for(request), self))}

    def case_or_404(self, request: HttpRequest, pk: str) -> Any:
        """Return a case, for people who may see the list.

        Raises:
            PermissionDenied: the person may not see the list.
            Http404: there is no such case.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        case = self.get_object(request, pk)
        if case is None:
            raise Http404
        return case

    def page_context(self, request: HttpRequest, title: str, **context: Any) -> dict[str, Any]:
        """Return the context that every page of the desk needs, with the pages above it that the person may see."""
        crumbs = list(self._crumbs(request, title, context.get("original")))
        return {**self.admin_site.each_context(request), "title": title, "crumbs": crumbs, **context}

    def _crumbs(self, request: HttpRequest, title: str, case: Model | None) -> Iterator[tuple[str, str]]:
        """Yield the list and the case above a page; neither with the page's own title."""
        if not self.has_view_permission(request):
            return
        name = self.list_name()
        filters = request.GET.get(PRESERVED_FILTERS, "")
        if name != title:
            yield (
                name,
                list_page(self.model, f"?{filters}" if filters else "") + (f"#row-{case.pk}" if case else ""),
            )
        if case is not None and str(case) != title:
            yield str(case), case_page(case)

    def _due(self, case: Any) -> list[tuple[str, Any, Any, bool]]:
        """Return label, day, explanation and completion of each due date that is set."""
        state = state_of(case)
        return [
            (
                case._meta.get_field(due.day).verbose_name,
                getattr(case, due.day),
                getattr(case, due.period),
                state not in due.running,
            )
            for due in self.declared.due
            if getattr(case, due.day)
        ]

    def facts_for(self, request: HttpRequest) -> tuple[str, ...]:
        """Return the facts shown to this person; a desk may override it."""
        return self.facts

    def heading(self, case: Any) -> str:
        """Return the line above the title: the bank."""
        return str(getattr(case, "bank", self.opts.verbose_name))

    def links(self, request: HttpRequest, case: Any) -> list[tuple[str, str]]:
        """Return links to related pages as (text, URL); a desk may override it."""
        return []

    def list_links(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Return links above the list as (text, URL); a desk may override it."""
        return []

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Return further context for the sections."""
        return {}

    def history(self, case: Any) -> QuerySet[Entry]:
        """Return the journal entries of the case, newest first."""
        return history_of(case)

    def whole_record(self, case: Any) -> str:
        """Return the URL of all journal entries of the case."""
        subject = urlencode({"subject_type": case._meta.label_lower, "subject_id": case.pk})
        return list_page(Entry, f"?{subject}")
