"""Environment variables of scanner, quota and identity service; invalid values stop the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from zsbank import environment


@pytest.mark.parametrize(
    "given", ["", "unix:/run/clamav/clamd.ctl", "tcp:scanner:3310", "tcp:127.0.0.1:3310", "tcp:[::1]:3310"]
)
def test_scanner_socket_is_unix_tcp_or_none(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ZSBANK_CLAMAV", f" {given}\n")
    assert environment.socket_address("ZSBANK_CLAMAV") == given


@pytest.mark.parametrize(
    "given", ["/run/clamd.ctl", "unix:clamd.ctl", "tcp:scanner", "tcp::3310", "tcp:a:70000"]
)
def test_invalid_scanner_socket_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ZSBANK_CLAMAV", given)
    with pytest.raises(ImproperlyConfigured, match="ZSBANK_CLAMAV"):
        environment.socket_address("ZSBANK_CLAMAV")


@pytest.mark.parametrize(("given", "number"), [("", 1024), ("5", 5), (" 20 ", 20)])
def test_number_is_read(monkeypatch: pytest.MonkeyPatch, given: str, number: int) -> None:
    monkeypatch.setenv("ZSBANK_CASE_QUOTA_MB", given)
    assert environment.integer("ZSBANK_CASE_QUOTA_MB", 1024) == number


@pytest.mark.parametrize("given", ["0", "-1", "1.5", "much", "１２"])
def test_number_below_1_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ZSBANK_CASE_QUOTA_MB", given)
    with pytest.raises(ImproperlyConfigured, match="ZSBANK_CASE_QUOTA_MB"):
        environment.integer("ZSBANK_CASE_QUOTA_MB", 1024)


SERVICE = {
    "ZSBANK_OIDC_ISSUER": "https://identity.example",
    "ZSBANK_OIDC_CLIENT_ID": "zsbank",
    "ZSBANK_OIDC_CLIENT_SECRET": "a secret",
}


def test_no_identity_service_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZSBANK_OIDC_ISSUER", raising=False)
    assert environment.identity_service("production") is None


def test_identity_service_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SERVICE.items():
        monkeypatch.setenv(name, value)
    found = environment.identity_service("production")
    assert found is not None
    assert (found.issuer, found.claim) == ("https://identity.example", "preferred_username")


@pytest.mark.parametrize("name", ["ZSBANK_OIDC_CLIENT_ID", "ZSBANK_OIDC_CLIENT_SECRET"])
def test_incomplete_identity_service_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for other, value in SERVICE.items():
        monkeypatch.setenv(other, "" if other == name else value)
    with pytest.raises(ImproperlyConfigured, match=name):
        environment.identity_service("production")


def test_identity_service_without_tls_is_refused_in_production(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in SERVICE.items():
        monkeypatch.setenv(name, value.replace("https:", "http:"))
    with pytest.raises(ImproperlyConfigured, match="https://"):
        environment.identity_service("production")
    assert environment.identity_service("local") is not None
