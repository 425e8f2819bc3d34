"""The review page: access, saving, and refusals."""

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from admission.applications.actions.applications import start_application
from admission.applications.models import Application, Evidence
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.actions.casework import write_note
from admission.tests.factories import answer_all, submitted
from banks.register.models import Bank
from conftest import make_officer
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition, people: "People") -> Application:
    """An application under review."""
    return accept_application(application=submitted(bank, clerk), by=people.intake)


def desk(application: Application, number: int = 5) -> str:
    """Return the address of the review page at a criterion."""
    return reverse("admin:admission_application_review", args=[application.pk, number])


TOLD = {"Accept": "application/json"}


def test_saved_finding_returns_version(client: Client, application: Application, people: "People") -> None:
    client.force_login(people.reviewer)
    answer = client.post(
        desk(application), {"result": "met", "reason": "已人工核实。", "seen": ""}, headers=TOLD
    )
    said, finding = answer.json(), application.findings.get()
    assert (finding.result, said["seen"]) == ("met", finding.version)
    assert 'id="item-5"' in said["item"]
    assert 'id="count"' in said["count"]


def test_own_saves_do_not_conflict(client: Client, application: Application, people: "People") -> None:
    client.force_login(people.reviewer)
    for result in ("met", "not_met", "supplement"):
        given = {"result": result, "reason": "两个网点没有窗口。", "seen": ""}
        assert client.post(desk(application), given, headers=TOLD).status_code == 200
    assert application.findings.get().result == "supplement"


def test_repeated_save_is_recorded_once(client: Client, application: Application, people: "People") -> None:
    client.force_login(people.reviewer)
    for _time in range(2):
        client.post(desk(application), {"result": "met", "reason": "已人工核实。", "seen": ""}, headers=TOLD)
    assert Entry.objects.filter(verb="record_finding").count() == 1


def test_save_by_colleague_conflicts_and_is_shown(
    client: Client, application: Application, people: "People"
) -> None:
    colleague = make_officer("reviewer2", Role.REVIEWER)
    client.force_login(colleague)
    client.post(desk(application), {"result": "not_met", "reason": "没有窗口。", "seen": ""}, headers=TOLD)
    client.force_login(people.reviewer)
    mine = {"result": "met", "reason": "已人工核实。", "seen": ""}
    answer = client.post(desk(application), mine, headers=TOLD)
    theirs = answer.json()["theirs"]
    assert (answer.status_code, theirs["by"], theirs["reason"]) == (409, str(colleague), "没有窗口。")
    assert application.findings.get().by == colleague
    client.post(desk(application), mine | {"seen": theirs["seen"]}, headers=TOLD)
    assert application.findings.get().by == people.reviewer


def test_remark_by_colleague_conflicts_and_is_shown(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    waiting = submitted(bank, clerk)
    client.force_login(make_officer("intake2", Role.INTAKE_OFFICER))
    client.post(desk(waiting), {"text": "缺章程。", "seen": ""}, headers=TOLD)
    client.force_login(people.intake)
    answer = client.post(desk(waiting), {"text": "缺证照。", "seen": ""}, headers=TOLD)
    assert (answer.status_code, answer.json()["theirs"]["text"]) == (409, "缺章程。")


def test_reason_with_line_breaks_is_saved(client: Client, application: Application, people: "People") -> None:
    client.force_login(people.reviewer)
    client.post(
        desk(application), {"result": "not_met", "reason": "一、没有窗口。\n二、没有人员。"}, headers=TOLD
    )
    assert application.findings.get().reason.count("\n") == 1


def test_review_page_has_constant_query_count(
    client: Client, application: Application, people: "People"
) -> None:
    client.force_login(people.reviewer)
    client.get(desk(application))
    with CaptureQueriesContext(connection) as few:
        client.get(desk(application))
    for criterion in application.edition.criteria.all()[:6]:
        write_note(application=application, by=people.reviewer, text="备注。", criterion=criterion)
        client.post(
            desk(application, criterion.number), {"result": "met", "reason": "已人工核实。"}, headers=TOLD
        )
    with CaptureQueriesContext(connection) as many:
        client.get(desk(application))
    assert len(many) == len(few)


def test_finding_is_saved_without_javascript(
    client: Client, application: Application, people: "People"
) -> None:
    client.force_login(people.reviewer)
    answer = client.post(desk(application), {"result": "not_met", "reason": "两个网点没有窗口。"})
    assert answer.headers["Location"] == desk(application)
    assert application.findings.get().reason == "两个网点没有窗口。"


def test_finding_not_met_needs_reason(client: Client, application: Application, people: "People") -> None:
    client.force_login(people.reviewer)
    said = client.post(desk(application), {"result": "not_met"})
    told = client.post(desk(application), {"result": "not_met"}, headers=TOLD)
    assert not application.findings.exists()
    assert 'class="said bad"' in said.content.decode()
    assert (told.status_code, "理由" in told.json()["said"]) == (400, True)


@pytest.mark.parametrize("given", [{}, {"result": "perhaps"}, {"result": "met", "reason": "长" * 2001}])
def test_invalid_finding_is_refused_with_reason(
    client: Client, application: Application, people: "People", given: dict[str, str]
) -> None:
    client.force_login(people.reviewer)
    said = client.post(desk(application), given, headers=TOLD)
    assert (said.status_code, application.findings.count()) == (400, 0)
    assert said.json()["said"]


def test_decider_reads_review_page_only(client: Client, application: Application, people: "People") -> None:
    client.force_login(people.decider)
    assert 'name="result"' not in client.get(desk(application)).content.decode()
    client.post(desk(application), {"result": "met", "reason": "已人工核实。"}, headers=TOLD)
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
    client.post(desk(application, 1), {"result": "met", "reason": "已人工核实。"})
    answer = client.get(reverse("admin:admission_application_review_first", args=[application.pk]))
    assert answer.headers["Location"] == desk(application, 2)
