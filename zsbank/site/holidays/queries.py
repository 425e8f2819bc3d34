"""Reading the holidays of a year: its days, who confirms it, and the due dates that it moves."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from zsbank.base.accounts.models import User
from zsbank.base.calendar.current import calendar_with
from zsbank.base.calendar.models import HolidayYear
from zsbank.base.calendar.states import HolidayState
from zsbank.site.holidays.models import DateChange
from zsbank.site.holidays.preview import Move, moves

ON_A_PAGE = 50


def to_be_confirmed_by(person: User) -> QuerySet[HolidayYear]:
    """Return the years that this person may confirm, earliest first."""
    return HolidayYear.objects.to_be_confirmed().exclude(entered_by=person).order_by("year", "pk")


def moves_of(year: HolidayYear) -> list[Move]:
    """Return the due dates that a year would move if it were confirmed now; none unless it waits."""
    if year.state != HolidayState.ENTERED:
        return []
    days = {day.date: day.nature for day in year.days.select_related("year")}
    return moves(year.year, calendar_with(year.year, days))


def changes_of(year: HolidayYear, page: str) -> Page[DateChange]:
    """Return a page of the due dates that a confirmed year has moved."""
    return Paginator(year.changes.select_related("bank", "letter"), ON_A_PAGE).get_page(page)
