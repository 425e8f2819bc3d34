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
from exit.cases.actions.grounds import open_for_lapsed_order
from exit.cases.models import ExitCase
from exit.cases.tests.factories import filed, lapsed_assessment_order
from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.factories import qualified
from zsbank.base.accounts.models import User
from zsbank.base.letters.models import Letter
from zsbank.base.refusals import WrongState

if TYPE_CHECKING:
    from conftest import People

TRIALS = 30
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.usefixtures("journal_not_asked"),
]


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


def test_loser_reads_who_signed_and_when(proposed: ExitCase, people: "People") -> None:
    said: list[str] = []

    def sign(person: User, wait: Callable[[], object]) -> None:
        try:
            _sign(proposed.pk, person, wait)
        except WrongState as refusal:
            said.append(str(refusal))
            raise

    both = (people.decider, people.second_decider)
    assert at_once([partial(sign, person) for person in both]) == ONE_WINS
    winner = ExitCase.objects.get().signed_by
    assert winner is not None
    assert said[0].startswith(f"{winner.name}已于")


# A ground that joins while the exit is signed -------------------------------------------------------------


@pytest.fixture
def lapsed(proposed: ExitCase) -> RectificationOrder:
    """An order of the same bank that has lapsed and is in no case yet."""
    return lapsed_assessment_order(proposed.qualification)


def _join(pk: int, wait: Callable[[], object]) -> None:
    copy = RectificationOrder.objects.get(pk=pk)
    wait()
    open_for_lapsed_order(order=copy, by=None)


def joining_trials(case: ExitCase, order: RectificationOrder, people: "People") -> list[Counter[str]]:
    """Repeat the signature while the order joins the case."""
    results = []
    for _trial in range(TRIALS):
        both = [partial(_sign, case.pk, people.decider), partial(_join, order.pk)]
        results.append(at_once(both))
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM exit_ground WHERE order_id = %s", [order.pk])
            cursor.execute("UPDATE inspections_rectificationorder SET state = 'lapsed'")
        _undo()
        Bank.objects.update(standing="under_rectification")
    return results


def test_ground_joins_before_the_signature_or_not_at_all(
    proposed: ExitCase, lapsed: RectificationOrder, people: "People"
) -> None:
    assert joining_trials(proposed, lapsed, people) == [ONE_WINS] * TRIALS


def test_control_without_lock_a_ground_joins_a_signed_case(
    proposed: ExitCase, lapsed: RectificationOrder, people: "People", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())

    assert any(result != ONE_WINS for result in joining_trials(proposed, lapsed, people))
