"""Assessment schemes at the desk."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from inspections.schemes.bands import in_words, shown
from inspections.schemes.models import AssessmentScheme
from zsbank.base.cases.turns import Text
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.columns import case_state_column


class SchemeDesk(CaseDesk):
    """Schemes with their grades."""

    list_display = (
        "year",
        case_state_column("published_at", gettext_lazy("state")),
        "grades",
        "drafted_by",
        "published_by",
        "next_step",
    )
    list_filter = ("year",)
    list_select_related = ("drafted_by", "published_by")
    empty_text: ClassVar[Text] = gettext_lazy("Schemes appear here when an assessor drafts one.")
    facts: ClassVar[tuple[str, ...]] = (
        "year",
        "drafted_by",
        "published_by",
        "published_at",
        "replaced_at",
        "withdrawn_at",
    )
    sections: ClassVar[str] = "admin/inspections/scheme.html"

    @admin.display(description=gettext_lazy("Grades"))
    def grades(self, scheme: AssessmentScheme) -> str:
        """Return the grades on one line."""
        return in_words(scheme.bands)

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Add the grades with their bounds."""
        return {"bands": shown(case.bands)}
