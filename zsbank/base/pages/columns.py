"""Columns of desk lists: the state as text and shape, a due date with the remaining days."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import F
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from zsbank.base.cases.case import Case
from zsbank.base.pages.exports.values import in_files
from zsbank.base.pages.states import shown_state
from zsbank.base.pages.templatetags.look import days_left

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def case_state_column(field: str, label: "StrPromise") -> Callable[[Any], str]:
    """Return a column with the state of a case, sortable by the state."""

    @in_files(lambda case: shown_state(case, staff=True)["label"])
    @admin.display(description=label, ordering=field)
    def column(case: Any) -> str:
        return render_to_string("components/tag.html", shown_state(case, staff=True))

    column.__name__ = f"{field}_tag"
    return column


def due_column(case: Case) -> Callable[[Any], str]:
    """Return a column with the due date that runs and the remaining calendar days, a dash without one."""
    days = [F(due.day) for due in reversed(case.due)]
    ordering = Coalesce(*days) if len(days) > 1 else next(iter(days), None)

    def running_day(row: Any) -> dt.date | None:
        running = next((due for due in case.due if due.is_running(row)), None)
        return getattr(row, running.day) if running else None

    @in_files(running_day)
    @admin.display(description=gettext_lazy("due by"), ordering=ordering)
    def column(row: Any) -> str:
        day = running_day(row)
        if day is None:
            return "—"
        return render_to_string("components/due_cell.html", {"day": day, "left": days_left(day)})

    return column
