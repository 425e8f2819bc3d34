"""Nothing is accepted by silence and no supplement ends on a provisional day, unless a person says so."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from admission.applications.actions.supplements import end_supplement
from admission.applications.models import Application
from admission.applications.queries import decision_period, supplements_to_be_ended
from admission.applications.states import ApplicationState
from admission.review.actions.acceptance import accept_application
from admission.review.actions.supplements import record_remark, request_supplement
from admission.tests.factories import accepted, submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import current_calendar
from zsbank.base.cases.registry import steps
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
SUBMITTED = dt.date(2027, 3, 1)
"""A Monday of a year without a notice."""
LATE = dt.date(2027, 4, 20)


def swept(name: str, on: dt.date) -> int:
    """The number of rows that a sweep step changed on a day."""
    (found,) = [step for step in steps() if step.name == name]
    with clock.playing(on):
        return sum(found.do(pk) for pk in list(found.due(on)))


@pytest.fixture
def application(bank: Bank, clerk: User) -> Application:
    """An application whose day of acceptance is provisional."""
    with clock.playing(SUBMITTED):
        return submitted(bank, clerk)


def test_silence_accepts_nothing_on_a_provisional_day(application: Application) -> None:
    assert application.accept_period is not None
    assert application.accept_period["provisional"]
    assert swept("accept_application", LATE) == 0
    with clock.playing(LATE), pytest.raises(WrongState):
        accept_application(application=application, by=None)


def test_officer_accepts_late_as_of_the_last_day(application: Application, people: "People") -> None:
    with clock.playing(LATE):
        late = accept_application(application=application, by=people.intake)

    assert late.accepted_on == application.accept_by
    entry = Entry.objects.get(verb="accept_application")
    assert (entry.actor, entry.effective_on) == (people.intake, application.accept_by)


def test_officer_ends_a_provisional_supplement(application: Application, people: "People") -> None:
    with clock.playing(SUBMITTED):
        criterion = application.edition.criteria.get(number=1)
        record_remark(application=application, criterion=criterion, by=people.intake, text="缺章程。")
        request = request_supplement(application=application, by=people.intake)
    with clock.playing(request.due_date):
        assert not supplements_to_be_ended().exists()
    assert swept("end_supplement", LATE) == 0
    with clock.playing(LATE):
        assert list(supplements_to_be_ended()) == [request]
        end_supplement(request=request, by=people.intake)

    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert Entry.objects.get(verb="end_supplement").effective_on == request.due_date


def test_clock_ends_what_is_not_provisional_and_no_person_does(
    bank: Bank, clerk: User, people: "People"
) -> None:
    with clock.playing(dt.date(2025, 3, 3)):
        row = submitted(bank, clerk)
    assert swept("accept_application", dt.date(2025, 4, 20)) == 1
    row.refresh_from_db()
    entry = Entry.objects.get(verb="accept_application")
    assert entry.effective_on == row.accepted_on == row.accept_by


def test_decision_period_is_what_was_stored(bank: Bank, clerk: User, people: "People") -> None:
    with clock.playing(dt.date(2026, 3, 2)):
        row = accepted(bank, clerk, people)
    found = decision_period(row, current_calendar())

    assert found is not None
    assert found.last_day == row.decide_by
    assert row.accepted_on is not None
    assert row.decide_by is not None
    assert row.decide_by - row.accepted_on > dt.timedelta(days=10)
