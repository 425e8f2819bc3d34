"""Rectification orders at the desk."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from inspections.determinations.desk import linked_criteria
from zsbank.base.cases.turns import Text
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.case_files import FilesOfCases
from zsbank.base.pages.columns import case_state_column


class RectificationOrderDesk(FilesOfCases, CaseDesk):
    """Rectification orders with their reports."""

    list_display = (
        "letter",
        "bank",
        case_state_column("state", gettext_lazy("state")),
        "ground",
        "start_date",
        "next_step",
        "next_due",
    )
    list_display_links = ("letter", "bank")
    list_filter = ("state", "ground")
    empty_text: ClassVar[Text] = gettext_lazy(
        "Orders appear here when a determination is made, or after a second failing year in a row."
    )
    list_select_related = ("bank", "letter")
    facts: ClassVar[tuple[str, ...]] = (
        "letter",
        "ground",
        "first_year",
        "assessed_year",
        "start_date",
        "provisional",
        "closed_on",
    )
    sections: ClassVar[str] = "admin/inspections/order.html"

    def files_of(self, case: Any) -> list[StoredFile]:
        """Return the files of the reports and of their verifications."""
        reports = case.reports.prefetch_related("files", "verifications__files")
        return [
            file
            for report in reports
            for one in (report, *report.verifications.all())
            for file in one.files.all()
        ]

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Add the criteria that are to be met again, and the reports and their verifications, each with its files."""
        verified = ("verifications__files", "verifications__verified_by", "verifications__accompanied_by")
        reports = case.reports.select_related("submitted_by", "checked_by")
        shown = [
            (
                self._with_files(case, report),
                [self._with_files(case, one) for one in report.verifications.all()],
            )
            for report in reports.prefetch_related("files", *verified, "verifications__confirmed_by")
        ]
        criteria = linked_criteria(case.determination) if case.determination else ()
        return {"reports": shown, "criteria": criteria}

    def _with_files(self, case: Any, row: Any) -> tuple[Any, list[Any]]:
        return row, [self.listed(case, file) for file in row.files.all()]
