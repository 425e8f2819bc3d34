"""A declared conflict of interest bars the officer from the case only."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.models import Application
from admission.applications.states import Outcome
from admission.decisions.actions.decisions import decide, recommend, send_back
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application, declare_conflict
from admission.review.actions.findings import record_finding
from admission.review.actions.supplements import record_remark, request_supplement
from admission.review.states import FindingResult
from admission.tests.factories import recommended, submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import Incomplete, NotAllowed

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
REASON = "配偶在该行任职。"


def declare(application: Application, by: User) -> None:
    """Declare a conflict."""
    declare_conflict(application=application, by=by, reason=REASON)


def test_conflict_is_recorded_with_its_reason(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    declare(submitted(bank, clerk), people.reviewer)
    entry = Entry.objects.get(verb="declare_conflict")
    assert (entry.actor, entry.reason) == (people.reviewer, REASON)


def test_conflict_bars_every_step_of_the_review(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = submitted(bank, clerk)
    first = application.edition.criteria.get(number=1)
    declare(application, people.intake)
    with pytest.raises(NotAllowed):
        accept_application(application=application, by=people.intake)
    with pytest.raises(NotAllowed):
        record_remark(application=application, criterion=first, by=people.intake, text="缺")
    with pytest.raises(NotAllowed):
        request_supplement(application=application, by=people.intake)
    declare(application, people.reviewer)
    with pytest.raises(NotAllowed):
        record_finding(
            application=application,
            criterion=first,
            by=people.reviewer,
            result=FindingResult.MET,
            reason="已人工核实。",
        )
    with pytest.raises(NotAllowed):
        recommend(application=application, by=people.reviewer, outcome=Outcome.APPROVE, reason="齐全。")


def test_decider_without_conflict_decides(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = recommended(bank, clerk, people)
    declare(application, people.decider)
    for verb in (decide, lambda **given: send_back(**given, reason="再核")):
        with pytest.raises(NotAllowed):
            verb(application=application, by=people.decider)
    decided = decide(application=application, by=people.second_decider)
    assert decided.outcome == Outcome.APPROVE


def test_conflict_bars_no_other_case(
    bank: Bank, other_bank: Bank, clerk: User, stranger: User, edition: PolicyEdition, people: "People"
) -> None:
    declare(submitted(bank, clerk), people.intake)
    other = submitted(other_bank, stranger)
    assert accept_application(application=other, by=people.intake).accepted_on


def test_conflict_needs_reason_and_role_and_is_declared_once(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = submitted(bank, clerk)
    with pytest.raises(Incomplete):
        declare_conflict(application=application, by=people.reviewer, reason=" ")
    for person in (people.auditor, people.assessor, clerk):
        with pytest.raises(NotAllowed):
            declare(application, person)
    declare(application, people.reviewer)
    with pytest.raises(NotAllowed) as again:
        declare(application, people.reviewer)
    assert again.value.code == "conflict"


def test_conflict_removes_case_from_work_list(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = submitted(bank, clerk)
    client.force_login(people.intake)
    assert application.case_number in client.get("/admin/").content.decode().split("<aside>")[0]
    sheet = reverse("admin:admission_application_action", args=[application.pk, "declare_conflict"])
    assert client.post(sheet, {"reason": REASON}).status_code == 302
    assert application.case_number not in client.get("/admin/").content.decode().split("<aside>")[0]
    accept = reverse("admin:admission_application_action", args=[application.pk, "accept_application"])
    assert 'role="alert"' in client.get(accept).content.decode()
