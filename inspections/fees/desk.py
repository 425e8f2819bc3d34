"""Fee notices at the desk: list, page, and the figures of a year."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from inspections.fees.models import FeeNotice
from inspections.fees.queries import as_read, figures_of_year, is_late, sums_of_year, years
from zsbank.base.calendar import clock
from zsbank.base.cases.turns import Text
from zsbank.base.cases.urls import list_page
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.case_files import FilesOfCases
from zsbank.base.pages.columns import case_state_column
from zsbank.base.pages.exports.values import in_files

BANKS_PER_PAGE = 50
LATE = "yes"


class LateFilter(admin.SimpleListFilter):
    """Filter by whether a notice was paid late, or is overdue."""

    title = gettext_lazy("late")
    parameter_name = "late"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return both answers."""
        return [(LATE, _("Late")), ("no", _("In time"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[FeeNotice]) -> QuerySet[FeeNotice]:
        """Return the notices of the chosen answer."""
        late = is_late(clock.today())
        if self.value() is None:
            return queryset
        return queryset.filter(late) if self.value() == LATE else queryset.exclude(late)


class FeeNoticeDesk(FilesOfCases, CaseDesk):
    """Fee notices with their payments."""

    list_display = (
        "number",
        case_state_column("state", gettext_lazy("state")),
        "bank",
        "year",
        "yuan",
        "paid_on",
        "late_tag",
        "next_step",
        "next_due",
    )
    list_filter = ("state", LateFilter, "year")
    empty_text: ClassVar[Text] = gettext_lazy(
        "Notices appear here when an inspector enters them as they are on paper."
    )
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = (
        "number",
        "yuan",
        "year",
        "covers",
        "issued_on",
        "stated_due_date",
        "entered_by",
        "entered_at",
        "paid_on",
        "lateness",
        "overdue_recorded_on",
        "closed_on",
        "withdrawn_by",
        "withdrawal",
    )
    sections: ClassVar[str] = "admin/inspections/fee_notice.html"

    @in_files(lambda case: case.amount)
    @admin.display(description=gettext_lazy("amount in yuan"), ordering="amount")
    def yuan(self, case: FeeNotice) -> str:
        """Return the amount with two places."""
        return case.yuan

    @admin.display(description=gettext_lazy("in time or late"))
    def lateness(self, case: FeeNotice) -> str:
        """Return by how many calendar days the payment is or was late; empty if it is in time."""
        late = case.days_late
        return ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late} if late else ""

    @admin.display(description=gettext_lazy("late"))
    def late_tag(self, case: FeeNotice) -> str:
        """Return the same as a tag, for the list; a dash if it is in time."""
        return render_to_string("inspections/late_chip.html", {"notice": case}) if case.days_late else "—"

    def files_of(self, case: FeeNotice) -> list[StoredFile]:
        """Return the scan of the notice, and the proofs of its payments."""
        return [case.document, *(payment.proof for payment in case.payments.select_related("proof"))]

    def more(self, request: HttpRequest, case: FeeNotice) -> dict[str, Any]:
        """Add the scan, and each payment with its proof."""
        payments = case.payments.select_related("proof", "stated_by", "checked_by")
        return {
            "scan": [self.listed(case, case.document)],
            "payments": [(payment, [self.listed(case, payment.proof)]) for payment in payments],
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
        """Link to the figures."""
        return [(_("Yearly figures"), reverse(f"admin:{self.base}_figures"))]

    def figures_view(self, request: HttpRequest, year: int | None = None) -> HttpResponse:
        """Show what each bank was to pay in a year, paid, and paid late; without a year, the latest.

        Raises:
            PermissionDenied: the person may not see the list.
            Http404: the year lies ahead.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        if year is not None and year > clock.today().year:
            raise Http404
        known = years()
        shown = year if year is not None else next(iter(known), clock.today().year)
        page = Paginator(figures_of_year(shown), BANKS_PER_PAGE).get_page(request.GET.get("page"))
        listed = list_page(self.model)
        context = self.page_context(request, _("Fees by bank and year")) | {
            "year": shown,
            "years": [(one, reverse(f"admin:{self.base}_figures_of_year", args=[one])) for one in known],
            "page": page,
            "rows": [(as_read(row), f"{listed}?bank__id__exact={row['bank']}&year={shown}") for row in page],
            "sums": sums_of_year(shown) if page.paginator.count else None,
            "listed": f"{listed}?year={shown}",
        }
        return TemplateResponse(request, "admin/inspections/fee_figures.html", context)
