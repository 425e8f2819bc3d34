"""The calendar of the time limit: counted days, suspensions, extensions."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.actions.applications import start_application
from admission.applications.actions.supplements import submit_supplement
from admission.applications.models import Application
from admission.editions.models import PolicyEdition
from admission.review.actions import time_limits
from admission.review.actions.acceptance import accept_application
from admission.review.actions.findings import record_finding
from admission.review.actions.supplements import request_supplement
from admission.review.deadline_calendar import DayKind, months_of
from admission.review.states import FindingResult
from admission.tests.factories import submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.notices.models import Message
from zsbank.base.refusals import Incomplete, NotAllowed, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2025, 9, 22)


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition, people: "People") -> Application:
    """An application accepted on the Monday before National Day 2025."""
    with clock.playing(MONDAY):
        return accept_application(application=submitted(bank, clerk), by=people.intake)


def last_number(application: Application) -> int:
    """The number of the last counted day."""
    application.refresh_from_db()
    days = [day for month in months_of(application) for week in month.weeks for day in week if day]
    counted = [day for day in days if day.number]
    due = next(day for day in days if day.due)
    assert counted[-1] == due
    return due.number or 0


def supplement(
    application: Application, people: "People", clerk: User, asked: dt.date, back: dt.date
) -> None:
    """A supplement requested on one day and submitted on another."""
    with clock.playing(asked):
        record_finding(
            application=application,
            criterion=application.edition.criteria.get(number=5),
            by=people.reviewer,
            result=FindingResult.SUPPLEMENT,
            reason="请补充营业时间。",
        )
        request_supplement(application=application, by=people.reviewer)
    with clock.playing(back):
        submit_supplement(application=application, by=clerk)


def test_last_day_shown_is_the_due_date(application: Application) -> None:
    assert last_number(application) == application.edition.decision_days


def test_rest_days_and_makeup_days_are_marked(application: Application) -> None:
    days = {
        day.day: day.kind
        for month in months_of(application)
        for week in month.weeks
        for day in week
        if day is not None
    }
    assert days[MONDAY] == DayKind.BEGINS
    assert days[dt.date(2025, 9, 28)] == DayKind.COUNTED  # a Sunday worked for the holiday
    assert days[dt.date(2025, 10, 8)] == DayKind.REST
    assert days[dt.date(2025, 10, 9)] == DayKind.COUNTED


@pytest.mark.parametrize("held", [0, 1, 6, 9])
def test_suspended_days_do_not_count(
    application: Application, people: "People", clerk: User, held: int
) -> None:
    asked = MONDAY + dt.timedelta(days=2)
    supplement(application, people, clerk, asked, asked + dt.timedelta(days=held))
    assert last_number(application) == application.edition.decision_days


def test_extension_moves_due_date_once_with_reason(
    application: Application, people: "People", clerk: User
) -> None:
    before = application.decide_by
    with clock.playing(MONDAY + dt.timedelta(days=3)):
        extension = time_limits.extend_time_limit(
            application=application, by=people.decider, reason="须现场核查全部网点。"
        )
        with pytest.raises(WrongState):
            time_limits.extend_time_limit(application=application, by=people.decider, reason="再延。")
    assert extension.before == before
    assert last_number(application) == application.edition.decision_days + application.edition.extension_days
    assert Message.objects.filter(recipient=clerk, body__contains="须现场核查全部网点。").exists()


def test_extension_and_suspension_combine(application: Application, people: "People", clerk: User) -> None:
    with clock.playing(MONDAY + dt.timedelta(days=1)):
        time_limits.extend_time_limit(application=application, by=people.decider, reason="案情复杂。")
    application.refresh_from_db()
    supplement(application, people, clerk, MONDAY + dt.timedelta(days=2), MONDAY + dt.timedelta(days=4))
    assert last_number(application) == application.edition.decision_days + application.edition.extension_days


def test_extension_needs_role_reason_and_time(
    application: Application, people: "People", clerk: User
) -> None:
    with clock.playing(MONDAY + dt.timedelta(days=1)):
        for person in (people.reviewer, people.intake, people.auditor, clerk):
            with pytest.raises(NotAllowed):
                time_limits.extend_time_limit(application=application, by=person, reason="案情复杂。")
        with pytest.raises(Incomplete):
            time_limits.extend_time_limit(application=application, by=people.decider, reason=" ")
    assert application.decide_by is not None
    with clock.playing(application.decide_by + dt.timedelta(days=1)), pytest.raises(WrongState):
        time_limits.extend_time_limit(application=application, by=people.decider, reason="案情复杂。")


def test_time_limit_page_is_shown_to_bank_and_officers(
    client: Client, application: Application, people: "People", clerk: User, stranger: User
) -> None:
    page = reverse("admission:clock", args=[application.pk])
    client.force_login(clerk)
    assert "2025-09-22 受理" in client.get(page).content.decode()
    client.force_login(stranger)
    assert client.get(page).status_code == 404
    client.force_login(people.reviewer)
    desk = reverse("admin:admission_application_clock", args=[application.pk])
    assert "2025-09-22 受理" in client.get(desk).content.decode()


def test_draft_has_no_time_limit_page(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition
) -> None:
    draft = start_application(bank=bank, by=clerk)
    client.force_login(clerk)
    assert client.get(reverse("admission:clock", args=[draft.pk])).status_code == 404
