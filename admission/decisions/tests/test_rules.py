"""What findings support, and what is judged again when a decision is signed."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from admission.applications.models import Application
from admission.applications.states import Outcome
from admission.decisions.actions.decisions import decide
from admission.decisions.models import Decision
from admission.decisions.rules import may_decide, may_recommend
from admission.editions.terms import NeededFor
from admission.review.actions.opinions import ask_opinion, withdraw_question
from admission.review.models import Finding
from admission.review.states import FindingResult
from admission.tests.factories import accepted, find_all, recommended
from banks.register.models import Bank
from banks.register.states import Standing
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.refusals import Refused, Verdict

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
MET, NOT_MET, SUPPLEMENT = FindingResult.MET, FindingResult.NOT_MET, FindingResult.SUPPLEMENT
BEFORE_APPROVAL, AFTER_IT = 5, 8
"""Criterion 8, the technical review, is needed only for issuing."""


@pytest.fixture
def application(bank: Bank, clerk: User, people: "People") -> Application:
    """Under review, every criterion found met."""
    made = accepted(bank, clerk, people)
    find_all(made, people.reviewer)
    return made


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


def found(application: Application, number: int, result: FindingResult) -> None:
    """Change the finding on a criterion in the table."""
    Finding.objects.filter(application=application, criterion__number=number).update(
        result=result, reason="示例"
    )


@pytest.mark.parametrize(
    ("number", "result", "against_approval", "against_refusal"),
    [
        (BEFORE_APPROVAL, MET, [], ["all_met"]),
        (BEFORE_APPROVAL, NOT_MET, ["not_met"], []),
        (BEFORE_APPROVAL, SUPPLEMENT, ["not_met"], ["all_met"]),
        (AFTER_IT, MET, [], ["all_met"]),
        (AFTER_IT, NOT_MET, ["not_met"], []),
        (AFTER_IT, SUPPLEMENT, [], ["all_met"]),
    ],
)
def test_findings_support_an_outcome(
    application: Application,
    number: int,
    result: FindingResult,
    against_approval: list[str],
    against_refusal: list[str],
) -> None:
    criterion = application.edition.criteria.get(number=number)
    assert (criterion.needed_for == NeededFor.ISSUING) == (number == AFTER_IT)
    found(application, number, result)
    assert codes(may_recommend(application, Outcome.APPROVE)) == against_approval
    assert codes(may_recommend(application, Outcome.REFUSE)) == against_refusal


def test_criterion_without_finding_stands_against_both(application: Application) -> None:
    Finding.objects.filter(application=application, criterion__number=3).delete()
    for outcome in Outcome:
        assert codes(may_recommend(application, outcome)) == ["not_found"]


def test_pending_opinion_stands_against_both_until_it_is_withdrawn(
    application: Application, people: "People"
) -> None:
    found(application, BEFORE_APPROVAL, NOT_MET)
    criterion = application.edition.criteria.get(number=6)
    [opinion] = ask_opinion(application=application, by=people.reviewer, criteria=[criterion])
    assert codes(may_recommend(application, Outcome.REFUSE)) == ["opinion"]
    withdraw_question(opinion=opinion, by=people.reviewer, reason="已另行确认。")
    assert codes(may_recommend(application, Outcome.REFUSE)) == []


@pytest.mark.parametrize("standing", [Standing.QUALIFIED, Standing.LOCKED_OUT, Standing.EXITED])
def test_bank_that_became_barred_or_qualified_is_not_admitted(
    bank: Bank, clerk: User, people: "People", standing: Standing
) -> None:
    application = recommended(bank, clerk, people)
    day = clock.today() + dt.timedelta(days=30)
    Bank.objects.filter(pk=bank.pk).update(
        standing=standing, bar_last_day=day, may_apply_from=day + dt.timedelta(days=1)
    )
    with pytest.raises(Refused) as refusal:
        decide(application=application, by=people.decider)
    assert refusal.value.code == ("qualified" if standing == Standing.QUALIFIED else "barred")
    assert not Decision.objects.exists()


def test_refusal_is_not_offered_before_the_bank_could_state_its_case(
    bank: Bank, clerk: User, people: "People"
) -> None:
    with clock.playing(dt.date(2026, 9, 22)):
        application = recommended(bank, clerk, people, Outcome.REFUSE)
    for day, against in ((dt.date(2026, 9, 30), ["not_over"]), (dt.date(2026, 10, 1), [])):
        with clock.playing(day):
            assert codes(may_decide(people.decider, application)) == against
