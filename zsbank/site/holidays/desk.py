"""Holidays at the desk: the years, their days, and the due dates that they move."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from zsbank.base.cases.turns import Text
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.columns import case_state_column
from zsbank.site.holidays.preview import of_interest
from zsbank.site.holidays.queries import ON_A_PAGE, changes_of, moves_of


class HolidayYearDesk(CaseDesk):
    """Years with the days of their notices."""

    list_display = (
        "year",
        case_state_column("confirmed_at", gettext_lazy("state")),
        "source",
        "entered_by",
        "confirmed_by",
        "next_step",
    )
    list_filter = ("source",)
    list_select_related = ("entered_by", "confirmed_by")
    empty_text: ClassVar[Text] = gettext_lazy("Years appear here when an officer enters the holidays of one.")
    facts: ClassVar[tuple[str, ...]] = (
        "source",
        "digest",
        "entered_at",
        "entered_by",
        "confirmed_at",
        "confirmed_by",
        "replaced_at",
        "withdrawn_at",
    )
    sections: ClassVar[str] = "admin/holidays/year.html"

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Add the days, and the due dates that move or have moved."""
        asked = request.GET.get("moves", "")
        found = moves_of(case)
        return {
            "days": case.days.all(),
            "moves": Paginator(found, ON_A_PAGE).get_page(asked),
            "counted": of_interest(found) if found else "",
            "changes": changes_of(case, asked),
        }
