"""docs/signing-in.md and docs/rights.md say what the program does."""

import re

import pytest
from django.conf import settings

from zsbank.base.accounts.models import User
from zsbank.base.accounts.passwords import WORDS

SIGNING_IN = (settings.BASE_DIR / "docs/signing-in.md").read_text(encoding="utf-8")
RIGHTS = (settings.BASE_DIR / "docs/rights.md").read_text(encoding="utf-8")


def test_the_words_that_make_no_password_are_the_documents() -> None:
    listed = re.findall(r"`([^`]+)`", SIGNING_IN.split("词表 words:")[1].split("\n")[0])
    assert set(listed) == set(WORDS)


def test_the_limits_are_the_documents() -> None:
    assert settings.ACCOUNT_RATE_LIMITS == {"login": "120/m/ip", "login_failed": "100/m/ip,5/300s/key"}
    for said in (
        "5 次 / 300 秒",
        "100 次 / 分",
        "120 次 / 分",
        "lock a person out",
        "/64",
        "ZSBANK_BREACHED_PASSWORDS",
    ):
        assert said in SIGNING_IN


def test_the_times_are_the_documents() -> None:
    for said in (
        f"{settings.SESSION_IDLE_SECONDS // 60} idle minutes or {settings.SESSION_COOKIE_AGE // 3600} hours",
        f"({settings.PASSWORD_RESET_TIMEOUT // 60} minutes)",
        f"holds for {settings.ACCOUNT_REAUTHENTICATION_TIMEOUT // 60} minutes",
        f"at least {settings.AUTH_PASSWORD_VALIDATORS[1]['OPTIONS']['min_length']} characters",
        "any number of times",
        "SP 800-63B",
    ):
        assert said in SIGNING_IN, said
    assert settings.INVITATION_DAYS == 7


@pytest.mark.parametrize(
    "way", ["password", "identity service", "authenticator or passkey", "recovery codes"]
)
def test_every_way_in_stands_in_the_documents_table(way: str) -> None:
    table = SIGNING_IN.split("## 限次")[0]
    assert any(way in line for line in table.splitlines() if line.startswith("|"))


def test_there_are_no_other_ways_in() -> None:
    assert settings.AUTHENTICATION_BACKENDS == [
        "django.contrib.auth.backends.ModelBackend",
        "zsbank.base.accounts.backend.ByNameOrAddress",
    ]
    assert settings.REST_FRAMEWORK["DEFAULT_AUTHENTICATION_CLASSES"] == [
        "zsbank.site.api.authentication.Session"
    ]
    for name in ("MFA_PASSKEY_LOGIN_ENABLED", "MFA_TRUST_ENABLED", "ACCOUNT_LOGIN_BY_CODE_ENABLED"):
        assert not getattr(settings, name, False), name
    assert not [app for app in settings.INSTALLED_APPS if "socialaccount" in app or "headless" in app]


@pytest.mark.parametrize("heading", ["By role", "By case", "By field"])
def test_the_rights_document_has_rules_by_role_by_case_and_by_field(heading: str) -> None:
    assert f"· {heading}." in RIGHTS


def test_the_rights_document_points_to_the_tables_that_are_there() -> None:
    for path in re.findall(r"`([a-z_/]+\.py)`", RIGHTS):
        assert path in ("rules.py", "api.py") or (settings.BASE_DIR / path).is_file(), path


def test_an_account_keeps_no_hint_and_no_question() -> None:
    kept = {field.name for field in User._meta.concrete_fields}
    assert kept == {
        *("id", "username", "name", "email", "office_phone", "password"),
        *("is_active", "is_staff", "is_superuser", "last_login", "date_joined"),
    }
