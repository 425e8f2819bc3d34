"""Columns of desk lists: the state as text and shape, a due date with the remaining days."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.template.loader import render_to_string

from zsbank.base.pages.states import shown_state
from zsbank.base.pages.templatetags.look import days_left

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def case_state_column(field: str, label: "StrPromise") -> Callable[[Any], str]:
    """Return a column with the state of a case, sortable by the state."""

    @admin.display(description=label, ordering=field)
    def column(case: Any) -> str:
        return render_to_string("components/tag.html", shown_state(case, staff=True))

    column.__name__ = f"{field}_tag"
    return column


def due_column(field: str, label: "StrPromise", running: frozenset[str]) -> Callable[[Any], str]:
    """Return a column with a due date and, in one of the running states, the remaining calendar days."""

    @admin.display(description=label, ordering=field)
    def column(case: Any) -> str:
        day = getattr(case, field)
        left = days_left(day) if day and case.state in running else None
        return render_to_string("components/due_cell.html", {"day": day, "left": left})

    column.__name__ = f"{field}_due"
    return column
