"""Applications and qualifications at the desk."""

from typing import Any, ClassVar

from django.contrib.admin import RelatedOnlyFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.applications.documents import evidence_files
from admission.applications.models import Application
from admission.applications.whole import Given, whole_of
from admission.decisions.models import Agreement
from admission.decisions.queries import agreement_files, agreements_of
from admission.review.deadline_calendar import time_limit_context
from admission.review.models import Extension
from admission.review.queries import review_list, visit_files
from admission.review.review_page import presence, review
from banks.register.forms import PageForm
from zsbank.base.calendar import clock
from zsbank.base.cases.turns import Text
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.case_files import FilesOfCases
from zsbank.base.pages.columns import case_state_column
from zsbank.base.pages.contacts import shown_to


class ApplicationDesk(FilesOfCases, CaseDesk):
    """Applications, with the review page and the calendar of the time limit."""

    list_display = (
        "case_number",
        case_state_column("state", gettext_lazy("state")),
        "bank",
        "case_officer",
        "submitted_at",
        "next_step",
        "next_due",
    )
    list_filter = ("state", ("case_officer", RelatedOnlyFieldListFilter))
    empty_text: ClassVar[Text] = gettext_lazy(
        "Applications appear here when a bank submits them in the portal; their drafts are the bank's own."
    )
    list_select_related = ("bank", "case_officer")
    facts: ClassVar[tuple[str, ...]] = (
        "edition",
        "case_officer",
        "started_at",
        "submitted_at",
        "accepted_on",
        "closed_on",
    )
    sections: ClassVar[str] = "admin/admission/application.html"
    sections_on_action_pages: ClassVar[bool] = False

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Application]":
        """Hide drafts, which only the bank may see."""
        rows: QuerySet[Application] = super().get_queryset(request)
        return rows.exclude(submitted_at=None)

    def get_urls(self) -> list[URLPattern]:
        """Add the review page and the calendar."""
        view = self.admin_site.admin_view(self.review_view)
        presence_view = self.admin_site.admin_view(self.presence_view)
        clock_view = self.admin_site.admin_view(self.clock_view)
        whole_view = self.admin_site.admin_view(self.whole_view)
        own = [
            path("<int:pk>/review/", view, name="admission_application_review_first"),
            path("<int:pk>/review/<int:number>/", view, name="admission_application_review"),
            path(
                "<int:pk>/review/<int:number>/presence/", presence_view, name="admission_application_presence"
            ),
            path("<int:pk>/whole/", whole_view, name="admission_application_whole"),
            path("<int:pk>/clock/", clock_view, name="admission_application_clock"),
        ]
        return [*own, *super().get_urls()]

    def review_view(self, request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
        """Show the review page at a criterion, by default the first without a finding."""
        application = self.case_or_404(request, str(pk))
        if number is None:
            tasks = review_list(application).tasks
            open_task = next((task for task in tasks if task.finding is None), tasks[0])
            return redirect("admin:admission_application_review", pk, open_task.criterion.number)
        return review(request, application, number)

    def presence_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Show which colleagues have the case open."""
        return presence(request, self.case_or_404(request, str(pk)), number)

    def clock_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the time limit of a case day by day."""
        application = self.case_or_404(request, str(pk))
        context = self.page_context(request, _("The time limit, day by day"), original=application)
        return TemplateResponse(
            request,
            "admin/admission/clock.html",
            context | time_limit_context(application) | {"case": application},
        )

    def whole_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the whole application, to read and print."""
        application = self.case_or_404(request, str(pk))

        def address(given: Given) -> str:
            return self.listed(application, given.file)[1]

        def contact(text: str) -> str:
            return shown_to(request.user, text)

        page = PageForm(request.GET).number
        whole = whole_of(application, address=address, contact=contact, page=page)
        context = self.page_context(request, _("The whole application"), original=application)
        context |= {"case": application, "application": application, "whole": whole, "tasks": whole.tasks}
        context |= {"read_at": clock.now()}
        return TemplateResponse(request, "admin/admission/whole.html", context)

    def files_of(self, case: Any) -> list[StoredFile]:
        """Return the files of the evidence."""
        return [*evidence_files(case), *agreement_files(case), *visit_files(case)]

    def links(self, request: HttpRequest, case: Any) -> list[tuple[str, str]]:
        """Link to the whole application, the time limit and the review page."""
        found = [
            (_("The whole application"), reverse("admin:admission_application_whole", args=[case.pk])),
            (_("The time limit, day by day"), reverse("admin:admission_application_clock", args=[case.pk])),
        ]
        if case.is_with_bureau:
            found.append(
                (_("Review page"), reverse("admin:admission_application_review_first", args=[case.pk]))
            )
        return found

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Add the criteria with findings, and the recommendations."""
        return {
            "tasks": review_list(case),
            "recommendations": case.recommendations.select_related("by"),
            "agreements": self._agreements(case),
            "visits": [
                (visit, [self.listed(case, file) for file in visit.files.all()])
                for visit in case.site_visits.select_related("led_by", "accompanied_by").prefetch_related(
                    "files", "criteria"
                )
            ],
            "opinions": case.opinions.filter(withdrawn_at=None).select_related("criterion", "given_by"),
            "notes": case.notes.select_related("by", "criterion"),
            "extension": Extension.objects.filter(application=case).select_related("by").first(),
        }

    def _agreements(self, case: Application) -> list[tuple[str, Agreement | None, str]]:
        """Return name, signed agreement if any, and file address of each agreement of an approval."""
        return [
            (str(kind.label), signed, self.listed(case, signed.file)[1] if signed else "")
            for kind, signed in agreements_of(case)
        ]


class QualificationDesk(CaseDesk):
    """Issuing qualifications."""

    empty_text: ClassVar[Text] = gettext_lazy(
        "Qualifications appear here when the last agreement of an approved application is recorded."
    )
    list_display = ("bank", "effective_from", "issuing_from", "cancelled_on")
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = (
        "effective_from",
        "issuing_from",
        "review_approval_number",
        "review_approval_date",
        "cancelled_on",
    )
