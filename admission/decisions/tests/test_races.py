"""Concurrent decisions, on PostgreSQL: exactly one succeeds; the control has the lock off."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.db.models import QuerySet

from admission.applications.models import Application
from admission.decisions.actions import agreements
from admission.decisions.actions.decisions import decide
from admission.decisions.models import Agreement, Decision
from admission.decisions.terms import AgreementKind
from admission.editions.models import PolicyEdition
from admission.tests.factories import pdf_file, recommended
from banks.register.models import Bank
from banks.tests.races import ONE_WINS, at_once
from conftest import make_officer
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal import actions as journal
from zsbank.base.letters.models import Letter
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

TRIALS = 50
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def _decide(pk: int, person: User, wait: Callable[[], object]) -> None:
    copy = Application.objects.get(pk=pk)
    wait()
    decide(application=copy, by=person)


def trials(application: Application, people: "People") -> list[Counter[str]]:
    """Repeat the decision of the same case from the same point."""
    results = []
    for _trial in range(TRIALS):
        both = (people.decider, people.second_decider)
        results.append(at_once([partial(_decide, application.pk, person) for person in both]))
        _undo(application)
    return results


def _undo(application: Application) -> None:
    Agreement.objects.all().delete()
    Decision.objects.all().delete()
    Letter.objects.all().delete()
    application.bank.qualifications.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE banks_bank SET standing = 'applicant'")
        cursor.execute("UPDATE admission_application SET state = 'recommended', closed_on = NULL")
    application.refresh_from_db()
    journal.record(verb=Verb.DECIDE, by=None, subject=application, uscc=application.bank.uscc)


def test_concurrent_decisions_have_one_winner(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    assert trials(recommended(bank, clerk, people), people) == [ONE_WINS] * TRIALS


def test_control_without_lock_loser_is_not_refused(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People", monkeypatch: pytest.MonkeyPatch
) -> None:
    application = recommended(bank, clerk, people)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())

    assert any(result != ONE_WINS for result in trials(application, people))


def _agree(pk: int, person: User, wait: Callable[[], object]) -> None:
    copy = Application.objects.get(pk=pk)
    wait()
    agreements.record_agreement(
        application=copy,
        kind=AgreementKind.COOPERATION,
        by=person,
        number="合作1号",
        bank_signed_on=clock.today(),
        bureau_signed_on=clock.today(),
        document=pdf_file(),
        document_name="合作协议.pdf",
    )


def test_concurrent_agreement_takes_effect_once(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = recommended(bank, clerk, people)
    decide(application=application, by=people.decider)
    second = make_officer("reviewer2", Role.REVIEWER)
    both = (people.reviewer, second)
    result = at_once([partial(_agree, application.pk, person) for person in both])
    assert result == ONE_WINS
    assert Agreement.objects.filter(kind=AgreementKind.COOPERATION).count() == 1
    assert bank.qualifications.count() == 1
