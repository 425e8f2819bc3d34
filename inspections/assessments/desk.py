"""Annual assessments at the desk."""

from typing import ClassVar

from django.utils.translation import gettext_lazy

from zsbank.base.cases.turns import Text
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.columns import case_state_column


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
