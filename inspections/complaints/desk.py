"""Complaints at the desk: list, page, and the figures of a year."""

import datetime as dt
from typing import Any, ClassVar

from dateutil.relativedelta import relativedelta
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.complaints.models import Complaint, ComplaintImport
from inspections.complaints.queries import (
    BY_WORDS,
    By,
    chosen,
    figures_of_year,
    is_late,
    name_of_group,
    names_of_kinds,
    sums_of_year,
    years,
)
from inspections.complaints.terms import OTHER_KIND
from zsbank.base.calendar import clock
from zsbank.base.cases.turns import Text
from zsbank.base.cases.urls import list_page
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.case_files import FilesOfCases
from zsbank.base.pages.columns import case_state_column

GROUPS_PER_PAGE = 50
YES, NO = "yes", "no"
NO_OUTLET = "-"


class LateFilter(admin.SimpleListFilter):
    """Filter by whether an answer was late, or is overdue."""

    title = gettext_lazy("late")
    parameter_name = "late"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return both answers."""
        return [(YES, _("Late")), (NO, _("In time"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Complaint]) -> QuerySet[Complaint]:
        """Return the complaints of the chosen answer."""
        if self.value() is None:
            return queryset
        return queryset.filter(is_late()) if self.value() == YES else queryset.exclude(is_late())


class KindFilter(admin.SimpleListFilter):
    """Filter by kind of complaint, whatever the edition."""

    title = gettext_lazy("kind of complaint")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the kinds that complaints have."""
        found = set(Complaint.objects.values_list("criterion__slug", flat=True).distinct())
        names = names_of_kinds()
        kinds = [(slug, name) for slug, name in names.items() if slug in found]
        return [*kinds, (OTHER_KIND, _("Another matter"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Complaint]) -> QuerySet[Complaint]:
        """Return the complaints of a kind."""
        if self.value() is None:
            return queryset
        if self.value() == OTHER_KIND:
            return queryset.filter(criterion=None)
        return queryset.filter(criterion__slug=self.value())


class OutletFilter(admin.SimpleListFilter):
    """Filter by the name of an outlet, from the figures: a choice of all outlets would be too long."""

    title = gettext_lazy("outlet")
    parameter_name = "outlet"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the chosen outlet."""
        chosen = request.GET.get(self.parameter_name, "")
        return [(chosen, _("the bank as a whole") if chosen == NO_OUTLET else chosen)] if chosen else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Complaint]) -> QuerySet[Complaint]:
        """Return the complaints about an outlet."""
        if self.value() is None:
            return queryset
        return queryset.filter(outlet_name="" if self.value() == NO_OUTLET else self.value())


class ComplaintDesk(FilesOfCases, CaseDesk):
    """Complaints with the answers of the banks."""

    list_display = (
        "case_number",
        case_state_column("state", gettext_lazy("state")),
        "received_on",
        "bank",
        "outlet_in_short",
        "kind_in_words",
        "reference",
        "founded_tag",
        "next_step",
        "next_due",
    )
    list_filter = ("state", "source", KindFilter, OutletFilter, "founded", LateFilter, "received_on")
    empty_text: ClassVar[Text] = gettext_lazy(
        "Complaints appear here when an inspector enters one or takes in the list of a hotline."
    )
    list_select_related = ("bank", "criterion")
    facts: ClassVar[tuple[str, ...]] = (
        "source",
        "reference",
        "received_on",
        "outlet_name",
        "kind_in_words",
        "facts",
        "demand",
        "forwarded_on",
        "founded",
        "result",
        "closed_on",
        "entered_by",
        "entered_at",
        "overdue_recorded_on",
        "withdrawn_by",
        "withdrawal",
    )
    sections: ClassVar[str] = "admin/inspections/complaint.html"

    @admin.display(description=gettext_lazy("kind of complaint"), ordering="criterion__number")
    def kind_in_words(self, case: Complaint) -> str:
        """Return the kind."""
        return case.kind

    @admin.display(description=gettext_lazy("outlet"), ordering="outlet_name")
    def outlet_in_short(self, case: Complaint) -> str:
        """Return the outlet without the name of its bank, which stands beside it."""
        return case.outlet_name.removeprefix(str(case.bank)) or "—"

    @admin.display(description=gettext_lazy("result"), ordering="founded")
    def founded_tag(self, case: Complaint) -> str:
        """Return the result, and how late the answer is; a dash without either."""
        shown = render_to_string("inspections/complaint_chips.html", {"complaint": case})
        return shown if shown.strip() else "—"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Complaint]:
        """Return the complaints with their answers, which say how late they are."""
        rows: QuerySet[Complaint] = super().get_queryset(request).prefetch_related("replies")
        return rows

    def files_of(self, case: Complaint) -> list[StoredFile]:
        """Return the evidence of all answers."""
        return list(StoredFile.objects.filter(complaint_replies__complaint=case).distinct().order_by("pk"))

    def more(self, request: HttpRequest, case: Complaint) -> dict[str, Any]:
        """Add each answer with its evidence."""
        replies = case.replies.select_related("answered_by", "checked_by").prefetch_related("files")
        return {
            "replies": [(reply, [self.listed(case, one) for one in reply.files.all()]) for reply in replies]
        }

    def get_urls(self) -> list[URLPattern]:
        """Add the figures of a year."""
        view = self.admin_site.admin_view(self.figures_view)
        own = [
            path("figures/", view, name=f"{self.base}_figures"),
            path("figures/<int:year>/", view, name=f"{self.base}_figures_of_year"),
        ]
        return [*own, *super().get_urls()]

    def list_links(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Link to the figures, and to the lists of hotlines."""
        return [
            (_("Figures of a year"), reverse(f"admin:{self.base}_figures")),
            (_("Lists of hotlines"), list_page(ComplaintImport)),
        ]

    def figures_view(self, request: HttpRequest, year: int | None = None) -> HttpResponse:
        """Show the complaints received in a year by bank, outlet, kind or month; without a year, the latest.

        Raises:
            PermissionDenied: the person may not see the list.
            Http404: the year lies ahead.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        today = clock.today()
        if year is not None and not 1 <= year <= today.year:
            raise Http404
        known = years()
        shown = year if year is not None else next(iter(known), today.year)
        by = chosen(request.GET.get("by", ""), By.BANK)
        page = Paginator(figures_of_year(shown, by), GROUPS_PER_PAGE).get_page(request.GET.get("page"))
        kinds = names_of_kinds() if by is By.KIND else {}
        address = reverse(f"admin:{self.base}_figures_of_year", args=[shown])
        context = self.page_context(request, _("Complaints of a year")) | {
            "year": shown,
            "years": [
                (one, reverse(f"admin:{self.base}_figures_of_year", args=[one]) + f"?by={by}")
                for one in known
            ],
            "by": by,
            "by_words": BY_WORDS[by],
            "choices": [(one, words, f"{address}?by={one}") for one, words in BY_WORDS.items()],
            "page": page,
            "rows": [(row, name_of_group(row, by, kinds), self._listed(row, by, shown)) for row in page],
            "sums": sums_of_year(shown) if page.paginator.count else None,
        }
        return TemplateResponse(request, "admin/inspections/complaint_figures.html", context)

    def _listed(self, row: dict[str, Any], by: By, year: int) -> str:
        """Return the URL of the list of a group."""
        month = row.get("month")
        first = dt.date(year, month or 1, 1)
        after = first + (relativedelta(months=1) if month else relativedelta(years=1))
        asked = {"received_on__gte": first.isoformat(), "received_on__lt": after.isoformat()}
        if by in (By.BANK, By.OUTLET):
            asked["bank__id__exact"] = str(row["bank"])
        if by is By.OUTLET:
            asked[OutletFilter.parameter_name] = row["outlet_name"] or NO_OUTLET
        if by is By.KIND:
            asked[KindFilter.parameter_name] = row["criterion__slug"] or OTHER_KIND
        return list_page(self.model, f"?{urlencode(asked)}")
