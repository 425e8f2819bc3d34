"""Lists of hotlines at the desk: what each of their rows would become."""

from collections import Counter
from typing import Any, ClassVar

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from inspections.complaints.columns import TITLES
from inspections.complaints.import_sheet.cells import List
from inspections.complaints.import_sheet.judging import OUTCOMES, judged
from inspections.complaints.models import ComplaintImport
from zsbank.base.cases.turns import Text
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.columns import case_state_column

ROWS_PER_PAGE = 50


class ComplaintImportDesk(CaseDesk):
    """Lists of hotlines: what each row would become."""

    list_display = (
        "name",
        case_state_column("state", gettext_lazy("state")),
        "source",
        "read_by",
        "read_at",
        "taken_in",
        "left_out",
        "next_step",
    )
    list_filter = ("state", "source")
    list_select_related = ("read_by",)
    empty_text: ClassVar[Text] = gettext_lazy(
        "Lists appear here when an inspector uploads one. The file itself is never kept."
    )
    facts: ClassVar[tuple[str, ...]] = (
        "source",
        "read_at",
        "read_by",
        "columns_in_words",
        "taken_in",
        "left_out",
        "closed_at",
        "closed_by",
    )
    sections: ClassVar[str] = "admin/inspections/complaint_import.html"
    sections_on_action_pages: ClassVar[bool] = False

    def heading(self, case: Any) -> str:
        """Return the kind of case."""
        return str(self.opts.verbose_name)

    @admin.display(description=gettext_lazy("columns"))
    def columns_in_words(self, case: ComplaintImport) -> str:
        """Return which column is which, while the list waits."""
        content = List.from_json(case.sheet)
        titles = dict(enumerate(content.titles))
        known = [(place, name) for place, name in enumerate(case.columns) if name and content.rows]
        return "；".join(f"{titles.get(place) or place + 1} → {TITLES[name]}" for place, name in known)

    def more(self, request: HttpRequest, case: ComplaintImport) -> dict[str, Any]:
        """Add what each row would become, while the list waits."""
        if not case.is_open:
            return {}
        rows = judged(case)
        counted = Counter(row.outcome for row in rows)
        only = request.GET.get("rows", "")
        chosen = [row for row in rows if row.outcome == only] if only in OUTCOMES else rows
        return {
            "content": List.from_json(case.sheet),
            "counts": [(one, words, counted[one]) for one, words in OUTCOMES.items()],
            "total": len(rows),
            "only": only if only in OUTCOMES else "",
            "page": Paginator(chosen, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        }
