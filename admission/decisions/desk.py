"""Admission at the desk: applications with the review desk, recommendation and decision; qualifications; editions."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.applications.models import Application
from admission.applications.queries import evidence_files
from admission.applications.states import TO_ACCEPT, TO_DECIDE, WITH_BUREAU
from admission.decisions.actions import agreements
from admission.decisions.forms import IssuingForm
from admission.decisions.models import Agreement
from admission.decisions.queries import agreement_files, agreements_of
from admission.decisions.sheets import SHEETS
from admission.review.deadline_calendar import clock_of
from admission.review.models import Extension
from admission.review.queries import review_list, visit_files
from admission.review.review_page import looking, review
from admission.review.sheets import REGISTER_SHEETS
from banks.register.models import Qualification
from banks.register.rules import may_allow_issuing
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.case_files import FilesOfCases
from zsbank.base.pages.columns import due_column, state_column
from zsbank.base.pages.desk_admin import DeskAdmin, Due
from zsbank.base.pages.sheets import Sheet
from zsbank.base.permissions import Verb


@admin.register(Application)
class ApplicationAdmin(FilesOfCases, DeskAdmin):
    """The applications and the verbs on them."""

    list_display = (
        "case_number",
        "bank",
        state_column("state", gettext_lazy("state")),
        "case_officer",
        "submitted_at",
        due_column("accept_by", gettext_lazy("accept by"), TO_ACCEPT),
        due_column("decide_by", gettext_lazy("decide by"), TO_DECIDE),
    )
    list_filter = ("state", ("case_officer", RelatedOnlyFieldListFilter))
    search_fields = ("case_number", "bank__name", "bank__uscc")
    list_select_related = ("bank", "case_officer")
    facts: ClassVar[tuple[str, ...]] = (
        "edition",
        "case_officer",
        "started_at",
        "submitted_at",
        "accepted_on",
        "closed_on",
    )
    due: ClassVar[tuple[Due, ...]] = (
        Due("accept_by", "accept_period", TO_ACCEPT),
        Due("decide_by", "decide_period", TO_DECIDE),
    )
    sections: ClassVar[str] = "admin/admission/application.html"
    sheets: ClassVar[tuple[Sheet, ...]] = SHEETS
    register_sheets: ClassVar[tuple[Sheet, ...]] = REGISTER_SHEETS

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Application]":
        """A draft is the bank's own until it is handed in."""
        rows: QuerySet[Application] = super().get_queryset(request)
        return rows.exclude(submitted_at=None)

    def get_urls(self) -> list[URLPattern]:
        """The review desk beside the usual addresses."""
        view = self.admin_site.admin_view(self.review_view)
        looking_view = self.admin_site.admin_view(self.looking_view)
        clock_view = self.admin_site.admin_view(self.clock_view)
        own = [
            path("<int:pk>/review/", view, name="admission_application_review_first"),
            path("<int:pk>/review/<int:number>/", view, name="admission_application_review"),
            path("<int:pk>/review/<int:number>/looking/", looking_view, name="admission_application_looking"),
            path("<int:pk>/clock/", clock_view, name="admission_application_clock"),
        ]
        return [*own, *super().get_urls()]

    def review_view(self, request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
        """The review desk at one criterion; without a number at the first without a finding."""
        application = self.case_or_404(request, str(pk))
        if number is None:
            tasks = review_list(application).tasks
            open_task = next((task for task in tasks if task.finding is None), tasks[0])
            return redirect("admin:admission_application_review", pk, open_task.criterion.number)
        return review(request, application, number)

    def looking_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Who else has the case open on the review desk."""
        return looking(request, self.case_or_404(request, str(pk)), number)

    def clock_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The clock of a case, day by day."""
        application = self.case_or_404(request, str(pk))
        context = self._page(request, _("The clock, day by day"), original=application)
        return TemplateResponse(
            request, "admin/admission/clock.html", context | clock_of(application) | {"case": application}
        )

    def files_of(self, case: Any) -> list[StoredFile]:
        """The evidence."""
        return [*evidence_files(case), *agreement_files(case), *visit_files(case)]

    def links(self, request: HttpRequest, case: Any) -> list[tuple[str, str]]:
        """The review desk; after the decision, its letter."""
        found = [(_("The clock, day by day"), reverse("admin:admission_application_clock", args=[case.pk]))]
        if case.state in WITH_BUREAU:
            found.append(
                (_("Review desk"), reverse("admin:admission_application_review_first", args=[case.pk]))
            )
        decision = getattr(case, "decision", None)
        if decision:
            found.append((_("The letter"), reverse("admin:letters_letter_change", args=[decision.letter_id])))
        return found

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """The criteria with what was found, and the recommendations."""
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
            "opinions": case.opinions.filter(taken_back_at=None).select_related("criterion", "given_by"),
            "notes": case.notes.select_related("by", "criterion"),
            "extension": Extension.objects.filter(application=case).select_related("by").first(),
        }

    def _agreements(self, case: Application) -> list[tuple[str, Agreement | None, str]]:
        """Each agreement of an approval: its name, the signed one if it is there, and its file's address."""
        return [
            (str(kind.label), signed, self.listed(case, signed.file)[1] if signed else "")
            for kind, signed in agreements_of(case)
        ]


@admin.register(Qualification)
class QualificationAdmin(DeskAdmin):
    """The issuing qualifications."""

    list_display = ("bank", "effective_from", "issuing_from", "cancelled_on")
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = (
        "effective_from",
        "issuing_from",
        "review_approval_number",
        "review_approval_date",
        "cancelled_on",
    )
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.ALLOW_ISSUING,
            gettext_lazy("Allow issuing"),
            (
                gettext_lazy("The central bank's technical review is in (criterion 8)."),
                gettext_lazy("The bank may issue cards from today."),
            ),
            lambda by, case, given: agreements.allow_issuing(
                qualification=case, by=by, document_name=given["document"].name, **given
            ),
            form=lambda case: IssuingForm,
            why_not=lambda by, case: may_allow_issuing(case).why_not,
        ),
    )
