"""What the environment may say of the scanner and of the quota; anything else stops the program at its start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from zsbank import environment


@pytest.mark.parametrize(
    "given", ["", "unix:/run/clamav/clamd.ctl", "tcp:scanner:3310", "tcp:127.0.0.1:3310", "tcp:[::1]:3310"]
)
def test_a_socket_is_of_either_kind_or_none(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ZSBANK_CLAMAV", f" {given}\n")
    assert environment.socket_address("ZSBANK_CLAMAV") == given


@pytest.mark.parametrize(
    "given", ["/run/clamd.ctl", "unix:clamd.ctl", "tcp:scanner", "tcp::3310", "tcp:a:70000"]
)
def test_anything_else_is_not_a_socket(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ZSBANK_CLAMAV", given)
    with pytest.raises(ImproperlyConfigured, match="ZSBANK_CLAMAV"):
        environment.socket_address("ZSBANK_CLAMAV")


@pytest.mark.parametrize(("given", "number"), [("", 1024), ("5", 5), (" 20 ", 20)])
def test_a_number(monkeypatch: pytest.MonkeyPatch, given: str, number: int) -> None:
    monkeypatch.setenv("ZSBANK_CASE_QUOTA_MB", given)
    assert environment.number("ZSBANK_CASE_QUOTA_MB", 1024) == number


@pytest.mark.parametrize("given", ["0", "-1", "1.5", "much", "１２"])
def test_what_is_not_a_number_of_at_least_1(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ZSBANK_CASE_QUOTA_MB", given)
    with pytest.raises(ImproperlyConfigured, match="ZSBANK_CASE_QUOTA_MB"):
        environment.number("ZSBANK_CASE_QUOTA_MB", 1024)
