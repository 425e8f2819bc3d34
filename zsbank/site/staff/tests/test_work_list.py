"""The work list: one's own, only what can be done now, with what has happened; due dates of every kind of case."""

import datetime as dt
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from admission.applications.models import SupplementRequest
from admission.applications.states import ApplicationState, Outcome, SupplementStage
from admission.editions.models import PolicyEdition
from admission.review.actions.casework import assign_cases
from admission.tests.factories import accepted, recommended
from banks.hearings.models import PriorNotice
from banks.hearings.tests.factories import given_notice
from banks.register.models import Bank
from conftest import make_officer
from inspections.determinations.actions.proposals import withdraw_determination
from inspections.determinations.queries import to_be_confirmed_by
from inspections.determinations.rules import rectification_period
from inspections.determinations.tests.factories import proposal
from inspections.rectification.actions.determinations import make_determination
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import ordered, qualified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.registry import cases
from zsbank.base.cases.urls import action_page, case_page
from zsbank.base.letters.models import Letter
from zsbank.base.letters.states import LetterState
from zsbank.base.roles import Role
from zsbank.site.staff.figures import days_ahead
from zsbank.site.staff.work_list import counts_of, work_of

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


def names(person: User, *, with_taken: bool = False) -> list[str]:
    """Return the cases on a person's work list."""
    fresh = User.objects.get(pk=person.pk)
    return [item.case for item in work_of(fresh, with_taken=with_taken)]


