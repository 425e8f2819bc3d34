"""Annual assessments at the desk."""

from typing import ClassVar

from django.utils.translation import gettext_lazy

from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.columns import case_state_column


class AssessmentDesk(CaseDesk):
    """Annual assessments."""

    list_display = (
        "bank",
        "year",
        "score",
        "grade",
        case_state_column("state", gettext_lazy("state")),
        "final_on",
    )
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
