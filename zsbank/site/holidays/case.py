"""Declaration of the holidays of a year: states, actions, work item, check and words."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from zsbank.base.calendar import clock
from zsbank.base.calendar.models import HolidayYear, digest_of
from zsbank.base.calendar.states import HolidaySource, HolidayState
from zsbank.base.cases.case import Case
from zsbank.base.cases.forms import ReasonForm
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.cases.set_up import Proof, SetUp
from zsbank.base.cases.turns import BUREAUS_TURN, DONE, STOPPED, Shown, Text
from zsbank.base.cases.urls import list_page
from zsbank.base.cases.work import Waiting
from zsbank.base.permissions import Verb
from zsbank.site.holidays.actions import confirm_holidays, enter_holidays, withdraw_holidays
from zsbank.site.holidays.change_letter import DATE_CHANGED
from zsbank.site.holidays.desk import HolidayYearDesk
from zsbank.site.holidays.forms import HolidaysForm
from zsbank.site.holidays.models import DateChange
from zsbank.site.holidays.preview import of_interest
from zsbank.site.holidays.queries import ON_A_PAGE, moves_of, to_be_confirmed_by


def _enter(by: Any, _case: Any, given: dict[str, Any]) -> object:
    source = HolidaySource.FILE if given["file"] else HolidaySource.PACKAGE
    return enter_holidays(notice=given["notice"], source=source, by=by)


def _what_came_of_it(made: object) -> Text:
    return _("No date has changed yet: another person confirms the holidays.")


def _notes(year: HolidayYear) -> list[str]:
    """Return what the person reads before confirming: how many due dates move, and the first of them."""
    found = moves_of(year)
    return [of_interest(found), *(move.in_words() for move in found[:ON_A_PAGE])]


def days_as_confirmed() -> Iterator[str]:
    """Integrity check: the days of every year have the digest that was confirmed."""
    for year in HolidayYear.objects.prefetch_related("days").order_by("pk"):
        if digest_of((day.date, day.kind, day.name) for day in year.days.all()) != year.digest:
            yield f"zsbank_calendar.holidayyear {year.pk}: its days are not what was entered, their hash differs"


def _this_year_and_next() -> Proof:
    """Look for the confirmed holidays of this year and the next."""
    this = clock.today().year
    known = set(HolidayYear.objects.in_force().filter(year__gte=this).values_list("year", flat=True))
    if this not in known:
        return Proof.open(_("%(year)s is not confirmed: every date in it is provisional") % {"year": this})
    if this + 1 in known:
        return Proof.done(_("%(this)s and %(next)s are confirmed") % {"this": this, "next": this + 1})
    given = {"this": this, "next": this + 1}
    return Proof.look(
        _("%(this)s is confirmed; %(next)s not yet, dates in it are provisional until its notice") % given
    )


CASES = (
    Case(
        model=HolidayYear,
        states={
            HolidayState.ENTERED: Shown(BUREAUS_TURN, staff=HolidayState.ENTERED.label, next=_("Confirm")),
            HolidayState.IN_FORCE: Shown(DONE, staff=HolidayState.IN_FORCE.label),
            HolidayState.REPLACED: Shown(STOPPED, staff=HolidayState.REPLACED.label),
            HolidayState.WITHDRAWN: Shown(STOPPED, staff=HolidayState.WITHDRAWN.label),
        },
        list_offers=(
            Offer(
                enter_holidays,
                _("Enter the holidays of a year"),
                (
                    _("Nothing changes until another person confirms them."),
                    _("Before that, their page lists every due date that moves."),
                ),
                form=lambda case: HolidaysForm,
                run=_enter,
                done=_what_came_of_it,
            ),
        ),
        offers=(
            Offer(
                confirm_holidays,
                _("Confirm the holidays"),
                (
                    _("All running due dates are calculated anew; one that has passed never moves."),
                    _("Bank and officer are told, with a new letter where a letter had stated the date."),
                ),
                notes=_notes,
                grave=True,
            ),
            Offer(
                withdraw_holidays,
                _("Withdraw the holidays"),
                (_("They are kept as withdrawn; the right ones can be entered."),),
                form=lambda case: ReasonForm,
                aside=True,
            ),
        ),
        desk=HolidayYearDesk,
        waiting=(
            Waiting(
                confirm_holidays,
                _("Confirm the holidays of the year"),
                to_be_confirmed_by,
                about=lambda year: year.get_source_display(),
                since=lambda year: clock.local_day(year.entered_at),
            ),
        ),
        letters=(DATE_CHANGED,),
        sidebar=SidebarEntry(SidebarGroup.BASIS, _("Holidays"), place=15),
        set_up=(
            SetUp(
                30,
                _("Holidays of this year and the next"),
                _this_year_and_next,
                _("Due dates are provisional: nothing lapses or is released by itself."),
                lambda: list_page(HolidayYear),
                _("Holidays"),
                done_by=(Verb.ENTER_HOLIDAYS, Verb.CONFIRM_HOLIDAYS),
            ),
        ),
        entries={
            Verb.ENTER_HOLIDAYS: _("entered the holidays of a year"),
            Verb.WITHDRAW_HOLIDAYS: _("withdrew the holidays of a year"),
            Verb.CONFIRM_HOLIDAYS: _("confirmed the holidays of a year"),
            Verb.RECALCULATE_DUE: _("calculated the due date anew"),
        },
        labels={
            "days": _("days"),
            "source": _("source"),
            "moved": _("due dates moved"),
            "no_longer_provisional": _("due dates no longer provisional"),
            "stayed": _("due dates that have passed and stay"),
        },
        checks=(days_as_confirmed,),
    ),
    Case(model=DateChange),
)
