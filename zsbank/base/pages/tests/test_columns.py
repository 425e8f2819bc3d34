"""Columns of desk lists: a due date with its remaining days, only while it runs."""

import datetime as dt

import pytest
from django.apps import apps
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from zsbank.base.calendar import clock
from zsbank.base.cases.case import Case, Due
from zsbank.base.pages.columns import case_state_column, due_column

Order = apps.get_model("inspections", "RectificationOrder")
DUE = dt.date(2026, 3, 12)
CASE = Case(model=Order, due=(Due("due_date", "period", frozenset({"open"})),))
column = due_column(CASE)


@pytest.mark.parametrize(
    ("today", "words"),
    [(dt.date(2026, 3, 2), "还剩 10 天"), (DUE, "今天到期"), (dt.date(2026, 3, 14), "已逾期 2 天")],
)
def test_running_due_date_shows_remaining_days(today: dt.date, words: str) -> None:
    with clock.playing(today):
        shown = column(Order(state="open", due_date=DUE))
    assert "2026-03-12" in shown
    assert words in shown


def test_due_date_that_no_longer_runs_is_not_shown() -> None:
    assert column(Order(state="accepted", due_date=DUE)) == "—"


def test_columns_sort_by_their_field_and_carry_their_label() -> None:
    state = case_state_column("state", _("state"))
    assert (column.admin_order_field, state.admin_order_field) == (F("due_date"), "state")  # type: ignore[attr-defined]
    assert str(column.short_description) == str(_("due by"))  # type: ignore[attr-defined]
