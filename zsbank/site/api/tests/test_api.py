"""The API: the same rules as the pages, errors as problems, no information about other banks."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.actions.applications import start_application, withdraw_application
from admission.applications.models import Application
from admission.editions.models import PolicyEdition
from admission.tests.factories import admitted, answer_all
from banks.register.models import Bank
from banks.tests.factories import make_bank
from zsbank.base.accounts.models import User

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_clerk(client: Client, clerk: User) -> Client:
    client.force_login(clerk)
    return client


def problem(response: Any) -> dict[str, Any]:
    """Return the problem of a response, after checking its format."""
    assert response.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert {"type", "title", "status", "detail"} <= set(body)
    assert body["status"] == response.status_code
    return body


def test_anonymous_request_is_refused(client: Client, edition: PolicyEdition) -> None:
    for name in ("criterion", "bank", "application", "letter"):
        response = client.get(reverse(f"api:{name}-list"))
        assert response.status_code == 403
        problem(response)


def test_criteria_are_ordered(as_clerk: Client, edition: PolicyEdition) -> None:
    rows = as_clerk.get(reverse("api:criterion-list")).json()["results"]

    assert [row["number"] for row in rows] == list(range(1, 25))
    assert as_clerk.get(reverse("api:criterion-detail", args=[99])).status_code == 404


def test_member_starts_answers_and_submits(
    as_clerk: Client, bank: Bank, clerk: User, edition: PolicyEdition
) -> None:
    created = as_clerk.post(reverse("api:application-list"), content_type="application/json")
    assert created.status_code == 201
    number = created.json()["id"]
    answered = as_clerk.put(
        f"/api/v1/applications/{number}/answers/9/",
        {"text": "自行承担。", "signatory": "示例负责人", "signed_on": "2020-01-02", "version": 0},
        content_type="application/json",
    )
    assert answered.json()["version"] == 1
    early = as_clerk.post(f"/api/v1/applications/{number}/submit/", content_type="application/json")
    assert problem(early)["title"] == "incomplete"
    assert early.status_code == 422

    withdraw_application(application=Application.objects.get(pk=number), by=clerk, reason="")
    application = start_application(bank=bank, by=clerk)
    answer_all(application, clerk)
    done = as_clerk.post(f"/api/v1/applications/{application.pk}/submit/", content_type="application/json")
    assert done.json()["state"] == "submitted"


def test_stale_version_is_edit_conflict(
    as_clerk: Client, bank: Bank, clerk: User, edition: PolicyEdition
) -> None:
    application = start_application(bank=bank, by=clerk)
    address = f"/api/v1/applications/{application.pk}/answers/9/"
    as_clerk.put(address, {"text": "甲", "version": 0}, content_type="application/json")

    response = as_clerk.put(address, {"text": "乙", "version": 0}, content_type="application/json")

    assert response.status_code == 409
    assert problem(response)["title"] == "stale"


def test_application_of_another_bank_is_not_found(
    client: Client, bank: Bank, clerk: User, stranger: User, edition: PolicyEdition
) -> None:
    application = start_application(bank=bank, by=clerk)
    client.force_login(stranger)

    for address, key in (("/api/v1/applications/{}/", application.pk), ("/api/v1/banks/{}/", bank.pk)):
        theirs, nobodys = client.get(address.format(key)), client.get(address.format(999999))
        assert theirs.status_code == nobodys.status_code == 404
        assert theirs.content == nobodys.content
    assert client.get(reverse("api:application-list")).json()["results"] == []


def test_letters_are_listed_for_auditor_not_for_clerk(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    admitted(bank, clerk, people)
    client.force_login(clerk)
    assert client.get(reverse("api:letter-list")).status_code == 403
    client.force_login(people.auditor)
    [row] = client.get(reverse("api:letter-list")).json()["results"]
    assert row["document_number"].endswith("1号")


def test_bank_list_takes_constant_queries(
    client: Client, people: "People", bank: Bank, django_assert_num_queries: Callable[..., Any]
) -> None:
    client.force_login(people.intake)
    client.get(reverse("api:bank-list"))
    with django_assert_num_queries(4) as one:
        client.get(reverse("api:bank-list"))
    for number in range(50):
        make_bank(f"示例银行{number}", f"TEST{number:014d}")
    with django_assert_num_queries(len(one.captured_queries)):
        assert len(client.get(reverse("api:bank-list")).json()["results"]) == 50


def test_schema_page_loads_nothing_external(as_clerk: Client) -> None:
    assert as_clerk.get(reverse("api:schema")).status_code == 200
    page = as_clerk.get(reverse("api:docs")).content.decode()
    assert "http://" not in page.replace("http://testserver", "")
    assert "https://" not in page
