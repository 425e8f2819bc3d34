"""What the desk's pages of all cases share: the list, the case page, and the pages of their actions."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from zsbank.base.accounts.rules import staff_may
from zsbank.base.actions.rows import state_of
from zsbank.base.cases.case import Case
from zsbank.base.cases.urls import action_page, base_of, list_action_page, list_page
from zsbank.base.journal.models import Entry
from zsbank.base.journal.queries import history_of
from zsbank.base.pages.action_pages import ActionPages
from zsbank.base.pages.facts import facts_of
from zsbank.base.pages.hearings import hearing_in
from zsbank.base.pages.related import related_to
from zsbank.base.permissions import Verb
from zsbank.base.texts import BadText, visible

SHOWN_OF_HISTORY = 15
LONGEST_QUERY = 500


class CaseDesk(ActionPages, ModelAdmin):  # type: ignore[misc]
    """A list to look at and pages to read; what changes a case is an action with a page of its own.

    Django's own permissions are not asked: whoever holds the verb `declared.seen_with` sees the list and the pages.

    `facts` names what a case page shows: fields, or methods of the desk. `sections` is a template with what else
    belongs to the case.
    """

    declared: ClassVar[Case]
    facts: ClassVar[tuple[str, ...]] = ()
    sections: ClassVar[str] = ""
    list_before_template = "admin/register_head.html"
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Those whose role holds the verb."""
        return staff_may(request.user, self.declared.seen_with)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """As for its pages."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is added but by an action."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is changed but by an action."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The list, the case and the actions; no address for what nobody may do here."""
        view = self.admin_site.admin_view(self.action_view)
        own = [
            path("do/<slug:verb>/", view, name=f"{self.base}_list_action"),
            path("<int:pk>/do/<slug:verb>/", view, name=f"{self.base}_action"),
        ]
        usual = {f"{self.base}_changelist", f"{self.base}_change"}
        return [*own, *(one for one in super().get_urls() if getattr(one, "name", "") in usual)]

    @property
    def base(self) -> str:
        """How the URL names of its pages begin."""
        return base_of(self.model)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list; a query that nobody can have typed leads back to the whole list."""
        try:
            _check_query("".join([*request.GET.keys(), *map(str, request.GET.values())]))
        except BadText as error:
            messages.warning(request, str(error))
            return HttpResponseRedirect(request.path)
        offered = [
            (offer, list_action_page(self.model, offer.action))
            for offer in self.declared.list_offers
            if staff_may(request.user, offer.verb)
        ]
        context = {"offers": offered, "links": self.list_links(request)} | (extra_context or {})
        answer: HttpResponse = super().changelist_view(request, context)
        return answer

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The case: where it is, what can be done, until when and why, and what was done."""
        case = self.case_or_404(request, object_id)
        context = self.page_context(request, str(case), original=case) | {
            "case": case,
            "heading": self.heading(case),
            "stateful": bool(self.declared.states),
            "facts": list(facts_of(case, self.facts_for(request), self)),
            "due": self._due(case),
            "hearing": hearing_in(self.declared, case),
            "sections": self.sections,
            "offers": [
                (offer, action_page(case, offer.action))
                for offer in self.declared.offers
                if staff_may(request.user, offer.verb) and offer.is_offered(request.user, case)
            ],
            "links": self.links(request, case),
            "related": related_to(self.declared, case, request.user),
            "history": self.history(case)[:SHOWN_OF_HISTORY],
            "whole_record": self.whole_record(case) if staff_may(request.user, Verb.SEE_JOURNAL) else "",
        }
        return TemplateResponse(request, "admin/case.html", context | self.more(request, case))

    def case_or_404(self, request: HttpRequest, pk: str) -> Any:
        """A case to people who may see the list; 404 when there is none, 403 when they may not."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        case = self.get_object(request, pk)
        if case is None:
            raise Http404
        return case

    def page_context(self, request: HttpRequest, title: str, **context: Any) -> dict[str, Any]:
        """What every page of the desk needs."""
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **context}

    def _due(self, case: Any) -> list[tuple[str, Any, Any, bool]]:
        """Label, day and explanation of each due date that is set, and whether what was due is done."""
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
        """What a case page shows to this person; the same to everybody unless a desk says so."""
        return self.facts

    def heading(self, case: Any) -> str:
        """A line above the title: whose case it is."""
        return str(getattr(case, "bank", self.opts.verbose_name))

    def links(self, request: HttpRequest, case: Any) -> list[tuple[str, str]]:
        """Words and addresses of what belongs to a case; none unless a desk says so."""
        return []

    def list_links(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Words and addresses above the list; none unless a desk says so."""
        return []

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """What the sections need besides the case."""
        return {}

    def history(self, case: Any) -> QuerySet[Entry]:
        """The journal of the case, newest first."""
        return history_of(case)

    def whole_record(self, case: Any) -> str:
        """The address of all journal entries of the case."""
        subject = urlencode({"subject_type": case._meta.label_lower, "subject_id": case.pk})
        return list_page(Entry, f"?{subject}")


def _check_query(asked: str) -> None:
    """Refuse a query that no person typed: invisible characters, or longer than a database compares."""
    if len(visible(asked)) > LONGEST_QUERY:
        raise BadText(_("What you look for is too long. Look for a shorter part of it."))


def narrowed(links: Sequence[tuple[str, type[Model], str]]) -> list[tuple[str, str]]:
    """Words with the address of a list, narrowed by a query: (words, model, query)."""
    return [(words, list_page(model, query)) for words, model, query in links]
