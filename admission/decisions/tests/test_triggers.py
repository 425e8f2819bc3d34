"""Database triggers refuse a decision that does not match its recommendation."""

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, connection, transaction

from admission.applications.models import Application
from admission.applications.states import Outcome
from admission.decisions import triggers
from admission.decisions.actions.decisions import decide
from admission.decisions.models import Decision, Recommendation
from admission.editions.models import PolicyEdition
from admission.tests.factories import recommended
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
MATCH = "recommendation it rests on"


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition, people: "People") -> Application:
    """An application recommended for approval."""
    return recommended(bank, clerk, people)


@pytest.fixture
def decision(application: Application, people: "People") -> Decision:
    """Its decision."""
    return decide(application=application, by=people.decider)


def again(decision: Decision, **other: Any) -> Decision:
    """Insert the decision again directly in the database, with changed fields."""
    rest = {
        "application": decision.application,
        "recommendation": decision.recommendation,
        "outcome": decision.outcome,
        "reason": decision.reason,
        "recommended_by": decision.recommended_by,
        "by": decision.by,
        "at": clock.now(),
        "letter": decision.letter,
    }
    decision.agreements.all().delete()
    Decision.objects.filter(pk=decision.pk).delete()
    return Decision.objects.create(**rest | other)


def test_triggers_accept_a_valid_decision(decision: Decision) -> None:
    assert decision.recommended_by == decision.recommendation.by
    assert again(decision).pk != decision.pk


def test_triggers_refuse_another_recommender(decision: Decision, people: "People") -> None:
    with pytest.raises(IntegrityError, match=MATCH), transaction.atomic():
        again(decision, recommended_by=people.inspector, by=people.reviewer)
    with pytest.raises(IntegrityError, match=MATCH), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(recommended_by=people.inspector)
    assert Decision.objects.get(pk=decision.pk).recommended_by == people.reviewer


def test_triggers_refuse_another_outcome_or_case(decision: Decision) -> None:
    with pytest.raises(IntegrityError, match=MATCH), transaction.atomic():
        again(decision, outcome=Outcome.REFUSE)


def test_triggers_refuse_changing_a_decided_recommendation(decision: Decision, people: "People") -> None:
    rows = Recommendation.objects.filter(pk=decision.recommendation_id)
    for change in ({"by": people.inspector}, {"outcome": Outcome.REFUSE}):
        with pytest.raises(IntegrityError, match=MATCH), transaction.atomic():
            rows.update(**change)
    rows.update(reason="另述。")


def test_triggers_allow_changing_an_undecided_recommendation(
    application: Application, people: "People"
) -> None:
    assert application.recommendations.update(by=people.inspector) == 1


def test_control_without_triggers_decision_is_accepted(decision: Decision, people: "People") -> None:
    triggers.remove(connection)
    try:
        with transaction.atomic():
            assert again(decision, recommended_by=people.inspector, by=people.reviewer).pk
            transaction.set_rollback(True)
    finally:
        triggers.install(connection)
