"""Concurrent decision and withdrawal, on PostgreSQL: exactly one succeeds; the control has the lock off."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.db.models import QuerySet

from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from banks.tests.races import ONE_WINS, at_once
from inspections.determinations.actions.proposals import withdraw_determination
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.actions.determinations import make_determination
from inspections.rectification.tests.factories import HEARD, proposed, qualified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock

if TYPE_CHECKING:
    from conftest import People

TRIALS = 30
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def qualified_bank(bank: Bank, people: "People", clerk: User, edition: PolicyEdition) -> Bank:
    """A bank with a person who receives its prior notices."""
    qualified(bank, people.decider)
    return bank


def _make(pk: int, people: "People", wait: Callable[[], object]) -> None:
    copy = Determination.objects.get(pk=pk)
    wait()
    make_determination(determination=copy, by=people.decider)


def _withdraw(pk: int, people: "People", wait: Callable[[], object]) -> None:
    copy = Determination.objects.get(pk=pk)
    wait()
    withdraw_determination(determination=copy, by=people.inspector, reason="补充调查")


def trials(bank: Bank, people: "People") -> list[Counter[str]]:
    """Repeat decision and withdrawal, each time of another breach: no order follows, and one can be proposed again."""
    results = []
    for _trial in range(TRIALS):
        with clock.playing(clock.today() - HEARD):
            row = proposed(bank, by=people.inspector, kind=DeterminationKind.SERIOUS_BREACH, criteria=())
        results.append(at_once([partial(verb, row.pk, people) for verb in (_make, _withdraw)]))
    return results


def test_decision_and_withdrawal_have_one_winner(qualified_bank: Bank, people: "People") -> None:
    assert trials(qualified_bank, people) == [ONE_WINS] * TRIALS


def test_control_without_lock_loser_is_not_refused(
    qualified_bank: Bank, people: "People", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())

    assert any(result != ONE_WINS for result in trials(qualified_bank, people))
