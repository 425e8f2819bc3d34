"""Supervision on days that are easily miscounted: Spring Festival, 29 February, the first hours of a year.

The days are counted by hand. In 2025 the festival was from 28 January to 4 February; 26 January, a Sunday, and
8 February, a Saturday, were working days.
"""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from inspections.complaints.actions.complaints import enter_complaint, forward_complaint
from inspections.complaints.models import Complaint
from inspections.complaints.states import ComplaintState
from inspections.complaints.tests import factories as complaints
from inspections.fees.models import FeeNotice
from inspections.fees.tests import factories as fees
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import ordered, qualified, reported
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.site.operations import runner

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held")]
BEFORE_THE_FESTIVAL = dt.date(2025, 1, 24)
LEAP_DAY = dt.date(2024, 2, 29)
NEW_YEAR = dt.date(2026, 1, 1)
LOCAL = dt.timezone(dt.timedelta(hours=8))


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A moment of a local day."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=LOCAL)


@pytest.fixture
def held(bank: Bank, people: "People", edition: PolicyEdition) -> None:
    """示例银行甲 is qualified since 2020."""
    qualified(bank, people.decider, dt.date(2020, 1, 6))


def sweep(moment: dt.date | dt.datetime) -> None:
    """Let everything happen that is due."""
    with clock.playing(moment):
        assert runner.run().failed == []


def test_ten_working_days_across_spring_festival(bank: Bank, people: "People") -> None:
    complaint = complaints.forwarded(
        bank, people.inspector, on=BEFORE_THE_FESTIVAL, received_on=BEFORE_THE_FESTIVAL
    )
    assert complaint.due_date == dt.date(2025, 2, 13)  # 26 27 · 5 6 7 8 · 10 11 12 13
    sweep(at(dt.date(2025, 2, 13), 23, 59))
    assert Complaint.objects.get().overdue_recorded_on is None
    sweep(at(dt.date(2025, 2, 14), 0, 1))
    assert Complaint.objects.get().overdue_recorded_on == dt.date(2025, 2, 14)


def test_fifteen_working_days_of_the_bureau_across_spring_festival(
    bank: Bank, clerk: User, people: "People"
) -> None:
    order = ordered(bank, people, on=dt.date(2024, 9, 2))
    reported(order, clerk, BEFORE_THE_FESTIVAL)
    order.refresh_from_db()
    assert order.verify_by == dt.date(2025, 2, 20)  # … 13 · 14 · 17 18 19 20


def test_fee_due_in_the_festival_is_paid_in_time_on_the_first_working_day(
    bank: Bank, clerk: User, people: "People"
) -> None:
    notice = fees.entered(
        bank,
        people.inspector,
        on=dt.date(2025, 1, 6),
        issued_on=dt.date(2025, 1, 6),
        due=dt.date(2025, 1, 29),
    )
    assert notice.due_date == dt.date(2025, 2, 5)
    sweep(at(dt.date(2025, 2, 5), 23, 59))
    assert FeeNotice.objects.get().overdue_recorded_on is None
    sweep(at(dt.date(2025, 2, 6), 0, 1))
    assert FeeNotice.objects.get().overdue_recorded_on == dt.date(2025, 2, 6)


@pytest.mark.parametrize("determined", [dt.date(2023, 8, 29), dt.date(2023, 8, 30), dt.date(2023, 8, 31)])
def test_six_months_end_on_the_leap_day(
    determined: dt.date, bank: Bank, clerk: User, people: "People"
) -> None:
    order = ordered(bank, people, on=determined)
    assert (order.raw_due_date, order.due_date) == (LEAP_DAY, LEAP_DAY)
    sweep(at(LEAP_DAY, 23, 59))
    assert RectificationOrder.objects.get().state == OrderState.OPEN
    reported(order, clerk, at(LEAP_DAY, 23, 59))
    sweep(at(LEAP_DAY + dt.timedelta(days=1), 0, 1))
    assert RectificationOrder.objects.get().state == OrderState.REPORTED


def test_order_without_report_lapses_on_the_day_after_the_leap_day(bank: Bank, people: "People") -> None:
    ordered(bank, people, on=dt.date(2023, 8, 31))
    sweep(at(LEAP_DAY + dt.timedelta(days=1), 0, 1))
    assert RectificationOrder.objects.get().state == OrderState.LAPSED
    assert Entry.objects.get(verb=Verb.LAPSE).effective_on == dt.date(2024, 3, 1)


def test_first_hours_of_a_year_belong_to_it(bank: Bank, people: "People") -> None:
    """Until 08:00 in Zhongshan it is still the old year in UTC."""
    due = dt.date(2025, 12, 31)
    fees.entered(bank, people.inspector, on=dt.date(2025, 12, 1), issued_on=dt.date(2025, 12, 1), due=due)
    with clock.playing(at(NEW_YEAR, 0, 30)):
        complaint = enter_complaint(
            bank=bank, by=people.inspector, **complaints.came_in(received_on=NEW_YEAR)
        )
        complaint = forward_complaint(complaint=complaint, by=people.inspector)
    assert complaint.case_number == "TS-2026-0001"
    assert (complaint.forwarded_on, complaint.state) == (NEW_YEAR, ComplaintState.FORWARDED)
    sweep(at(NEW_YEAR, 0, 30))
    assert FeeNotice.objects.get().overdue_recorded_on == NEW_YEAR
