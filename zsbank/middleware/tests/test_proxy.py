"""Forwarded headers are trusted only as far as the reverse proxy sets them."""

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from zsbank.base.accounts.adapter import AccountAdapter
from zsbank.base.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def behind_a_proxy(settings: Settings) -> None:
    """Settings as in production."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLOWED_HOSTS = ["register.example"]


def address_of(**headers: str) -> str:
    """Return the client address that rate limits and the journal use."""
    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", headers=headers)
    return str(AccountAdapter(request).get_client_ip(request))


@pytest.mark.usefixtures("behind_a_proxy")
def test_client_address_is_last_one_in_forwarded_for() -> None:
    assert address_of(**{"x-forwarded-for": "10.9.9.9, 203.0.113.7"}) == "203.0.113.7"
    assert address_of(**{"x-real-ip": "10.9.9.9", "forwarded": "for=10.9.9.9"}) == "127.0.0.1"


def test_forwarded_for_is_ignored_without_proxy() -> None:
    assert address_of(**{"x-forwarded-for": "10.9.9.9"}) == "127.0.0.1"


@pytest.mark.usefixtures("behind_a_proxy")
def test_refused_sign_in_is_journalled_with_forwarded_address(client: Client) -> None:
    given = {"login": "nobody", "password": "wrong"}
    headers = {"x-forwarded-for": "10.9.9.9, 203.0.113.7", "host": "register.example"}
    client.post("/accounts/login/", given, headers=headers)
    assert Entry.objects.get(verb="refuse_sign_in").data["address"] == "203.0.113.7"


@pytest.mark.usefixtures("behind_a_proxy")
@pytest.mark.parametrize(
    "host", ["evil.example", "register.example:80@evil.example", "register.example.evil.example"]
)
def test_unknown_host_is_refused(client: Client, host: str) -> None:
    assert client.get("/accounts/login/", headers={"host": host}).status_code == 400


@pytest.mark.usefixtures("behind_a_proxy")
def test_forwarded_host_is_ignored(client: Client) -> None:
    headers = {
        "host": "register.example",
        "x-forwarded-host": "evil.example",
        "x-forwarded-server": "evil.example",
    }
    page = client.get("/accounts/login/?next=/", headers=headers)
    assert page.status_code == 200
    assert "evil.example" not in page.content.decode()
