"""A year entered by one and confirmed by another: which due dates move, who is told, and which never move."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from banks.hearings.models import PriorNotice
from banks.hearings.tests.factories import given_notice
from banks.register.models import Bank
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import DAY, ordered, qualified, reported, swept
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import current_calendar
from zsbank.base.calendar.models import HolidayYear
from zsbank.base.calendar.periods import Period
from zsbank.base.calendar.states import HolidaySource, HolidayState
from zsbank.base.journal.models import Entry
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.refusals import NotAllowed, Refused, WrongState
from zsbank.site.holidays.actions import confirm_holidays, enter_holidays, withdraw_holidays
from zsbank.site.holidays.case import days_as_confirmed
from zsbank.site.holidays.models import DateChange
from zsbank.site.holidays.queries import moves_of
from zsbank.site.holidays.tests.notices import content, lines, notice

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
DETERMINED, PROVISIONAL, ANEW = dt.date(2026, 8, 6), dt.date(2027, 2, 9), dt.date(2027, 2, 15)
"""6 February is the Saturday of the festival: the first working day after it, without the notice and with it."""
LOADED = dt.date(2026, 11, 30)


@pytest.fixture
def order(bank: Bank, clerk: User, people: "People") -> RectificationOrder:
    """An order with a provisional due date."""
    qualified(bank, people.decider)
    return ordered(bank, people, on=DETERMINED)


def entered(people: "People", on: dt.date = LOADED) -> HolidayYear:
    """The year 2027, entered by the intake officer."""
    with clock.playing(on):
        return enter_holidays(notice=notice(), source=HolidaySource.FILE, by=people.intake)


def confirmed(people: "People", on: dt.date = LOADED) -> HolidayYear:
    """The year 2027, confirmed by the decider."""
    year = entered(people, on)
    with clock.playing(on):
        return confirm_holidays(year=year, by=people.decider)


def test_order_moves_with_letter_entry_and_messages(
    order: RectificationOrder, clerk: User, people: "People"
) -> None:
    assert (order.due_date, order.provisional) == (PROVISIONAL, True)
    year = confirmed(people)

    order.refresh_from_db()
    assert (order.due_date, order.provisional, order.raw_due_date) == (ANEW, False, dt.date(2027, 2, 6))
    assert order.explained is not None
    assert "2027年放假通知" in "".join(order.explained.explain("zh-hans"))
    entry = Entry.objects.get(verb="recalculate_due")
    assert entry.data["changed"] == {"due_date": ["2027-02-09", "2027-02-15"]}
    change = DateChange.objects.get(year=year)
    assert (change.before, change.after, change.case_id) == (PROVISIONAL, ANEW, order.pk)
    letter = Letter.objects.get(kind="date_changed")
    assert change.letter == letter
    said = str(letter.data)
    for words in (str(order.letter), "2027年2月9日（含当日）", "2027年2月15日（含当日）"):
        assert words in said
    told = {
        message.recipient: message.body for message in Message.objects.filter(key=f"date-change:{change.pk}")
    }
    assert set(told) == {clerk, people.inspector}
    assert "2027年2月15日" in told[clerk]
    assert str(letter) in told[clerk]


def test_preview_lists_what_the_confirmation_does(order: RectificationOrder, people: "People") -> None:
    year = entered(people)
    with clock.playing(LOADED):
        (move,) = moves_of(year)
    order.refresh_from_db()

    assert (move.row, move.before, move.after) == (order, PROVISIONAL, ANEW)
    assert move.officers() == [people.inspector]
    assert "2027-02-09 → 2027-02-15" in move.in_words()
    assert order.due_date == PROVISIONAL


@pytest.mark.parametrize("on", [PROVISIONAL + DAY, ANEW + DAY])
def test_passed_date_never_moves(order: RectificationOrder, people: "People", on: dt.date) -> None:
    year = entered(people, on)
    with clock.playing(on):
        (move,) = moves_of(year)
        confirm_holidays(year=year, by=people.decider)

    order.refresh_from_db()
    assert move.has_passed
    assert (order.due_date, order.provisional) == (PROVISIONAL, True)
    assert not DateChange.objects.exists()
    assert Entry.objects.get(verb="confirm_holidays").data["stayed"] == 1


def test_date_on_its_last_day_still_moves(order: RectificationOrder, people: "People") -> None:
    confirmed(people, PROVISIONAL)

    order.refresh_from_db()
    assert order.due_date == ANEW


def test_date_that_stays_is_no_longer_provisional(bank: Bank, clerk: User, people: "People") -> None:
    qualified(bank, people.decider)
    order = ordered(bank, people, on=dt.date(2026, 9, 3))
    confirmed(people)

    order.refresh_from_db()
    assert (order.due_date, order.provisional) == (dt.date(2027, 3, 3), False)
    assert not Letter.objects.filter(kind="date_changed").exists()
    assert "不再是暂定" in Message.objects.get(recipient=clerk, key__startswith="date-change").title


def test_closed_order_and_other_years_stay(order: RectificationOrder, clerk: User, people: "People") -> None:
    reported(order, clerk, LOADED)
    RectificationOrder.objects.filter(pk=order.pk).update(state=OrderState.ACCEPTED)
    confirmed(people)

    order.refresh_from_db()
    assert order.due_date == PROVISIONAL


def test_notice_of_a_statement_moves(bank: Bank, clerk: User, people: "People") -> None:
    with clock.playing(dt.date(2027, 2, 3)):
        found = given_notice(bank, people.reviewer)
    confirmed(people, dt.date(2027, 2, 4))

    moved = PriorNotice.objects.get(pk=found.pk)
    assert (found.due_date, moved.due_date) == (dt.date(2027, 2, 12), dt.date(2027, 2, 18))
    assert not Period.from_json(moved.due_period).provisional
    assert DateChange.objects.get().letter is not None


def test_second_person_confirms(people: "People") -> None:
    year = entered(people)
    people.decider.groups.add(*people.intake.groups.all())
    HolidayYear.objects.filter(pk=year.pk).update(entered_by=people.decider)
    year.refresh_from_db()

    with pytest.raises(NotAllowed) as refusal:
        confirm_holidays(year=year, by=people.decider)
    assert refusal.value.code == "four_eyes"
    with pytest.raises(IntegrityError), transaction.atomic():
        HolidayYear.objects.filter(pk=year.pk).update(confirmed_by=people.decider, confirmed_at=clock.now())


def test_entered_year_waits_and_can_be_withdrawn(people: "People") -> None:
    year = entered(people)
    with pytest.raises(Refused) as refusal:
        entered(people)
    assert refusal.value.code == "waiting"
    assert current_calendar().is_working_day(dt.date(2027, 2, 10))

    withdrawn = withdraw_holidays(year=year, by=people.reviewer, reason="录入有误。")
    assert withdrawn.state == HolidayState.WITHDRAWN
    with pytest.raises(WrongState):
        confirm_holidays(year=withdrawn, by=people.decider)
    assert entered(people).state == HolidayState.ENTERED


def test_corrected_notice_replaces_the_year(order: RectificationOrder, people: "People") -> None:
    first = confirmed(people)
    shorter = notice()
    days = {day: nature for day, nature in shorter.days.items() if day != dt.date(2027, 2, 12)}
    with clock.playing(LOADED):
        second = enter_holidays(notice=type(shorter)(2027, days), source=HolidaySource.FILE, by=people.intake)
        confirm_holidays(year=second, by=people.decider)

    first.refresh_from_db()
    order.refresh_from_db()
    assert (first.state, order.due_date) == (HolidayState.REPLACED, dt.date(2027, 2, 12))
    assert [change.after for change in DateChange.objects.order_by("pk")] == [ANEW, dt.date(2027, 2, 12)]
    with clock.playing(LOADED), pytest.raises(Refused) as refusal:
        enter_holidays(notice=type(shorter)(2027, days), source=HolidaySource.FILE, by=people.intake)
    assert refusal.value.code == "same"


def test_changed_day_is_found_by_the_integrity_check(people: "People") -> None:
    year = confirmed(people)
    assert list(days_as_confirmed()) == []
    year.days.filter(date=dt.date(2027, 2, 12)).update(kind="workday")
    (finding,) = days_as_confirmed()
    assert str(year.pk) in finding


def test_nothing_lapses_on_a_provisional_day(order: RectificationOrder, people: "People") -> None:
    assert swept("lapse", PROVISIONAL + 40 * DAY) == 0
    confirmed_late = dt.date(2027, 2, 10)
    assert confirmed_late > PROVISIONAL


# The command ----------------------------------------------------------------------------------------------


def test_command_previews_enters_and_shows(
    order: RectificationOrder, people: "People", tmp_path: "Path", capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "2027.csv"
    path.write_bytes(content())
    with clock.playing(LOADED):
        call_command("holidays", "load", str(path), "--preview")
        assert "2027-02-09 → 2027-02-15" in capsys.readouterr().out
        assert not HolidayYear.objects.filter(year=2027).exists()
        call_command("holidays", "load", str(path))
        year = HolidayYear.objects.get(year=2027)
        assert (year.state, year.entered_by) == (HolidayState.ENTERED, None)
        call_command("holidays", "show", "2027")
        assert "2027-02-12" not in capsys.readouterr().out
        confirm_holidays(year=year, by=people.decider)
    call_command("holidays", "show", "2027")
    assert "2027-02-12,holiday,春节" in capsys.readouterr().out


def test_command_names_each_wrong_row_and_writes_nothing(tmp_path: "Path") -> None:
    path = tmp_path / "2027.csv"
    path.write_text("\n".join([*lines(), "x,holiday,春节", "2027-02-13,y,春节"]))

    with pytest.raises(CommandError) as error:
        call_command("holidays", "load", str(path))
    assert error.value.returncode == 2
    assert len(str(error.value).splitlines()) == 2
    assert not HolidayYear.objects.filter(year=2027).exists()
