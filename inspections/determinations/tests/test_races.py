"""Concurrent decision and withdrawal, on PostgreSQL: exactly one succeeds; the control has the lock off."""

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
from inspections.determinations.actions.proposals import withdraw_determination
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.actions.determinations import make_determination
from inspections.rectification.tests.factories import proposed, qualified

if TYPE_CHECKING:
    from conftest import People

TRIALS = 30
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def breach(bank: Bank, people: "People", edition: PolicyEdition) -> Determination:
    """A proposed serious breach: no order follows, so that trials can be repeated."""
    qualified(bank, people.decider)
    return proposed(bank, by=people.inspector, kind=DeterminationKind.SERIOUS_BREACH, criteria=())


def _make(pk: int, people: "People", wait: Callable[[], object]) -> None:
    copy = Determination.objects.get(pk=pk)
    wait()
    make_determination(determination=copy, by=people.decider)


def _withdraw(pk: int, people: "People", wait: Callable[[], object]) -> None:
    copy = Determination.objects.get(pk=pk)
    wait()
    withdraw_determination(determination=copy, by=people.inspector, reason="补充调查")


def trials(row: Determination, people: "People") -> list[Counter[str]]:
    """Repeat decision and withdrawal of the same proposal from the same point."""
    results = []
    for _trial in range(TRIALS):
        results.append(at_once([partial(verb, row.pk, people) for verb in (_make, _withdraw)]))
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE inspections_determination SET state = 'proposed', determination_date = NULL, "
                "decided_by_id = NULL, made_at = NULL, closed_reason = ''"
            )
    return results


def test_decision_and_withdrawal_have_one_winner(breach: Determination, people: "People") -> None:
    assert trials(breach, people) == [ONE_WINS] * TRIALS


def test_control_without_lock_loser_is_not_refused(
    breach: Determination, people: "People", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())

    assert any(result != ONE_WINS for result in trials(breach, people))
