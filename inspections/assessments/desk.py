"""Annual assessments at the desk."""

import json
from typing import ClassVar

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from banks.register.models import Qualification
from inspections.assessments.actions.results import record_assessments
from inspections.assessments.forms import ResultsForm
from inspections.assessments.queries import qualifications_of, qualifications_to_assess, years_with_scheme
from inspections.assessments.rules import without_scheme
from inspections.schemes.models import AssessmentScheme
from zsbank.base.accounts import reauthentication
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.actions.refused import record_refusal
from zsbank.base.calendar import clock
from zsbank.base.cases.turns import Text
from zsbank.base.cases.urls import list_page
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.columns import case_state_column
from zsbank.base.pages.keys import keys_in
from zsbank.base.refusals import Refused

BANKS_PER_PAGE = 50


class AssessmentDesk(CaseDesk):
    """Annual assessments."""

    list_display = (
        "bank",
        "year",
        case_state_column("state", gettext_lazy("state")),
        "score",
        "grade",
        "final_on",
        "next_step",
    )
    empty_text: ClassVar[Text] = gettext_lazy("Results appear here when an assessor records them.")
    list_filter = ("year", "grade", "state")
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = (
        "year",
        "score",
        "grade",
        "reason",
        "recorded_by",
        "finalised_by",
        "final_on",
    )

    def get_urls(self) -> list[URLPattern]:
        """Add the page on which the results of a year are recorded."""
        view = self.admin_site.admin_view(self.results_view)
        own = [
            path("results/", view, name=f"{self.base}_results"),
            path("results/<int:year>/", view, name=f"{self.base}_results_of_year"),
        ]
        return [*own, *super().get_urls()]

    def list_links(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Link to the results of a year."""
        if not staff_may(request.user, record_assessments.verb):
            return []
        return [(_("Record the results of a year"), reverse(f"admin:{self.base}_results"))]

    def results_view(self, request: HttpRequest, year: int | None = None) -> HttpResponse:
        """Show the banks without a result in a year; on POST record what was entered, all of it or nothing.

        Raises:
            Http404: the person does not hold the verb, or the year is not over.
        """
        by = _assessor_or_404(request)
        reauthentication.require(request, record_assessments.verb)
        years = years_with_scheme()
        if year is None and years:
            return HttpResponseRedirect(reverse(f"admin:{self.base}_results_of_year", args=[years[0]]))
        if year is not None and year >= clock.today().year:
            raise Http404
        context = self.page_context(request, _("Record the results of a year")) | {
            "year": year,
            "years": [(one, reverse(f"admin:{self.base}_results_of_year", args=[one])) for one in years],
            "back": list_page(self.model),
            "schemes": list_page(AssessmentScheme),
            "missing": without_scheme(year) if year is not None and year not in years else "",
        }
        if year is not None and year in years:
            scheme = AssessmentScheme.objects.in_force().get(year=year)
            page = _banks_of(request, year)
            form = ResultsForm(page, scheme, request.POST if request.method == "POST" else None)
            if request.method == "POST" and (made := _record(form, year, by)):
                words = ngettext("%(n)s result was recorded.", "%(n)s results were recorded.", made)
                messages.success(request, words % {"n": made})
                return HttpResponseRedirect(self._after(request, year))
            context |= {"form": form, "page": page, "bands": json.dumps(scheme.bands)}
        return TemplateResponse(request, "admin/inspections/results.html", context)

    def _after(self, request: HttpRequest, year: int) -> str:
        """Return the page of the banks that are left; the list of the year's results if there are none."""
        left = qualifications_to_assess(year).exists()
        return request.path if left else list_page(self.model, f"?year={year}")


def _assessor_or_404(request: HttpRequest) -> User:
    by: User = request.user  # type: ignore[assignment]
    if staff_may(by, record_assessments.verb):
        return by
    if request.method == "POST":
        record_refusal(verb=record_assessments.verb, by=by, subject=None, code="role")
    raise Http404


def _banks_of(request: HttpRequest, year: int) -> Page[Qualification]:
    """Return the rows of the page: those that were submitted, or those without a result."""
    if request.method == "POST":
        submitted = keys_in(request.POST.getlist("bank"))[:BANKS_PER_PAGE]
        return Paginator(qualifications_of(submitted), BANKS_PER_PAGE).get_page(1)
    return Paginator(qualifications_to_assess(year), BANKS_PER_PAGE).get_page(request.GET.get("page"))


def _record(form: ResultsForm, year: int, by: User) -> int:
    """Record the results of a valid form; return their number, or 0 with the reasons in the form."""
    if not form.is_valid():
        return 0
    try:
        return len(record_assessments(banks=form.banks(), year=year, entered=form.entered(), by=by))
    except Refused as refusal:
        form.show(refusal)
        return 0
