"""What every list and case page of the desk shares: read-only pages, and sheets for the verbs."""

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from zsbank.accounts.models import User
from zsbank.accounts.permissions import Verb
from zsbank.accounts.rules import staff_may
from zsbank.desk.sheets import Sheet
from zsbank.journal.queries import history_of
from zsbank.refusals import Refused


class DeskAdmin(ModelAdmin):  # type: ignore[misc]
    """A register that is looked at here and changed only by its sheets.

    `seen_with` is the verb that lets a person see it; Django's own permissions are not asked.
    """

    seen_with: ClassVar[Verb] = Verb.SEE_DESK
    sheets: ClassVar[tuple[Sheet, ...]] = ()
    state_field: ClassVar[str] = "state"
    change_form_outer_before_template = "admin/case_head.html"
    change_form_outer_after_template = "admin/case_history.html"
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
        """The sheets' addresses beside the usual ones."""
        view = self.admin_site.admin_view(self.sheet_view)
        own = path("<int:pk>/do/<slug:verb>/", view, name=f"{self._base()}_sheet")
        return [own, *super().get_urls()]

    def _base(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The case with what can be done with it, and what was done."""
        case = self.get_object(request, object_id)
        context = {"sheets": [], "history": []} | (extra_context or {})
        if case is not None:
            context["sheets"] = [
                (sheet, reverse(f"admin:{self._base()}_sheet", args=[case.pk, sheet.verb.value]))
                for sheet in self.sheets
                if staff_may(request.user, sheet.verb) and sheet.is_offered(case, self.state_field)
            ]
            context["history"] = history_of(case)[:50]
            context["links"] = self.links(case)
        answer: HttpResponse = super().change_view(request, object_id, form_url, context)
        return answer

    def links(self, case: Any) -> list[tuple[str, str]]:
        """Words and addresses of what belongs to a case; none unless a register says so."""
        return []

    def sheet_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Show what a verb will cause and ask; do it on POST; say why not where it was asked."""
        sheet = next((sheet for sheet in self.sheets if sheet.verb.value == verb), None)
        case = self.get_object(request, str(pk))
        if sheet is None or case is None or not isinstance(request.user, User):
            raise Http404
        if not (self.has_view_permission(request) and staff_may(request.user, sheet.verb)):
            raise Http404
        back = reverse(f"admin:{self._base()}_change", args=[pk])
        posted = request.method == "POST"
        form = sheet.form(case)(request.POST if posted else None, request.FILES if posted else None)
        if posted and form.is_valid():
            try:
                sheet.run(request.user, case, form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Done: %(verb)s. It is in the record.") % {"verb": sheet.label})
                return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "title": sheet.label,
            "sheet": sheet,
            "case": case,
            "form": form,
            "back": back,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/sheet.html", context)
