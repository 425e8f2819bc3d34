"""Setting a determination aside while an exit or a rectification is decided, on PostgreSQL; controls have no lock."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.db.models import QuerySet

from admission.editions.models import PolicyEdition
from banks.register.models import Bank, Qualification
from banks.tests.races import ONE_WINS, at_once
from exit.cases.actions.cases import propose_exit, sign_exit
from exit.cases.actions.grounds import open_exit_case
from exit.cases.models import ExitCase
from exit.cases.tests.factories import heard_until
from inspections.determinations.models import Determination
from inspections.determinations.tests.factories import determination
from inspections.rectification.models import RectificationOrder
from inspections.rectification.tests.factories import ordered, qualified, reported
from inspections.setting_aside.actions.settings_aside import accept_setting_aside
from inspections.setting_aside.models import SettingAside
from inspections.setting_aside.tests.factories import proposed
from inspections.verification.actions.deciding import accept_rectification
from inspections.verification.tests.factories import seen, verified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal import actions as journal
from zsbank.base.letters.models import Letter
from zsbank.base.permissions import Verb

if TYPE_CHECKING:
    from conftest import People

TRIALS = 20
EXIT_WINS = Counter({"done": 1, "Refused": 1})
"""The exit is in effect; who comes with the judgment reads that the exit itself is to be annulled."""

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.usefixtures("journal_not_asked"),
]
Wait = Callable[[], object]


@pytest.fixture
def qualification(bank: Bank, people: "People", edition: PolicyEdition) -> Qualification:
    """示例银行甲 is admitted and issues cards."""
    return qualified(bank, people.decider, dt.date(2020, 1, 6))


def undo(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


# Against the signature of an exit --------------------------------------------------------------------------


@pytest.fixture
def case(qualification: Qualification, administrator: User, people: "People") -> ExitCase:
    """An exit on a serious breach, proposed."""
    found = determination(qualification, by=people.inspector, decided_by=people.decider)
    return propose_exit(case=open_exit_case(determination=found, by=people.inspector), by=people.reviewer)


def _sign(person: User, wait: Wait) -> None:
    copy = ExitCase.objects.get()
    with clock.playing(heard_until(copy)):
        wait()
        sign_exit(case=copy, by=person)


def _bring_judgment(person: User, wait: Wait) -> None:
    copy = Determination.objects.get()
    wait()
    proposed(copy, person)


def exit_trials(people: "People") -> list[Counter[str]]:
    """Repeat a signature while a judgment on its ground is entered."""
    results = []
    for _trial in range(TRIALS):
        both = [partial(_sign, people.second_decider), partial(_bring_judgment, people.intake)]
        results.append(at_once(both))
        SettingAside.objects.all().delete()
        undo(
            "UPDATE exit_exitcase SET state = 'proposed', signed_at = NULL, signed_by_id = NULL, letter_id = NULL",
            "UPDATE banks_qualification SET cancelled_on = NULL",
            "UPDATE banks_bank SET standing = 'qualified', bar_last_day = NULL, may_apply_from = NULL",
        )
        Letter.objects.filter(kind="exit_notice").delete()
    return results


@pytest.mark.usefixtures("case")
def test_exit_is_signed_or_the_judgment_is_judged_first(people: "People") -> None:
    results = exit_trials(people)
    assert all(result in (ONE_WINS, EXIT_WINS) for result in results), results


@pytest.mark.usefixtures("case")
def test_control_without_lock_exit_is_signed_while_the_judgment_waits(
    people: "People", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())

    results = exit_trials(people)
    assert any(result not in (ONE_WINS, EXIT_WINS) for result in results)


# Against the acceptance of the rectification ---------------------------------------------------------------


@pytest.fixture
def waiting(qualification: Qualification, clerk: User, people: "People") -> SettingAside:
    """A judgment on the determination of an order whose report waits for its check."""
    order = ordered(qualification.bank, people, clock.today())
    reported(order, clerk, clock.now())
    verified(order, people.inspector)
    return proposed(Determination.objects.get(), people.intake)


def _accept_report(person: User, wait: Wait) -> None:
    copy = RectificationOrder.objects.get()
    read = seen(copy)
    wait()
    accept_rectification(order=copy, by=person, seen=read)


def _set_aside(person: User, wait: Wait) -> None:
    copy = SettingAside.objects.get()
    wait()
    accept_setting_aside(setting_aside=copy, by=person)


def order_trials(people: "People") -> list[tuple[Counter[str], str, str]]:
    """Repeat the acceptance of a report while the determination is set aside; return outcomes, order and standing."""
    results = []
    for _trial in range(TRIALS):
        both = [partial(_accept_report, people.second_decider), partial(_set_aside, people.decider)]
        outcome = at_once(both)
        order, bank = RectificationOrder.objects.get(), Bank.objects.get()
        results.append((outcome, str(order.state), str(bank.standing)))
        undo(
            "UPDATE inspections_settingaside SET state = 'proposed', decided_at = NULL, decided_by_id = NULL, "
            "letter_id = NULL",
            "UPDATE inspections_determination SET state = 'made'",
            "UPDATE inspections_rectificationorder SET state = 'reported', closed_on = NULL",
            "UPDATE inspections_rectificationreport SET accepted = NULL, checked_at = NULL, checked_by_id = NULL",
            "UPDATE banks_bank SET standing = 'under_rectification'",
        )
        Letter.objects.filter(kind__in=["determination_set_aside", "rectification_accepted"]).delete()
        order.refresh_from_db()
        journal.record(verb=Verb.WITHDRAW_ORDER, by=None, subject=order, uscc=bank.uscc)
    return results


BOTH = Counter({"done": 2})
"""The report was accepted first; the order that was accepted is withdrawn then."""


@pytest.mark.usefixtures("waiting")
def test_order_is_withdrawn_whoever_comes_first(people: "People") -> None:
    for outcome, order, standing in order_trials(people):
        assert outcome in (ONE_WINS, BOTH)
        assert (order, standing) == ("withdrawn", "qualified")


@pytest.mark.usefixtures("waiting")
def test_control_without_lock_loser_breaks(people: "People", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())

    results = order_trials(people)
    assert any(
        outcome not in (ONE_WINS, BOTH) or (order, standing) != ("withdrawn", "qualified")
        for outcome, order, standing in results
    )
