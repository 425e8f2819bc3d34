"""Concurrent signatures of an exit, on PostgreSQL: exactly one succeeds; the control has the lock off."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.db.models import QuerySet

from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from banks.tests.races import ONE_WINS, at_once
from exit.cases.actions.cases import propose_exit, sign_exit
from exit.cases.models import ExitCase
from exit.cases.tests.factories import filed
from inspections.rectification.tests.factories import qualified
from zsbank.base.accounts.models import User
from zsbank.base.letters.models import Letter

if TYPE_CHECKING:
    from conftest import People

TRIALS = 30
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def proposed(bank: Bank, administrator: User, people: "People", edition: PolicyEdition) -> ExitCase:
    """A proposed case."""
    held = qualified(bank, people.decider, dt.date(2020, 1, 6))
    return propose_exit(case=filed(held, administrator), by=people.reviewer)


def _sign(pk: int, person: User, wait: Callable[[], object]) -> None:
    copy = ExitCase.objects.get(pk=pk)
    wait()
    sign_exit(case=copy, by=person)


def trials(case: ExitCase, people: "People") -> list[Counter[str]]:
    """Repeat the signature of the same case from the same point."""
    results = []
    for _trial in range(TRIALS):
        both = (people.decider, people.second_decider)
        results.append(at_once([partial(_sign, case.pk, person) for person in both]))
        _undo()
    return results


def _undo() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE exit_exitcase SET state = 'proposed', signed_at = NULL, signed_by_id = NULL, letter_id = NULL"
        )
        cursor.execute("UPDATE banks_qualification SET cancelled_on = NULL")
        cursor.execute(
            "UPDATE banks_bank SET standing = 'qualified', bar_last_day = NULL, may_apply_from = NULL"
        )
    Letter.objects.all().delete()


def test_concurrent_signatures_have_one_winner(proposed: ExitCase, people: "People") -> None:
    assert trials(proposed, people) == [ONE_WINS] * TRIALS


def test_control_without_lock_loser_is_not_refused(
    proposed: ExitCase, people: "People", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())

    assert any(result != ONE_WINS for result in trials(proposed, people))
