"""Inspections at the desk: list and case page; the checklist and the yearly plan have pages of their own."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.visits.checklist_page import ChecklistPages
from inspections.visits.models import InspectionVisit
from inspections.visits.plan_pages import PlanPages
from inspections.visits.queries import evidence_of, files_of_answers, places_of
from zsbank.base.cases.turns import Text
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.case_files import FilesOfCases
from zsbank.base.pages.columns import case_state_column


class InspectionVisitDesk(ChecklistPages, PlanPages, FilesOfCases, CaseDesk):
    """Inspections with their checklists, signatures and answers."""

    list_display = (
        "case_number",
        case_state_column("state", gettext_lazy("state")),
        "bank",
        "visit_day",
        "led_by",
        "planned",
        "announced",
        "next_step",
        "next_due",
    )
    list_filter = ("state", "planned", "announced", "outcome")
    empty_text: ClassVar[Text] = gettext_lazy("Inspections appear here when an inspector plans them.")
    list_select_related = ("bank", "led_by")
    facts: ClassVar[tuple[str, ...]] = (
        "visit_day",
        "purpose",
        "planned",
        "announced",
        "led_by",
        "accompanied_by",
        "further_officers",
        "planned_by",
        "planned_at",
        "signed_at",
        "absence",
        "led_confirmed_at",
        "led_confirmed_by",
        "accompanied_confirmed_at",
        "accompanied_confirmed_by",
        "letter",
        "reported_by",
        "outcome",
        "outcome_reason",
        "decided_by",
        "decided_at",
        "remark",
        "corrected_by",
        "overdue_recorded_on",
        "closed_on",
        "cancellation",
    )
    sections: ClassVar[str] = "admin/inspections/visit.html"

    @admin.display(description=gettext_lazy("further officers"))
    def further_officers(self, case: InspectionVisit) -> str:
        """Return the officers besides the two who confirm; empty without any."""
        return "、".join(str(one) for one in case.others.all())

    def files_of(self, case: InspectionVisit) -> list[StoredFile]:
        """Return photographs, the signed record, and what the bank handed in."""
        return [*evidence_of(case).order_by("pk"), *files_of_answers(case).order_by("pk")]

    def more(self, request: HttpRequest, case: InspectionVisit) -> dict[str, Any]:
        """Add the outlets with their findings, who was present, and the bank's answers."""
        answers = case.answers.select_related("submitted_by").prefetch_related("files")
        return {
            "places": [self._place(case, place) for place in places_of(case)],
            "recordable": case.is_open_in_field,
            "record": [self.listed(case, case.record)] if case.record else [],
            "present": case.present.all(),
            "answers": [(one, [self.listed(case, file) for file in one.files.all()]) for one in answers],
        }

    def _place(self, case: InspectionVisit, place: Any) -> dict[str, Any]:
        """Return an outlet with its findings and their files, and the number of criteria in order."""
        items = list(place.items.all())
        return {
            "place": place,
            "address": reverse(f"admin:{self.base}_checklist", args=[case.pk, place.pk]),
            "in_order": sum(item.result == "in_order" for item in items),
            "findings": [
                (item, [self.listed(case, file) for file in item.files.all()])
                for item in items
                if item.is_finding
            ],
        }

    def get_urls(self) -> list[URLPattern]:
        """Add the checklist of an outlet, and the yearly plan."""
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/outlets/<int:place>/", view(self.checklist_view), name=f"{self.base}_checklist"),
            path("plan/", view(self.plan_view), name=f"{self.base}_plan"),
            path("plan/<int:year>/", view(self.plan_view), name=f"{self.base}_plan_of_year"),
            path("plan/<int:year>/<int:bank>/", view(self.bank_plan_view), name=f"{self.base}_plan_of_bank"),
        ]
        return [*own, *super().get_urls()]

    def list_links(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Link to the yearly plan."""
        return [(_("Yearly plan"), reverse(f"admin:{self.base}_plan"))]
