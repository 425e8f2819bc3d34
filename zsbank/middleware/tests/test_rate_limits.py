"""What is refused at the door: too much at once, too often, the API without TLS."""

from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from admission.editions.models import PolicyEdition
from banks.members.models import Invitation
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.middleware.rate_limits import COSTLY
from zsbank.settings import PACE

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
MULTIPART = "multipart/form-data; boundary=x"


@pytest.fixture
def pace(settings: Settings) -> dict[str, str]:
    """Three of everything a minute, counted from nothing."""
    caches["pace"].clear()
    settings.PACE = {"reads": "3/min", "writes": "3/min", "costly": "2/min"}
    return {}


def statuses(client: Client, times: int, path: str, **more: Any) -> list[int]:
    """How an address answers, time after time."""
    return [client.get(path, **more).status_code for _ in range(times)]


def test_who_reads_too_often_waits_and_is_told_how_long(
    client: Client, clerk: User, edition: PolicyEdition, pace: dict[str, str]
) -> None:
    client.force_login(clerk)
    assert statuses(client, 4, "/") == [200, 200, 200, 429]
    answer = client.get("/")
    assert 0 < int(answer.headers["Retry-After"]) <= 61
    assert "操作过于频繁" in answer.content.decode()


def test_the_pace_is_each_persons_own(
    client: Client, clerk: User, administrator: User, edition: PolicyEdition, pace: dict[str, str]
) -> None:
    client.force_login(clerk)
    statuses(client, 4, "/")
    client.force_login(administrator)
    assert client.get("/").status_code == 200


def test_the_api_says_it_in_its_own_shape(client: Client, clerk: User, pace: dict[str, str]) -> None:
    client.force_login(clerk)
    statuses(client, 3, "/api/v1/banks/")
    answer = client.get("/api/v1/banks/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (429, "application/problem+json")
    assert answer.json()["title"] == "too_often"


def test_nobody_floods_strangers_with_invitations(
    client: Client, administrator: User, bank: Bank, pace: dict[str, str]
) -> None:
    client.force_login(administrator)
    said = [
        client.post(
            reverse("banks:members"), {"name": "新人", "email": f"{n}@x.example", "role": "bank_clerk"}
        )
        for n in range(3)
    ]
    assert [answer.status_code for answer in said] == [302, 302, 429]
    assert Invitation.objects.count() == 2


def test_an_export_is_costly(client: Client, people: "People", pace: dict[str, str]) -> None:
    client.force_login(people.auditor)
    address = reverse("admin:journal_entry_export")
    seen = []
    for _ in range(3):
        answer = client.get(address)
        seen.append(answer.status_code)
        if answer.streaming:
            answer.getvalue()
    assert seen == [200, 200, 429]


def test_every_costly_page_is_an_address() -> None:
    for name in COSTLY:
        args = [1] if name in ("admission:receipt_pdf", "banks:renew_invitation") else []
        assert reverse(name, args=args)


def test_outside_tests_every_kind_has_a_rate() -> None:
    assert set(PACE) == {"reads", "writes", "costly"}


@pytest.mark.parametrize("path", ["/accounts/login/", "/api/v1/applications/", "/bank/invitation/"])
def test_who_is_not_signed_in_hands_in_no_files(client: Client, path: str, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    file = SimpleUploadedFile("a.pdf", b"x" * 1000)
    assert client.post(path, {"file": file}).status_code == 413


def test_a_body_without_end_is_refused_before_it_is_read(
    client: Client, clerk: User, settings: Settings
) -> None:
    client.force_login(clerk)
    more = str(settings.REQUEST_MAX_BYTES + 1)
    answer = client.generic("POST", "/", b"x", MULTIPART, CONTENT_LENGTH=more)
    assert answer.status_code == 413
    assert "300 MB" in answer.content.decode()


def test_the_api_takes_no_more_than_a_form_without_files(
    client: Client, clerk: User, settings: Settings
) -> None:
    client.force_login(clerk)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.put(
        "/api/v1/applications/1/answers/1/", {"text": "甲" * 1000}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["title"]) == (413, "too_large")


def test_behind_tls_the_api_refuses_plain_http_and_pages_lead_to_https(
    client: Client, settings: Settings
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^api/"]
    refused = client.get("/api/v1/banks/")
    assert (refused.status_code, refused.json()["title"]) == (403, "https_only")
    assert client.get("/api/v1/banks/", secure=True).json()["title"] != "https_only"
    assert client.get("/accounts/login/").headers["Location"] == "https://testserver/accounts/login/"
