"""Two deciders at once, on PostgreSQL: exactly one wins, and with the lock off the same trials show it."""

import threading
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections
from django.db.models import QuerySet

from admission import actions
from admission.models import Application, Decision, PolicyEdition
from admission.tests.factories import recommended
from banks.models import Bank
from zsbank.accounts.models import User
from zsbank.letters.models import Letter
from zsbank.refusals import WrongState

if TYPE_CHECKING:
    from conftest import People

TRIALS = 50
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite hides races; bin/test on PostgreSQL runs this"
    ),
]


def decide_at_once(application: Application, deciders: list[User]) -> Counter[str]:
    """Let both decide the same case at the same moment; count what each was told."""
    start, told = threading.Barrier(len(deciders)), Counter[str]()

    def one(person: User) -> None:
        try:
            copy = Application.objects.get(pk=application.pk)
            start.wait()
            actions.decide(application=copy, by=person)
            told["decided"] += 1
        except WrongState:
            told["told that it has moved on"] += 1
        except Exception as error:  # noqa: BLE001 - what else a loser sees is the point
            told[type(error).__name__] += 1
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(person,)) for person in deciders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def trials(application: Application, people: "People") -> list[Counter[str]]:
    """The same case, decided again and again from the same point."""
    results = []
    for _trial in range(TRIALS):
        results.append(decide_at_once(application, [people.decider, people.second_decider]))
        _undo(application)
    return results


def _undo(application: Application) -> None:
    Decision.objects.all().delete()
    Letter.objects.all().delete()
    application.bank.qualifications.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE banks_bank SET standing = 'applicant'")
        cursor.execute("UPDATE admission_application SET state = 'recommended', closed_on = NULL")


def test_exactly_one_of_two_deciders_wins(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    results = trials(recommended(bank, clerk, people), people)

    assert results == [Counter({"decided": 1, "told that it has moved on": 1})] * TRIALS


def test_control_with_the_lock_off_losers_are_not_told(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People", monkeypatch: pytest.MonkeyPatch
) -> None:
    application = recommended(bank, clerk, people)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())

    results = trials(application, people)

    assert any(result != Counter({"decided": 1, "told that it has moved on": 1}) for result in results)
