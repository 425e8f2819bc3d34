"""Takeovers at the desk: rows, scans, and what each bank will be."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks.outlets.template import xlsx_file
from exit.takeover.checks.plan import plan_of
from exit.takeover.models import Takeover
from exit.takeover.queries import letters_of
from exit.takeover.template import template
from zsbank.base.cases.turns import Text
from zsbank.base.files.formats import FileKind
from zsbank.base.files.kinds import CONTENT_TYPES
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.case_files import FilesOfCases
from zsbank.base.pages.columns import case_state_column

ON_A_PAGE = 50


class TakeoverDesk(FilesOfCases, CaseDesk):
    """Takeovers, with the template of the workbook."""

    list_display = (
        "case_number",
        case_state_column("state", gettext_lazy("state")),
        "source",
        "entered_by",
        "entered_at",
        "closed_by",
        "next_step",
    )
    list_filter = ("state",)
    list_select_related = ("entered_by", "closed_by")
    empty_text: ClassVar[Text] = gettext_lazy(
        "Takeovers appear here when an intake officer enters what is older than this register."
    )
    facts: ClassVar[tuple[str, ...]] = (
        "source",
        "sha256",
        "entered_at",
        "entered_by",
        "closed_at",
        "closed_by",
        "closed_reason",
    )
    sections: ClassVar[str] = "admin/exit/takeover.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the template."""
        view = self.admin_site.admin_view(self.template_view)
        outlets = self.admin_site.admin_view(self.outlets_view)
        return [
            path("template.xlsx", view, name=f"{self.base}_template"),
            path("outlets.xlsx", outlets, name=f"{self.base}_outlets"),
            *super().get_urls(),
        ]

    def list_links(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Link to the templates of the workbook, and of the outlets of one bank."""
        return [
            (_("Template of the workbook"), reverse(f"admin:{self.base}_template")),
            (_("Template of outlets"), reverse(f"admin:{self.base}_outlets")),
        ]

    def template_view(self, request: HttpRequest) -> HttpResponse:
        """Send the empty workbook."""
        return self._sent(request, template, "接续录入模板.xlsx")

    def outlets_view(self, request: HttpRequest) -> HttpResponse:
        """Send the empty list of outlets, for the form of one bank."""
        return self._sent(request, xlsx_file, "网点模板.xlsx")

    def _sent(self, request: HttpRequest, made: Callable[[], bytes], name: str) -> HttpResponse:
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        answer = HttpResponse(made(), content_type=CONTENT_TYPES[FileKind.XLSX])
        answer.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
        return answer

    def heading(self, case: Any) -> str:
        """Return the kind of case."""
        return str(self.opts.verbose_name)

    def files_of(self, case: Any) -> list[StoredFile]:
        """Return the scans, earlier ones included."""
        return [scan.file for scan in case.scans.select_related("file")]

    def more(self, request: HttpRequest, case: Takeover) -> dict[str, Any]:
        """Add the letters with their scans; while it waits, what each bank will be and what is due already."""
        plan = plan_of(case.typed) if case.is_open else None
        letters = letters_of(case)
        page = Paginator(letters, ON_A_PAGE).get_page(request.GET.get("letters"))
        rows = case.typed
        return {
            "plan": plan,
            "plans": Paginator(plan.banks if plan else rows.banks, ON_A_PAGE).get_page(
                request.GET.get("banks")
            ),
            "letters": [(one, self.listed(case, one.scan)[1] if one.scan else "") for one in page],
            "letters_page": page,
            "lacking": sum(one.lacks_scan for one in letters),
            "people": rows.people[:ON_A_PAGE],
        }
