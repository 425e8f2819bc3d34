"""Pages of the yearly plan: progress by bank, and by outlet of a bank."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from banks.register.models import Bank
from inspections.visits.actions.planning import plan_inspection
from inspections.visits.models import InspectionVisit
from inspections.visits.yearly import progress_of_banks, progress_of_outlets, visits_in, years
from zsbank.base.accounts.rules import staff_may
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import list_action_page, list_page

ROWS_PER_PAGE = 50
VISITS_SHOWN = 50


class PlanPages:
    """Mixin for the desk of inspections: the yearly plan."""

    def plan_view(self, request: HttpRequest, year: int | None = None) -> HttpResponse:
        """Show for each bank in force what was planned and seen in a year; without a year, in this one."""
        desk: Any = self
        shown = self._year_or_404(request, year)
        page = Paginator(progress_of_banks(shown), ROWS_PER_PAGE).get_page(request.GET.get("page"))
        context = desk.page_context(request, _("Yearly plan of inspections")) | {
            "year": shown,
            "years": [(one, reverse(f"admin:{desk.base}_plan_of_year", args=[one])) for one in years()],
            "page": page,
            "rows": [
                (bank, reverse(f"admin:{desk.base}_plan_of_bank", args=[shown, bank.pk])) for bank in page
            ],
        }
        return TemplateResponse(request, "admin/inspections/visit_plan.html", context)

    def bank_plan_view(self, request: HttpRequest, year: int, bank: int) -> HttpResponse:
        """Show which outlets of a bank were seen when, and which are planned.

        Raises:
            Http404: there is no such bank, or the year lies far ahead.
        """
        desk: Any = self
        shown = self._year_or_404(request, year)
        row = get_object_or_404(Bank, pk=bank)
        page = Paginator(progress_of_outlets(row, shown), ROWS_PER_PAGE).get_page(request.GET.get("page"))
        may_plan = staff_may(request.user, plan_inspection.verb)
        plan = f"{list_action_page(InspectionVisit, plan_inspection)}?{urlencode({'bank': row.pk})}"
        context = desk.page_context(request, str(row)) | {
            "year": shown,
            "bank": row,
            "page": page,
            "visits": visits_in(row, shown)[:VISITS_SHOWN],
            "plan": plan if may_plan else "",
            "back": reverse(f"admin:{desk.base}_plan_of_year", args=[shown]),
            "listed": f"{list_page(InspectionVisit)}?{urlencode({'bank__id__exact': row.pk})}",
        }
        return TemplateResponse(request, "admin/inspections/visit_plan_of_bank.html", context)

    def _year_or_404(self, request: HttpRequest, year: int | None) -> int:
        """Return the year to show.

        Raises:
            PermissionDenied: the person may not see the list.
            Http404: the year is after the next.
        """
        desk: Any = self
        if not desk.has_view_permission(request):
            raise PermissionDenied
        this = clock.today().year
        if year is not None and not FIRST_YEAR <= year <= this + 1:
            raise Http404
        return this if year is None else year


FIRST_YEAR = 1949
