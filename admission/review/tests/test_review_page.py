"""The review page: access, saving, and refusals."""

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.actions.applications import start_application
from admission.applications.models import Application, Evidence
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.tests.factories import answer_all, submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition, people: "People") -> Application:
    """An application under review."""
    return accept_application(application=submitted(bank, clerk), by=people.intake)


def desk(application: Application, number: int = 5) -> str:
    """The address of the review page at a criterion."""
    return reverse("admin:admission_application_review", args=[application.pk, number])


def test_finding_is_autosaved(client: Client, application: Application, people: "People") -> None:
    client.force_login(people.reviewer)
    said = client.post(desk(application), {"result": "met", "reason": ""}, headers={"HX-Request": "true"})
    assert application.findings.get().result == "met"
    assert 'id="said"' in said.content.decode()
    assert re.search(r'id="item-5"\s+hx-swap-oob="true"', said.content.decode())


def test_finding_is_saved_without_javascript(
    client: Client, application: Application, people: "People"
) -> None:
    client.force_login(people.reviewer)
    answer = client.post(desk(application), {"result": "not_met", "reason": "两个网点没有窗口。"})
    assert answer.headers["Location"] == desk(application)
    assert application.findings.get().reason == "两个网点没有窗口。"


def test_finding_not_met_needs_a_reason(client: Client, application: Application, people: "People") -> None:
    client.force_login(people.reviewer)
    said = client.post(desk(application), {"result": "not_met"}, headers={"HX-Request": "true"})
    assert not application.findings.exists()
    assert 'class="said bad"' in said.content.decode()


@pytest.mark.parametrize("given", [{}, {"result": "perhaps"}, {"result": "met", "reason": "长" * 2001}])
def test_invalid_finding_is_refused_with_reason(
    client: Client, application: Application, people: "People", given: dict[str, str]
) -> None:
    client.force_login(people.reviewer)
    said = client.post(desk(application), given, headers={"HX-Request": "true"})
    assert (said.status_code, application.findings.count()) == (200, 0)
    assert 'class="said bad"' in said.content.decode()


def test_decider_reads_review_page_only(client: Client, application: Application, people: "People") -> None:
    client.force_login(people.decider)
    assert 'name="result"' not in client.get(desk(application)).content.decode()
    client.post(desk(application), {"result": "met"}, headers={"HX-Request": "true"})
    assert not application.findings.exists()


def test_auditors_and_banks_cannot_open_review_page(
    client: Client, application: Application, people: "People", clerk: User
) -> None:
    seen = []
    for person in (people.auditor, clerk):
        client.force_login(person)
        seen.append(client.get(desk(application)).status_code)
    assert seen == [403, 302]


def test_missing_criterion_or_case_is_not_found(
    client: Client, application: Application, people: "People"
) -> None:
    client.force_login(people.reviewer)
    paths = (desk(application, 25), desk(Application(pk=application.pk + 1)))
    assert [client.get(path).status_code for path in paths] == [404, 404]


def test_draft_is_hidden_from_officers(
    client: Client, other_bank: Bank, stranger: User, edition: PolicyEdition, people: "People"
) -> None:
    draft = start_application(bank=other_bank, by=stranger)
    answer_all(draft, stranger)
    client.force_login(people.reviewer)
    assert client.get(desk(draft)).status_code == 404


def test_evidence_opens_in_its_own_case_and_is_recorded(
    client: Client, application: Application, other_bank: Bank, stranger: User, people: "People"
) -> None:
    other = submitted(other_bank, stranger)
    own, foreign = (Evidence.objects.filter(answer__application=of).first() for of in (application, other))
    assert own
    assert foreign
    client.force_login(people.reviewer)
    paths = [
        reverse("admin:admission_application_file", args=[application.pk, file.file_id])
        for file in (own, foreign)
    ]
    shown, hidden = (client.get(path) for path in paths)
    assert (b"".join(shown.streaming_content).startswith(b"%PDF-"), hidden.status_code) == (True, 404)  # type: ignore[attr-defined]
    assert Entry.objects.get(verb="open_file").data["sha256"] == own.file.sha256


def test_review_page_opens_first_criterion_without_finding(
    client: Client, application: Application, people: "People"
) -> None:
    client.force_login(people.reviewer)
    client.post(desk(application, 1), {"result": "met"})
    answer = client.get(reverse("admin:admission_application_review_first", args=[application.pk]))
    assert answer.headers["Location"] == desk(application, 2)
