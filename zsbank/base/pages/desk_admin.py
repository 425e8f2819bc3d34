"""What every list and case page of the desk shares: pages to read, and sheets for the verbs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from zsbank.base.accounts import reauthentication, refused
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.files.forms import show_refusal
from zsbank.base.journal.models import Entry
from zsbank.base.journal.queries import history_of
from zsbank.base.pages.facts import facts_of
from zsbank.base.pages.sheets import Sheet
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused, WrongState
from zsbank.base.texts import BadText, visible

SHOWN_OF_HISTORY = 15
LONGEST_QUERY = 500


@dataclass(frozen=True)
class Due:
    """A due date on a case page: its field, the field with its reckoning, and the states in which it runs."""

    day: str
    period: str
    running: frozenset[str]


class DeskAdmin(ModelAdmin):  # type: ignore[misc]
    """A register that is looked at here and changed only by its sheets.

    `seen_with` is the verb that lets a person see it; Django's own permissions are not asked.
    `facts` names what a case page shows, `due` the due dates with how they were reckoned, `sections` a template
    with what else belongs to the case. `sheets` are the verbs on a case, `register_sheets` those on the register.
    """

    seen_with: ClassVar[Verb] = Verb.SEE_DESK
    sheets: ClassVar[tuple[Sheet, ...]] = ()
    register_sheets: ClassVar[tuple[Sheet, ...]] = ()
    state_field: ClassVar[str] = "state"
    facts: ClassVar[tuple[str, ...]] = ()
    due: ClassVar[tuple[Due, ...]] = ()
    sections: ClassVar[str] = ""
    list_before_template = "admin/register_head.html"
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Those whose role holds the verb."""
        return staff_may(request.user, self.seen_with)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """As for its pages."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is added past a verb."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is changed past a verb."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The list, the case, and the sheets; no address for what nobody may do here."""
        view = self.admin_site.admin_view(self.sheet_view)
        own = [
            path("do/<slug:verb>/", view, name=f"{self.base}_register_sheet"),
            path("<int:pk>/do/<slug:verb>/", view, name=f"{self.base}_sheet"),
        ]
        usual = {f"{self.base}_changelist", f"{self.base}_change"}
        return [*own, *(one for one in super().get_urls() if getattr(one, "name", "") in usual)]

    @property
    def base(self) -> str:
        """How the register's addresses begin."""
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, with what can be entered in it; a query that nobody typed leads back to the whole list."""
        try:
            _look_through("".join([*request.GET.keys(), *map(str, request.GET.values())]))
        except BadText as error:
            messages.warning(request, str(error))
            return HttpResponseRedirect(request.path)
        offered = [
            (sheet, reverse(f"admin:{self.base}_register_sheet", args=[sheet.verb.value]))
            for sheet in self.register_sheets
            if staff_may(request.user, sheet.verb)
        ]
        context = {"sheets": offered, "links": self.register_links(request)} | (extra_context or {})
        answer: HttpResponse = super().changelist_view(request, context)
        return answer

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The case: where it stands, what can be done with it, until when and why, and what was done."""
        case = self.case_or_404(request, object_id)
        context = self._page(request, str(case), original=case) | {
            "case": case,
            "heading": self.heading(case),
            "state": getattr(case, self.state_field, None),
            "state_label": getattr(case, f"get_{self.state_field}_display", str)(),
            "facts": list(facts_of(case, self.facts_for(request), self)),
            "due": self._due(case),
            "sections": self.sections,
            "sheets": [
                (sheet, reverse(f"admin:{self.base}_sheet", args=[case.pk, sheet.verb.value]))
                for sheet in self.sheets
                if staff_may(request.user, sheet.verb) and sheet.is_offered(case, self.state_field)
            ],
            "links": self.links(request, case),
            "history": self.history(case)[:SHOWN_OF_HISTORY],
            "whole_record": self.whole_record(case) if staff_may(request.user, Verb.SEE_JOURNAL) else "",
        }
        return TemplateResponse(request, "admin/case.html", context | self.more(request, case))

    def case_or_404(self, request: HttpRequest, pk: str) -> Any:
        """A case to somebody who may see the register; 404 when there is none, 403 when they may not."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        case = self.get_object(request, pk)
        if case is None:
            raise Http404
        return case

    def _page(self, request: HttpRequest, title: str, **context: Any) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **context}

    def _due(self, case: Any) -> list[tuple[str, Any, Any, bool]]:
        """Label, day and reckoning of each due date that is set, and whether what was due is done."""
        state = getattr(case, self.state_field, None)
        return [
            (
                case._meta.get_field(due.day).verbose_name,
                getattr(case, due.day),
                getattr(case, due.period),
                state not in due.running,
            )
            for due in self.due
            if getattr(case, due.day)
        ]

    def facts_for(self, request: HttpRequest) -> tuple[str, ...]:
        """What a case page shows to this person; the same to everybody unless a register says so."""
        return self.facts

    def heading(self, case: Any) -> str:
        """A line above the title: whose case it is."""
        return str(getattr(case, "bank", self.opts.verbose_name))

    def links(self, request: HttpRequest, case: Any) -> list[tuple[str, str]]:
        """Words and addresses of what belongs to a case; none unless a register says so."""
        return []

    def register_links(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Words and addresses above the list; none unless a register says so."""
        return []

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """What the register's own sections need besides the case."""
        return {}

    def history(self, case: Any) -> QuerySet[Entry]:
        """The record of the case, newest first."""
        return history_of(case)

    def whole_record(self, case: Any) -> str:
        """The address of all that was done to the case."""
        subject = urlencode({"subject_type": case._meta.label_lower, "subject_id": case.pk})
        return f"{reverse('admin:journal_entry_changelist')}?{subject}"

    def sheet_view(self, request: HttpRequest, verb: str, pk: int | None = None) -> HttpResponse:
        """Show what a verb will cause and ask; do it on POST; say why not where it was asked."""
        if not isinstance(request.user, User):
            raise Http404
        offered = self.register_sheets if pk is None else self.sheets
        sheet = self._sheet_or_404(request.user, verb, offered, tried=request.method == "POST")
        case = None if pk is None else self.case_or_404(request, str(pk))
        reauthentication.demand(request, sheet.verb)
        back = (
            reverse(f"admin:{self.base}_changelist")
            if pk is None
            else reverse(f"admin:{self.base}_change", args=[pk])
        )
        if case is not None and not sheet.is_offered(case, self.state_field):
            return self._moved_on(request, sheet, case, back)
        form_class = sheet.form(case)
        if request.method == "POST":
            form = form_class(request.POST, request.FILES)
            if form.is_valid():
                try:
                    sheet.run(request.user, case, form.cleaned_data)
                except Refused as refusal:
                    refused.note(refusal)
                    show_refusal(form, refusal)
                else:
                    messages.success(
                        request, _("Done: %(verb)s. It is in the record.") % {"verb": sheet.label}
                    )
                    return HttpResponseRedirect(back)
        else:
            form = form_class(initial=request.GET.dict())
        context = self._page(request, str(sheet.label), original=case) | {
            "sheet": sheet,
            "case": case,
            "form": form,
            "back": back,
            "drafts": sheet.drafts(case),
            "notes": sheet.notes(case),
            "why_not": sheet.why_not(request.user, case),
        }
        return TemplateResponse(request, "admin/sheet.html", context)

    def _sheet_or_404(self, by: User, verb: str, offered: Iterable[Sheet], *, tried: bool) -> Sheet:
        """The sheet of a verb to who holds it; for others it does not exist, and that they sent it is in the record."""
        sheet = next((sheet for sheet in offered if sheet.verb.value == verb), None)
        if sheet is not None and staff_may(by, sheet.verb):
            return sheet
        if sheet is not None and tried:
            refused.note_attempt(refused.Attempt(sheet.verb.value, by, None), code="role")
        raise Http404

    def _moved_on(self, request: HttpRequest, sheet: Sheet, case: Any, back: str) -> HttpResponse:
        """Say to an old page that the case is no longer where this can be done, and give back what was typed."""
        typed = [text for name, text in request.POST.items() if name != "csrfmiddlewaretoken" and text]
        context = self._page(request, str(sheet.label), original=case) | {
            "sheet": sheet,
            "case": case,
            "back": back,
            "why_not": str(WrongState.moved_on()),
            "typed": typed,
        }
        return TemplateResponse(request, "admin/sheet.html", context)


def _look_through(asked: str) -> None:
    """A query that a person may have typed: visible, and not longer than a database compares."""
    if len(visible(asked)) > LONGEST_QUERY:
        raise BadText(_("What you look for is too long. Look for a shorter part of it."))


def addresses(links: Sequence[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Words with the address of a register's list, narrowed by a query: (words, `app_model`, query)."""
    return [(words, reverse(f"admin:{base}_changelist") + query) for words, base, query in links]
