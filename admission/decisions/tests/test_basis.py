"""A recommendation is void once its basis changes."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.models import Application
from admission.applications.states import ApplicationState, Outcome
from admission.decisions.actions.decisions import decide, recommend, send_back
from admission.decisions.basis import changed_since
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import declare_conflict
from admission.review.actions.findings import record_finding
from admission.review.states import FindingResult
from admission.tests.factories import recommended
from banks.outlets.actions import outlets as banks
from banks.outlets.data import OutletData
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.registry import steps
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition, people: "People") -> Application:
    """An application recommended for approval, of a bank with one outlet."""
    OutletFactory.create(bank=bank, name="示例小榄支行", windows=2)
    return recommended(bank, clerk, people)


def close_windows(application: Application, clerk: User) -> None:
    """Change the outlet to have no windows."""
    outlet = application.bank.outlets.get()
    data = OutletData(name=outlet.name, town=outlet.town, address=outlet.address, windows=0)
    banks.save_outlet(bank=application.bank, outlet=outlet, data=data, by=clerk)


def sweep() -> list[bool]:
    """Run the sweep step for void recommendations."""
    step = next(step for step in steps() if step.name == "void_recommendation")
    return [step.do(pk) for pk in list(step.due(clock.today()))]


def test_unchanged_recommendation_remains_valid(application: Application, people: "People") -> None:
    assert changed_since(application.recommendations.get()) == []
    assert sweep() == []
    assert decide(application=application, by=people.decider).outcome == Outcome.APPROVE


def test_changed_outlet_blocks_the_decision(application: Application, people: "People", clerk: User) -> None:
    close_windows(application, clerk)
    change = next(one for one in changed_since(application.recommendations.get()) if one.before == "2")
    assert (change.where, change.after) == ("网点 示例小榄支行", "0")
    with pytest.raises(WrongState, match="示例小榄支行"):
        decide(application=application, by=people.decider)


def test_sweep_voids_recommendation_once(application: Application, clerk: User) -> None:
    close_windows(application, clerk)
    assert sweep() == [True]
    assert sweep() == []
    application.refresh_from_db()
    assert application.state == ApplicationState.UNDER_REVIEW
    assert "示例小榄支行" in application.recommendations.get().sent_back_reason
    assert Entry.objects.get(verb="void_recommendation").actor is None


def test_reviewers_conflict_voids_recommendation(application: Application, people: "People") -> None:
    declare_conflict(application=application, by=people.reviewer, reason="配偶在该行任职。")
    with pytest.raises(WrongState):
        decide(application=application, by=people.decider)


def test_decider_sees_changes_since_earlier_recommendation(
    client: Client, application: Application, people: "People", edition: PolicyEdition
) -> None:
    send_back(application=application, by=people.decider, reason="第8条再核。")
    record_finding(
        application=application,
        criterion=edition.criteria.get(number=8),
        by=people.reviewer,
        result=FindingResult.SUPPLEMENT,
        reason="审核文件未到。",
    )
    recommend(
        application=application,
        by=people.reviewer,
        outcome=Outcome.APPROVE,
        reason="发卡前补齐。",
    )
    client.force_login(people.decider)
    sheet = reverse("admin:admission_application_action", args=[application.pk, "decide"])
    page = client.get(sheet).content.decode()
    assert "审核文件未到。" in page
