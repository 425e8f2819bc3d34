"""Policy editions and criteria at the desk: draft, compare, publish."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.editions.actions import drop_criterion
from admission.editions.forms import CompareForm
from admission.editions.models import Criterion, PolicyEdition
from admission.editions.queries import PERIODS, criteria_between, fact_in_words, periods_between
from zsbank.base.accounts.rules import staff_may
from zsbank.base.cases.urls import action_page
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.columns import case_state_column


class PolicyEditionDesk(CaseDesk):
    """Policy editions."""

    list_display = (
        "name",
        case_state_column("published_at", gettext_lazy("state")),
        "valid_from",
        "published_at",
    )
    facts: ClassVar[tuple[str, ...]] = ("valid_from", "drafted_by", "published_at", *PERIODS)
    sections: ClassVar[str] = "admin/admission/edition.html"
    sections_on_action_pages: ClassVar[bool] = False

    def get_urls(self) -> list[URLPattern]:
        """Add the comparison."""
        view = self.admin_site.admin_view(self.compare_view)
        return [path("<int:pk>/compare/", view, name="admission_policyedition_compare"), *super().get_urls()]

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Compare an edition with another: periods and criteria that differ."""
        edition = self.case_or_404(request, str(pk))
        form = CompareForm(request.GET)
        other = form.cleaned_data["other"] if form.is_valid() else None
        other = other or PolicyEdition.objects.exclude(pk=pk).order_by("-valid_from", "-pk").first()
        context = self.page_context(request, _("Comparison of two editions"), original=edition) | {
            "edition": edition,
            "other": other,
            "others": PolicyEdition.objects.exclude(pk=pk),
            "periods": periods_between(other, edition) if other else [],
            "criteria": criteria_between(other, edition) if other else [],
        }
        return TemplateResponse(request, "admin/admission/compare.html", context)

    def links(self, request: HttpRequest, case: Any) -> list[tuple[str, str]]:
        """Link to the comparison with another edition."""
        return [
            (
                _("Compare with another edition"),
                reverse("admin:admission_policyedition_compare", args=[case.pk]),
            )
        ]

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Add the criteria."""
        return {"criteria": case.criteria.all()}


class CriterionDesk(CaseDesk):
    """Criteria."""

    list_display = ("number", "title_zh", "group", "edition")
    list_filter = ("edition", "group")
    list_select_related = ("edition",)
    facts: ClassVar[tuple[str, ...]] = (
        "edition",
        "slug",
        "group",
        "official_text",
        "guidance_zh",
        "needed_for",
        "facts_in_words",
        "evidence_needed",
        "evidence_zh",
        "undertaking_needed",
        "undertaking_zh",
        "checks_in_words",
        "consulted",
        "provides",
    )

    @admin.display(description=gettext_lazy("facts"))
    def facts_in_words(self, criterion: Criterion) -> str:
        """Return the facts, one per line."""
        return "\n".join(map(fact_in_words, criterion.fact_fields))

    @admin.display(description=gettext_lazy("checks"))
    def checks_in_words(self, criterion: Criterion) -> str:
        """Return the checks with the facts they read, one per line."""
        return "\n".join(
            f"{check.name.label} {'、'.join(check.facts)}".strip() for check in criterion.check_specs
        )

    def links(self, request: HttpRequest, case: Any) -> list[tuple[str, str]]:
        """Link to removing the criterion, in a draft."""
        if not (case.edition.is_draft and staff_may(request.user, drop_criterion.verb)):
            return []
        page = action_page(case.edition, drop_criterion)
        return [(_("Remove the criterion"), f"{page}?criterion={case.pk}")]
