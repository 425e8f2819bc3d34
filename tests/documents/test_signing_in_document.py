"""The documents on signing in and permissions match the program."""

import re

import pytest
from django.conf import settings

from tests.documents.pages import LANGUAGES, headings, rows, section, text_of
from zsbank.base.accounts.models import User
from zsbank.base.accounts.passwords import OUR_WORDS

SIGNING_IN = {language: text_of(f"docs/{language}/signing-in.md") for language in LANGUAGES}
RIGHTS = {language: text_of(f"docs/{language}/rights.md") for language in LANGUAGES}
in_both_languages = pytest.mark.parametrize("language", LANGUAGES)
IDLE, LONGEST = settings.SESSION_IDLE_SECONDS // 60, settings.SESSION_COOKIE_AGE // 3600
RESET, AGAIN = settings.PASSWORD_RESET_TIMEOUT // 60, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT // 60
LENGTH = settings.AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"]["min_length"]
LIMITS = {
    "en": ["5 in 300 seconds", "100 a minute", "120 a minute", "lock a person out"],
    "zh": ["5 次 / 300 秒", "100 次 / 分", "120 次 / 分", "把人锁在门外"],
}
TIMES = {
    "en": [
        f"{IDLE} idle minutes or {LONGEST} hours",
        f"({RESET} minutes)",
        f"valid for {AGAIN} minutes",
        f"at least {LENGTH} characters",
        f"{LENGTH} to 256 characters",
        "Any number of sessions",
        "SP 800-63B",
    ],
    "zh": [
        f"{IDLE} 分钟无操作或满 {LONGEST} 小时",
        f"（{RESET} 分钟）",
        f"{AGAIN} 分钟内有效",
        f"至少 {LENGTH} 位",
        f"{LENGTH} 至 256 位",
        "数量不限",
        "SP 800-63B",
    ],
}
WAYS = {
    "en": ["password", "identity service", "authenticator or passkey", "recovery codes"],
    "zh": ["密码", "统一身份认证", "动态口令或通行密钥", "恢复码"],
}


@in_both_languages
def test_forbidden_password_words_match_the_document(language: str) -> None:
    beginning = {"en": "\nWords: ", "zh": "\n词表："}[language]
    listed = re.findall(r"`([^`]+)`", SIGNING_IN[language].split(beginning)[1].split("\n\n")[0])
    assert set(listed) == set(OUR_WORDS)


@in_both_languages
def test_limits_match_the_document(language: str) -> None:
    assert settings.ACCOUNT_RATE_LIMITS == {
        "login": "120/m/ip",
        "login_failed": "100/m/ip,5/300s/key",
        "reset_password": "20/m/ip,100/d/ip,5/m/key",
    }
    assert settings.RESETS_A_DAY == 5
    for said in (*LIMITS[language], "/64", "ZSBANK_BREACHED_PASSWORDS"):
        assert said in SIGNING_IN[language].replace("\n", " "), said


@in_both_languages
def test_times_match_the_document(language: str) -> None:
    for said in TIMES[language]:
        assert said in SIGNING_IN[language].replace("\n", " "), said
    assert settings.INVITATION_DAYS == 7


@in_both_languages
def test_every_authentication_method_is_documented(language: str) -> None:
    ways = [row[0] for row in rows(section(SIGNING_IN[language], 1))]
    assert [way for way in WAYS[language] if not any(way in said for said in ways)] == []


def test_no_other_authentication_method_exists() -> None:
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


def test_rights_document_covers_role_case_and_field() -> None:
    parts = {
        language: [words for level, words in headings(text) if level == 2]
        for language, text in RIGHTS.items()
    }
    assert parts == {"en": ["By role", "By case", "By field"], "zh": ["按角色", "按事项", "按字段"]}


@in_both_languages
def test_rights_document_points_to_existing_tables(language: str) -> None:
    paths = re.findall(r"`([a-z_/]+\.py)`", RIGHTS[language])
    assert paths
    for path in paths:
        assert path in ("rules.py", "api.py") or (settings.BASE_DIR / path).is_file(), path


def test_account_has_no_hint_or_security_question() -> None:
    kept = {field.name for field in User._meta.concrete_fields}
    assert kept == {
        *("id", "username", "name", "email", "office_phone", "password"),
        *("is_active", "is_staff", "is_superuser", "last_login", "date_joined"),
    }