def test_colleagues_cases_are_shown_on_request_only(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = accepted(bank, clerk, people)
    colleague = make_officer("reviewer2", Role.REVIEWER)
    assign_cases(applications=[application], to=colleague, by=people.decider)
    number = application.case_number
    assert number not in names(people.reviewer)
    assert number in names(people.reviewer, with_taken=True)
    assert number in names(colleague)
    client.force_login(people.reviewer)
    assert f"经办人： {colleague.name}" in " ".join(client.get("/admin/?all=1").content.decode().split())


def test_submitted_supplement_is_shown(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = accepted(bank, clerk, people)
    [before] = [item for item in work_of(people.reviewer) if item.case == application.case_number]
    SupplementRequest.objects.create(
        application=application,
        stage=SupplementStage.REVIEW,
        asked_at=clock.now(),
        asked_by=people.reviewer,
        due_date=clock.today(),
        due_period={},
        submitted_at=clock.now(),
        closed_on=clock.today(),
    )
    [after] = [item for item in work_of(people.reviewer) if item.case == application.case_number]
    assert before.told == ""
    assert clock.today().isoformat() in after.told


@pytest.mark.parametrize(("state", "listed"), [(LetterState.SIGNED, False), (LetterState.FAILED, True)])
def test_only_failed_letters_are_listed_for_retry(
    bank: Bank, people: "People", state: LetterState, listed: bool
) -> None:
    letter = given_notice(bank, people.reviewer).letter
    assert letter is not None
    Letter.objects.filter(pk=letter.pk).update(state=state)
    assert (str(letter) in names(people.inspector)) == listed


def test_refusal_is_listed_after_hearing(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = recommended(bank, clerk, people, Outcome.REFUSE)
    number = application.case_number
    assert number not in names(people.decider)
    PriorNotice.objects.update(stated_at=clock.now(), answered_at=clock.now())
    assert number in names(people.decider)
    PriorNotice.objects.update(
        stated_at=None, answered_at=None, due_date=clock.today() - dt.timedelta(days=1)
    )
    assert number in names(people.decider)


def test_sidebar_counts_match_list(bank: Bank, clerk: User, edition: PolicyEdition, people: "People") -> None:
    accepted(bank, clerk, people)
    assert counts_of(people.reviewer)["admission.application"] == 1
    assert counts_of(people.reviewer).total() == len(work_of(people.reviewer))


def test_statement_windows_and_orders_are_among_the_due_dates(
    bank: Bank, other_bank: Bank, people: "People", edition: PolicyEdition, clerk: User
) -> None:
    application = accepted(bank, clerk, people)
    notice = given_notice(other_bank, people.reviewer)
    qualified(other_bank, people.decider, since=clock.today() - dt.timedelta(days=400))
    order = ordered(other_bank, people, on=clock.today() - dt.timedelta(days=120))
    found = {(item.due, item.theirs) for item in days_ahead()}
    assert {(notice.due_date, True), (order.due_date, True), (application.decide_by, False)} <= found
    PriorNotice.objects.update(stated_at=clock.now())
    assert (notice.due_date, True) not in {(item.due, item.theirs) for item in days_ahead()}


def test_due_date_whose_name_has_the_bank_ends_without_a_dot(
    client: Client, bank: Bank, people: "People", edition: PolicyEdition
) -> None:
    qualified(bank, people.decider, since=clock.today() - dt.timedelta(days=400))
    order = ordered(bank, people, on=clock.today() - dt.timedelta(days=120))
    type(order).objects.filter(pk=order.pk).update(state=OrderState.REPORTED)
    client.force_login(people.inspector)
    page = client.get("/admin/").content.decode()
    assert f"{order.due_date:%Y-%m-%d}" in page
    assert not re.search(r"·\s*</", page)


def test_every_declared_due_date_is_read(bank: Bank, people: "People") -> None:
    until = clock.today()
    declared = [(case, due) for case in cases() for due in case.due]
    assert len(declared) >= 5
    for case, due in declared:
        assert due.running or due.only, case.key
        list(due.rows(case.model, until, until))


def test_supplements_of_banks_are_among_the_due_dates(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = accepted(bank, clerk, people)
    type(application).objects.filter(pk=application.pk).update(state=ApplicationState.SUPPLEMENTING)
    SupplementRequest.objects.create(
        application=application,
        stage=SupplementStage.REVIEW,
        asked_at=clock.now(),
        asked_by=people.reviewer,
        due_date=clock.today(),
        due_period={},
    )
    assert (clock.today(), True) in {(item.due, item.theirs) for item in days_ahead()}


@pytest.mark.usefixtures("clerk", "edition")
def test_determination_waits_for_deciders_only(bank: Bank, people: "People") -> None:
    found = proposal(qualified(bank, people.decider), by=people.inspector)
    for person in (people.decider, people.second_decider):
        [item] = [item for item in work_of(person) if item.case == str(bank)]
        assert (item.step, item.about) == ("决定是否作出认定", "严重违约")
        assert item.address == case_page(found)
    assert str(bank) not in names(people.inspector)
    make_determination(determination=found, by=people.decider)
    assert str(bank) not in names(people.second_decider)


def test_determination_on_paper_is_due(bank: Bank, edition: PolicyEdition, people: "People") -> None:
    held = qualified(bank, people.decider)
    signed = clock.today() - dt.timedelta(days=150)
    found = proposal(held, by=people.inspector, paper_date=signed, paper_signed_by=people.second_decider)
    last = rectification_period(edition, signed).last_day
    [item] = [item for item in work_of(people.decider) if item.case == str(bank)]
    assert (item.step, item.due) == ("核对并确认书面认定", last)
    with clock.playing(last + dt.timedelta(days=1)):
        assert str(bank) not in names(people.decider)
        assert str(bank) not in names(people.second_decider)
        [item] = [item for item in work_of(people.inspector) if item.case == str(bank)]
    assert item.address == action_page(found, withdraw_determination)


def test_work_of_determinations_costs_the_same_for_many(
    bank: Bank, edition: PolicyEdition, people: "People", django_assert_num_queries: Callable[..., Any]
) -> None:
    held = qualified(bank, people.decider)
    signed = clock.today() - dt.timedelta(days=9)

    def more(count: int) -> None:
        for number in range(count):
            proposal(
                held,
                by=people.inspector,
                paper_date=signed - dt.timedelta(days=number + count),
                paper_signed_by=people.second_decider,
            )

    more(2)
    with CaptureQueriesContext(connection) as before:
        to_be_confirmed_by(people.decider)
    more(7)
    with django_assert_num_queries(len(before)):
        assert len(to_be_confirmed_by(people.decider)) == 9
