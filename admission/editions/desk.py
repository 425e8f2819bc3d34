"""Policy editions at the desk: drafted, compared, published; and their criteria."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.editions.actions import amend_criterion, amend_edition, draft_edition, publish_draft
from admission.editions.forms import CompareForm, DraftEditionForm, PublishForm, criterion_form, periods_form
from admission.editions.models import Criterion, PolicyEdition
from admission.editions.queries import PERIODS, criteria_between, periods_between
from admission.editions.rules import may_amend, may_publish
from zsbank.base.pages.columns import state_column
from zsbank.base.pages.desk_admin import DeskAdmin
from zsbank.base.pages.sheets import Sheet
from zsbank.base.permissions import Verb


@admin.register(PolicyEdition)
class PolicyEditionAdmin(DeskAdmin):
    """The policy editions."""

    list_display = (
        "name",
        state_column("state", gettext_lazy("state"), stored=False),
        "valid_from",
        "published_at",
    )
    facts: ClassVar[tuple[str, ...]] = ("valid_from", "drafted_by", "published_at", *PERIODS)
    sections: ClassVar[str] = "admin/admission/edition.html"
    register_sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.DRAFT_EDITION,
            gettext_lazy("Draft an edition"),
            (
                gettext_lazy("A draft begins as a copy: periods and criteria. Nothing is in force by it."),
                gettext_lazy("Another person publishes it; from then on nothing in it changes."),
            ),
            lambda by, case, given: draft_edition(**given, by=by),
            form=lambda case: DraftEditionForm,
        ),
    )
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.AMEND_EDITION,
            gettext_lazy("Change the periods"),
            (gettext_lazy("The draft says so; the criteria are changed each on its own page."),),
            lambda by, case, given: amend_edition(edition=case, by=by, periods=given),
            frozenset({"draft"}),
            periods_form,
            why_not=lambda by, case: may_amend(case).why_not,
        ),
        Sheet(
            Verb.PUBLISH_EDITION,
            gettext_lazy("Publish"),
            (
                gettext_lazy(
                    "Applications started from that day on follow this edition; older ones keep theirs."
                ),
                gettext_lazy("Nothing in it can be changed afterwards."),
            ),
            lambda by, case, given: publish_draft(edition=case, by=by, **given),
            frozenset({"draft"}),
            lambda case: PublishForm,
            grave=True,
            why_not=lambda by, case: may_publish(by, case).why_not,
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        """The comparison beside the usual addresses."""
        view = self.admin_site.admin_view(self.compare_view)
        return [path("<int:pk>/compare/", view, name="admission_policyedition_compare"), *super().get_urls()]

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An edition beside another: the periods and the words that differ."""
        edition = self.case_or_404(request, str(pk))
        form = CompareForm(request.GET)
        other = form.cleaned_data["other"] if form.is_valid() else None
        other = other or PolicyEdition.objects.exclude(pk=pk).order_by("-valid_from", "-pk").first()
        context = self._page(request, _("Two editions compared"), original=edition) | {
            "edition": edition,
            "other": other,
            "others": PolicyEdition.objects.exclude(pk=pk),
            "periods": periods_between(other, edition) if other else [],
            "criteria": criteria_between(other, edition) if other else [],
        }
        return TemplateResponse(request, "admin/admission/compare.html", context)

    def links(self, request: HttpRequest, case: Any) -> list[tuple[str, str]]:
        """The comparison with another edition."""
        return [
            (
                _("Compare with another edition"),
                reverse("admin:admission_policyedition_compare", args=[case.pk]),
            )
        ]

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Its criteria."""
        return {"criteria": case.criteria.all()}


@admin.register(Criterion)
class CriterionAdmin(DeskAdmin):
    """The criteria."""

    list_display = ("number", "title_zh", "group", "edition")
    list_filter = ("edition", "group")
    list_select_related = ("edition",)
    facts: ClassVar[tuple[str, ...]] = ("edition", "group", "official_text", "guidance_zh", "required_before")
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.AMEND_EDITION,
            gettext_lazy("Change the texts"),
            (gettext_lazy("The draft says so. A published edition is never changed."),),
            lambda by, case, given: amend_criterion(criterion=case, by=by, texts=given),
            form=criterion_form,
            why_not=lambda by, case: may_amend(case.edition).why_not,
        ),
    )
