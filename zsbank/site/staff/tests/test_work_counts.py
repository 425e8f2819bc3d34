"""The numbers in the sidebar: counted once, and again as soon as they may have changed."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from admission.editions.models import PolicyEdition
from admission.tests.factories import accepted, submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.queries import newest
from zsbank.base.roles import Role
from zsbank.site.staff.work_list import COUNTED_FOR, counts_of

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
APPLICATION = "admission.application"


def statements_of(person: User) -> int:
    """Return how many statements a look at the numbers takes."""
    with CaptureQueriesContext(connection) as seen:
        counts_of(person)
    return len(seen)


def test_second_look_takes_two_statements(people: "People") -> None:
    first = statements_of(people.reviewer)
    assert statements_of(people.reviewer) == 2 < first


def test_number_follows_each_action(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    seen = [counts_of(people.intake)[APPLICATION], counts_of(people.reviewer)[APPLICATION]]
    submitted(bank, clerk)
    seen += [counts_of(people.intake)[APPLICATION], counts_of(people.reviewer)[APPLICATION]]
    assert seen == [0, 0, 1, 0]


def test_number_follows_roles(bank: Bank, clerk: User, edition: PolicyEdition, people: "People") -> None:
    accepted(bank, clerk, people)
    assert counts_of(people.auditor)[APPLICATION] == 0
    people.auditor.groups.add(Group.objects.get_or_create(name=Role.REVIEWER.value)[0])
    assert counts_of(User.objects.get(pk=people.auditor.pk))[APPLICATION] == 1


@pytest.mark.parametrize("later", [dt.timedelta(days=1), dt.timedelta(seconds=COUNTED_FOR + 1)])
def test_numbers_are_counted_again_later(people: "People", later: dt.timedelta) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        counts_of(people.reviewer)
        traveller.shift(later)
        assert statements_of(people.reviewer) > 2


def test_journal_has_grown_with_each_entry(
    bank: Bank, clerk: User, edition: PolicyEdition, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    before = newest()
    submitted(bank, clerk)
    assert newest() > before
