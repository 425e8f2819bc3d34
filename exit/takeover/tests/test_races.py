"""A takeover confirmed by two persons at once, or while its bank applies, on PostgreSQL: exactly one succeeds.

The controls have the lock off.
"""

import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.db.models import QuerySet

from admission.applications.actions.applications import start_application
from admission.applications.models import Application
from admission.editions.models import PolicyEdition
from banks.register.models import Bank, Qualification
from banks.tests.races import ONE_WINS, at_once
from exit.takeover.actions import takeovers
from exit.takeover.actions.takeovers import confirm_takeover
from exit.takeover.checks.plan import Plan, plan_of
from exit.takeover.columns.column import BANK
from exit.takeover.data import Rows
from exit.takeover.models import Takeover
from exit.takeover.tests.workbooks import bank as bank_row
from exit.takeover.tests.workbooks import entered, qualification, workbook
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock

if TYPE_CHECKING:
    from conftest import People

TRIALS = 6
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def _confirm(pk: int, person: User, wait: Callable[[], object]) -> None:
    copy = Takeover.objects.get(pk=pk)
    wait()
    confirm_takeover(takeover=copy, by=person)


def trials(people: "People") -> list[Counter[str]]:
    """Confirm a takeover of another bank in each trial."""
    results = []
    for number in range(1, TRIALS + 1):
        content = workbook(banks=[bank_row(number)], qualifications=[qualification(number)])
        takeover = entered(people, content, on=clock.today())
        both = (people.decider, people.second_decider)
        results.append(at_once([partial(_confirm, takeover.pk, person) for person in both]))
    return results


def test_one_of_two_confirmations_wins(people: "People", edition: PolicyEdition) -> None:
    assert trials(people) == [ONE_WINS] * TRIALS
    assert Bank.objects.count() == TRIALS


def test_control_without_lock_loser_is_not_refused(
    people: "People", edition: PolicyEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())
    assert any(result != ONE_WINS for result in trials(people))


def while_it_is_judged(
    known: Bank, clerk: User, people: "People", monkeypatch: pytest.MonkeyPatch
) -> Counter[str]:
    """Confirm the takeover of a registered bank that applies as soon as it was judged."""
    Bank.objects.filter(pk=known.pk).update(address="示例路1号")
    own = {
        BANK: known.uscc,
        "名称": known.name,
        "金融许可证机构编码": known.license_institution_code,
        "住所": "示例路1号",
    }
    held = qualification(1, **{BANK: known.uscc})
    content = workbook(banks=[bank_row(1, **own)], qualifications=[held])
    takeover = entered(people, content, on=clock.today())
    judged, applied = threading.Event(), threading.Event()

    def judge(rows: Rows) -> Plan:
        plan = plan_of(rows)
        judged.set()
        applied.wait(2)
        return plan

    def apply(wait: Callable[[], object]) -> None:
        wait()
        judged.wait(10)
        try:
            start_application(bank=Bank.objects.get(pk=known.pk), by=clerk)
        finally:
            applied.set()

    monkeypatch.setattr(takeovers, "plan_of", judge)
    return at_once([partial(_confirm, takeover.pk, people.decider), apply])


def test_bank_that_is_judged_cannot_apply_meanwhile(
    bank: Bank, clerk: User, people: "People", edition: PolicyEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert while_it_is_judged(bank, clerk, people, monkeypatch)["done"] == 1
    assert (Qualification.objects.count(), Application.objects.count()) == (1, 0)


def test_control_without_lock_of_banks_both_succeed(
    bank: Bank, clerk: User, people: "People", edition: PolicyEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(takeovers, "_lock_banks", lambda rows: None)
    assert while_it_is_judged(bank, clerk, people, monkeypatch)["done"] == 2
