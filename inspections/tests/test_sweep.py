"""What falls due in supervision: orders lapse once, banks are reminded, two failing years in a row are judged."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from inspections.assessments.actions import finalise_assessment, judge, record_assessment, revise_assessment
from inspections.assessments.models import Assessment
from inspections.rectification.actions.orders import lapse, remind, set_rectification_deadline
from inspections.rectification.actions.reports import reject_rectification
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.tests.factories import (
    DAY,
    DETERMINED,
    DUE,
    FAILING,
    OPENED,
    PASSING,
    admitted_again,
    at,
    failed_twice,
    left,
    ordered,
    qualified,
    rated,
    reported,
    scheme,
    scored,
    swept,
)
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit
from zsbank.base.journal.models import Entry
from zsbank.base.notices.models import Message
from zsbank.base.refusals import Refused

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture(autouse=True)
def qualification(bank: Bank, people: "People") -> Qualification:
    """示例银行甲 is admitted and issues."""
    return qualified(bank, people.decider)


@pytest.fixture
def order(qualification: Qualification, clerk: User, people: "People") -> RectificationOrder:
    """An order on a determination, due on 2025-09-03; the clerk of the bank knows."""
    return ordered(qualification.bank, people)


def _standing(bank: Bank) -> str:
    return str(Bank.objects.get(pk=bank.pk).standing)


def _rated(bank: Bank, people: "People", results: dict[int, str]) -> None:
    for year, result in results.items():
        rated(bank, year, PASSING if result == "passes" else FAILING, people)


# Lapse ----------------------------------------------------------------------------------------------------


def test_nothing_lapses_on_the_due_date(order: RectificationOrder) -> None:
    with clock.playing(at(DUE, 23, 59)):
        assert not lapse(order.pk)
    assert swept("lapse", DUE) == 0
    assert RectificationOrder.objects.get().state == OrderState.OPEN


def test_what_is_not_put_right_lapses_the_day_after(order: RectificationOrder, clerk: User) -> None:
    assert swept("lapse", DUE + DAY) == 1

    lapsed, entry = RectificationOrder.objects.get(), Entry.objects.get(verb="lapse")
    assert (lapsed.state, lapsed.due_date, lapsed.closed_on) == (OrderState.LAPSED, DUE, DUE + DAY)
    assert (entry.actor, entry.from_state, entry.to_state) == (None, OrderState.OPEN, OrderState.LAPSED)
    assert entry.effective_on == DUE + DAY
    assert _standing(lapsed.bank) == Standing.UNDER_RECTIFICATION
    assert Message.objects.filter(recipient=clerk, key=f"rectification:{lapsed.pk}:lapsed").count() == 1


def test_found_forty_days_late_it_lapsed_the_day_after_the_due_date(order: RectificationOrder) -> None:
    found = DUE + 40 * DAY

    assert swept("lapse", found) == 1

    entry = Entry.objects.get(verb="lapse")
    assert (entry.effective_on, clock.local_day(entry.at)) == (DUE + DAY, found)


def test_the_day_that_was_moved_off_a_holiday_is_still_in_time(
    qualification: Qualification, clerk: User, people: "People"
) -> None:
    order = ordered(qualification.bank, people, on=dt.date(2025, 7, 2))

    reported(order, clerk, at(dt.date(2026, 1, 4), 23, 59))

    assert swept("lapse", dt.date(2026, 1, 5)) == 0


def test_moved_off_a_holiday_it_lapses_the_day_after_the_day_it_was_moved_to(
    qualification: Qualification, people: "People"
) -> None:
    ordered(qualification.bank, people, on=dt.date(2025, 7, 2))

    assert [swept("lapse", dt.date(2026, 1, day)) for day in (3, 4, 5)] == [0, 0, 1]
    assert Entry.objects.get(verb="lapse").effective_on == dt.date(2026, 1, 5)


def test_an_order_lapses_once_and_only_once(order: RectificationOrder) -> None:
    days = [DUE + DAY, DUE + DAY, DUE + 2 * DAY, DUE + 40 * DAY]

    assert [swept("lapse", day) for day in days] == [1, 0, 0, 0]

    assert Entry.objects.filter(verb="lapse").count() == 1
    assert RectificationOrder.objects.get().closed_on == DUE + DAY


def test_a_second_worker_with_the_same_list_lapses_nothing(order: RectificationOrder) -> None:
    with clock.playing(DUE + DAY):
        assert [lapse(order.pk), lapse(order.pk)] == [True, False]
    assert Entry.objects.filter(verb="lapse").count() == 1
    assert Message.objects.filter(key__endswith=":lapsed").count() == 1


def test_without_a_due_date_nothing_lapses(qualification: Qualification, people: "People") -> None:
    failed_twice(qualification.bank, people)
    assert swept("lapse", OPENED + 1000 * DAY) == 0


def test_when_the_bank_leaves_its_open_orders_are_withdrawn_and_lapse_no_more(
    qualification: Qualification, clerk: User, people: "People"
) -> None:
    first, second = (ordered(qualification.bank, people, on=day) for day in (DETERMINED, DETERMINED + DAY))
    failed_twice(qualification.bank, people)
    reported(second, clerk, DUE)

    left(qualification, people.decider, DUE)

    states = RectificationOrder.objects.values_list("state", "closed_on")
    assert list(states) == [(OrderState.WITHDRAWN, DUE)] * 3
    assert (swept("lapse", DUE + DAY), swept("remind", first.start_date)) == (0, 0)


# Remind ---------------------------------------------------------------------------------------------------


def _reminders(order: RectificationOrder, to: User) -> dict[str, int]:
    """Which reminders a person got, each with the days left when it was written."""
    start = f"rectification:{order.pk}:reminder:"
    assert order.due_date is not None
    return {
        message.key.removeprefix(start): (order.due_date - clock.local_day(message.at)).days
        for message in Message.objects.filter(recipient=to, key__startswith=start)
    }


def test_swept_every_day_the_bank_is_reminded_at_90_30_7_and_1_days_once_each(
    order: RectificationOrder, clerk: User
) -> None:
    days = [DETERMINED + offset * DAY for offset in range((DUE - DETERMINED).days + 2)]

    done = sum(swept("remind", day) for day in days)

    assert _reminders(order, clerk) == {"90": 90, "30": 30, "7": 7, "1": 1}
    assert done == 4


def test_nobody_is_reminded_91_days_before(order: RectificationOrder, clerk: User) -> None:
    assert swept("remind", DUE - 91 * DAY) == 0
    assert _reminders(order, clerk) == {}


@pytest.mark.parametrize(
    ("left_over", "nearest"),
    [(90, "90"), (31, "90"), (30, "30"), (20, "30"), (7, "7"), (2, "7"), (1, "1"), (0, "1")],
)
def test_a_late_sweep_gives_only_the_nearest_reminder(
    order: RectificationOrder, clerk: User, left_over: int, nearest: str
) -> None:
    day = DUE - left_over * DAY

    assert [swept("remind", day), swept("remind", day)] == [1, 0]

    assert _reminders(order, clerk) == {nearest: left_over}
    assert Message.objects.filter(recipient=clerk, body__contains=f"还剩{left_over}天").exists()


def test_after_a_late_sweep_the_next_reminders_come_as_usual(order: RectificationOrder, clerk: User) -> None:
    for day in (DUE - 20 * DAY, DUE - 10 * DAY, DUE - 7 * DAY, DUE):
        swept("remind", day)

    assert _reminders(order, clerk) == {"30": 20, "7": 7, "1": 0}


def test_each_of_the_banks_people_is_reminded_and_nobody_elses(
    order: RectificationOrder, clerk: User, administrator: User, stranger: User
) -> None:
    assert swept("remind", DUE - DAY) == 1

    told = [_reminders(order, person) for person in (clerk, administrator, stranger)]
    assert told == [{"1": 1}, {"1": 1}, {}]


def test_who_has_reported_is_not_reminded_unless_it_is_rejected(
    order: RectificationOrder, clerk: User, people: "People"
) -> None:
    reported(order, clerk, DUE - 8 * DAY)
    waiting = swept("remind", DUE - 7 * DAY)
    with clock.playing(DUE - 2 * DAY):
        reject_rectification(order=order, by=people.inspector, remark="仍有一个窗口未开。")

    assert (waiting, swept("remind", DUE - DAY)) == (0, 1)
    assert _reminders(order, clerk) == {"1": 1}


def test_past_the_due_date_nobody_is_reminded(order: RectificationOrder, clerk: User) -> None:
    assert swept("remind", DUE + DAY) == 0
    with clock.playing(DUE + DAY):
        assert not remind(order.pk)
    assert _reminders(order, clerk) == {}


# Two failing years ----------------------------------------------------------------------------------------


def test_two_consecutive_failing_years_open_exactly_one_order(bank: Bank, people: "People") -> None:
    _rated(bank, people, {2023: "fails", 2024: "fails"})

    assert [swept("judge", OPENED), swept("judge", OPENED), swept("judge", OPENED + DAY)] == [1, 0, 0]

    order, entry = RectificationOrder.objects.get(), Entry.objects.get(verb="open_order")
    assert (order.assessed_year, order.state) == (2024, OrderState.AWAITING_DEADLINE)
    assert (order.start_date, order.due_date) == (OPENED, None)
    assert (entry.actor, entry.to_state, entry.data) == (None, order.state, {"assessed_year": 2024})
    assert _standing(bank) == Standing.UNDER_RECTIFICATION


def test_a_second_worker_opens_no_second_order(
    bank: Bank, qualification: Qualification, people: "People"
) -> None:
    _rated(bank, people, {2023: "fails", 2024: "fails"})

    assert [judge(qualification.pk), judge(qualification.pk)] == [True, False]
    assert RectificationOrder.objects.count() == 1


@pytest.mark.parametrize(
    "results",
    [
        pytest.param({2024: "fails"}, id="one failing year"),
        pytest.param({2022: "fails", 2024: "fails"}, id="a gap year is no bridge"),
        pytest.param({2022: "fails", 2023: "passes", 2024: "fails"}, id="a passing year between"),
        pytest.param({2023: "fails", 2024: "passes"}, id="put right in the second year"),
    ],
)
def test_years_that_open_no_order(bank: Bank, people: "People", results: dict[int, str]) -> None:
    _rated(bank, people, results)

    assert swept("judge", OPENED) == 0
    assert not RectificationOrder.objects.exists()
    assert _standing(bank) == Standing.QUALIFIED


def test_a_draft_counts_only_when_it_is_final(bank: Bank, people: "People") -> None:
    _rated(bank, people, {2023: "fails"})
    draft = scored(bank, 2024, FAILING, people.assessor)
    before = swept("judge", OPENED)

    finalise_assessment(assessment=draft, by=people.second_assessor)

    assert (before, swept("judge", OPENED)) == (0, 1)


def test_a_gap_year_that_is_rated_later_joins_its_neighbours(bank: Bank, people: "People") -> None:
    _rated(bank, people, {2022: "fails", 2024: "fails", 2023: "fails"})

    swept("judge", OPENED)

    assert set(RectificationOrder.objects.values_list("assessed_year", flat=True)) == {2023, 2024}


def test_another_banks_failing_year_does_not_count(bank: Bank, other_bank: Bank, people: "People") -> None:
    qualified(other_bank, people.decider)
    _rated(bank, people, {2023: "fails"})
    _rated(other_bank, people, {2024: "fails"})

    assert swept("judge", OPENED) == 0


# Changed on review ----------------------------------------------------------------------------------------


def _revise(year: int, result: str, by: User) -> None:
    score = PASSING if result == "passes" else FAILING
    assessment = Assessment.objects.get(year=year)
    revise_assessment(assessment=assessment, score=score, seen=assessment.score, reason="复核更正。", by=by)


@pytest.mark.parametrize("how_far", [OrderState.AWAITING_DEADLINE, OrderState.OPEN, OrderState.REPORTED])
@pytest.mark.parametrize("year", [2023, 2024])
def test_a_year_that_passes_on_review_withdraws_the_order(
    bank: Bank, clerk: User, people: "People", year: int, how_far: OrderState
) -> None:
    order = failed_twice(bank, people)
    if how_far != OrderState.AWAITING_DEADLINE:
        with clock.playing(OPENED):
            set_rectification_deadline(order=order, by=people.assessor, due=DUE)
    if how_far == OrderState.REPORTED:
        reported(order, clerk, OPENED)
    _revise(year, "passes", people.decider)

    assert [swept("judge", DUE), swept("judge", DUE)] == [1, 0]

    order.refresh_from_db()
    assert (order.state, order.closed_on) == (OrderState.WITHDRAWN, DUE)
    assert Entry.objects.get(verb="withdraw_order").from_state == how_far
    assert _standing(bank) == Standing.QUALIFIED


def test_a_withdrawn_order_leaves_the_bank_under_its_other_order(bank: Bank, people: "People") -> None:
    failed_twice(bank, people)
    other = ordered(bank, people)
    _revise(2024, "passes", people.decider)

    swept("judge", OPENED)

    assert RectificationOrder.objects.get(state=OrderState.OPEN) == other
    assert _standing(bank) == Standing.UNDER_RECTIFICATION


def test_a_year_that_fails_on_review_opens_an_order(bank: Bank, people: "People") -> None:
    _rated(bank, people, {2023: "passes", 2024: "fails"})
    before = swept("judge", OPENED)

    _revise(2023, "fails", people.decider)

    assert (before, swept("judge", OPENED)) == (0, 1)
    assert RectificationOrder.objects.get().assessed_year == 2024


def test_a_year_that_fails_again_on_a_second_review_opens_a_new_order(bank: Bank, people: "People") -> None:
    failed_twice(bank, people)
    for result in ("passes", "fails"):
        _revise(2024, result, people.decider)
        swept("judge", OPENED)

    withdrawn, new = RectificationOrder.objects.order_by("pk")
    assert (withdrawn.state, withdrawn.assessed_year) == (OrderState.WITHDRAWN, 2024)
    assert (new.state, new.assessed_year) == (OrderState.AWAITING_DEADLINE, 2024)


# Years of an earlier qualification ------------------------------------------------------------------------


def test_years_before_an_exit_do_not_count_after_re_admission(
    bank: Bank, qualification: Qualification, people: "People"
) -> None:
    _rated(bank, people, {2019: "fails", 2020: "fails"})
    left(qualification, people.decider, dt.date(2021, 3, 15))
    while_out = swept("judge", dt.date(2021, 3, 16))

    admitted_again(bank, people.decider)

    assert (while_out, swept("judge", dt.date(2026, 4, 1))) == (0, 0)
    assert not RectificationOrder.objects.exists()
    assert _standing(bank) == Standing.QUALIFIED


def test_a_failing_year_before_an_exit_and_one_after_it_are_no_pair(
    bank: Bank, qualification: Qualification, people: "People"
) -> None:
    _rated(bank, people, {2022: "fails"})
    left(qualification, people.decider, dt.date(2023, 4, 3), bar=1, unit=Unit.MONTH)
    admitted_again(bank, people.decider)
    _rated(bank, people, {2023: "fails"})
    between = swept("judge", dt.date(2024, 4, 1))

    _rated(bank, people, {2024: "fails"})

    assert (between, swept("judge", dt.date(2025, 4, 1))) == (0, 1)
    assert RectificationOrder.objects.get().assessed_year == 2024


def test_a_year_of_an_earlier_qualification_is_not_assessed_after_re_admission(
    bank: Bank, qualification: Qualification, people: "People"
) -> None:
    left(qualification, people.decider, dt.date(2020, 3, 2))
    admitted_again(bank, people.decider)
    scheme(2019)

    with clock.playing(dt.date(2026, 3, 2)), pytest.raises(Refused):
        record_assessment(bank=bank, year=2019, score=FAILING, reason="", by=people.assessor)

    assert not Assessment.objects.exists()


def test_an_assessment_order_found_late_lapsed_on_the_day_after_its_due_date(
    bank: Bank, people: "People"
) -> None:
    order = failed_twice(bank, people)
    with clock.playing(OPENED):
        set_rectification_deadline(order=order, by=people.assessor, due=DUE)

    assert swept("lapse", DUE + 40 * DAY) == 1

    assert Entry.objects.get(verb="lapse").effective_on == DUE + DAY
