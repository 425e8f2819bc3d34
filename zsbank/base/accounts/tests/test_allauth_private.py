"""The expected behaviour of allauth's internal names that the register uses."""

import base64
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import totp as rfc_6238
from django.conf import settings as configured
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from zsbank.base.accounts import allauth_private
from zsbank.base.accounts.models import User

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def request_of_clerk(clerk: User) -> Iterator[HttpRequest]:
    """A request of a signed-in clerk, set as allauth's current request."""
    request = RequestFactory().post("/somewhere/?page=2", {"text": "typed"})
    request.user, request.session = clerk, SessionStore()
    with context.request_context(request):
        yield request


def test_internal_names_are_imported_in_one_module_and_tested() -> None:
    internal = re.compile(r"allauth[\w.]*\.internal\b")
    roots = ("zsbank", "banks", "admission", "inspections", "exit", "bench", "bin")
    files = [path for root in roots for path in (Path(configured.BASE_DIR) / root).rglob("*.py")]
    users = [path.name for path in [*files, configured.BASE_DIR / "conftest.py"] if _uses(internal, path)]
    assert users == ["allauth_private.py"]
    here = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in allauth_private.__all__ if f"allauth_private.{name}" not in here] == []


def _uses(internal: re.Pattern[str], path: Path) -> bool:
    lines = path.read_text(encoding="utf-8").splitlines()
    return any(internal.search(line) for line in lines if line.lstrip().startswith(("from ", "import ")))


def test_record_authentication_adds_record(request_of_clerk: HttpRequest) -> None:
    clerk = request_of_clerk.user
    allauth_private.record_authentication(request_of_clerk, clerk, method="password")
    allauth_private.record_authentication(request_of_clerk, clerk, method="mfa", reauthenticated=True)
    first, second = get_authentication_records(request_of_clerk, clerk)
    assert first["method"] == "password"
    assert abs(first["at"] - time.time()) < 60
    assert (second["method"], second["reauthenticated"]) == ("mfa", True)


def test_session_records_belong_to_person(request_of_clerk: HttpRequest, clerk: User, stranger: User) -> None:
    allauth_private.record_authentication(request_of_clerk, clerk, method="password")
    session = request_of_clerk.session
    written = session[allauth_private.AUTHENTICATION_METHODS_USER_SESSION_KEY]
    assert written == allauth_private.user_id_to_str(clerk)
    assert [record["method"] for record in session[AUTHENTICATION_METHODS_SESSION_KEY]] == ["password"]
    assert get_authentication_records(request_of_clerk, stranger) == []


def test_user_id_to_str_is_the_primary_key_as_text(clerk: User) -> None:
    assert allauth_private.user_id_to_str(clerk) == str(clerk.pk)


def test_did_recently_reauthenticate_ignores_sign_in_and_old_records(
    request_of_clerk: HttpRequest, clerk: User, settings: Settings
) -> None:
    clerk.set_password("a password")
    allauth_private.record_authentication(request_of_clerk, clerk, method="password")
    assert not allauth_private.did_recently_reauthenticate(request_of_clerk)
    allauth_private.record_authentication(request_of_clerk, clerk, method="password", reauthenticated=True)
    assert allauth_private.did_recently_reauthenticate(request_of_clerk)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert not allauth_private.did_recently_reauthenticate(request_of_clerk)


def test_reauthentication_flows_follow_methods_of_person(clerk: User) -> None:
    clerk.set_unusable_password()
    assert allauth_private.get_reauthentication_flows(clerk) == []
    assert allauth_private.get_reauthentication_flows(AnonymousUser()) == []
    clerk.set_password("a password")
    allauth_private.TOTP.activate(clerk, SECRET)
    flows = allauth_private.get_reauthentication_flows(clerk)
    assert [flow["id"] for flow in flows] == ["reauthenticate", "mfa_reauthenticate"]


def test_suspend_request_redirects_and_keeps_submitted_data(
    request_of_clerk: HttpRequest,
) -> None:
    answer = allauth_private.suspend_request(request_of_clerk, "/asks/")
    assert answer.headers["Location"] == "/asks/?next=%2Fsomewhere%2F%3Fpage%3D2"
    assert "typed" in str(dict(request_of_clerk.session))


def test_filter_users_by_email_finds_active_users_by_any_address(clerk: User, stranger: User) -> None:
    EmailAddress.objects.create(user=clerk, email="second@example.com", verified=True)
    asked = {"is_active": True, "prefer_verified": True, "for_login": True}
    for address in (clerk.email, clerk.email.upper(), "second@example.com"):
        assert allauth_private.filter_users_by_email(address, **asked) == [clerk]
    clerk.is_active = False
    clerk.save()
    assert allauth_private.filter_users_by_email(clerk.email, **asked) == []


def test_rate_limit_refuses_sixth_code_until_reset(request_of_clerk: HttpRequest, clerk: User) -> None:
    cache.clear()
    forgive = [allauth_private.check_rate_limit(clerk) for _time in range(5)][-1]
    with pytest.raises(ValidationError) as refused:
        allauth_private.check_rate_limit(clerk)
    assert refused.value.code == "too_many_login_attempts"
    forgive()
    allauth_private.check_rate_limit(clerk)


def test_totp_code_is_valid_once(clerk: User) -> None:
    totp = allauth_private.TOTP.activate(clerk, SECRET)
    assert Authenticator.objects.get() == totp.instance
    shown = rfc_6238.TOTP(base64.b32decode(SECRET), 6, SHA1(), 30, enforce_key_length=False)  # noqa: S303 as RFC 6238 has it
    code = shown.generate(int(time.time())).decode()
    assert totp.validate_code(code)
    assert not totp.validate_code(code)


def test_totp_secret_has_at_least_128_bits() -> None:
    secrets = {allauth_private.generate_totp_secret() for _time in range(10)}
    assert len(secrets) == 10
    assert all(len(base64.b32decode(secret)) * 8 >= 128 for secret in secrets)


def test_recovery_code_is_valid_once(clerk: User) -> None:
    codes = allauth_private.RecoveryCodes.activate(clerk)
    first, *_others = codes.generate_codes()
    assert len(first) == configured.MFA_RECOVERY_CODE_DIGITS
    assert codes.validate_code(first)
    assert not codes.validate_code(first)
    assert first not in codes.get_unused_codes()


def test_adapter_provides_cache_key_of_failures() -> None:
    """`AccountAdapter` overrides this private method so that failures count by account and address together."""
    asked = []

    class Asked(DefaultAccountAdapter):  # type: ignore[misc]
        def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: str) -> str:
            asked.append(credentials)
            return "a key"

    request = RequestFactory(REMOTE_ADDR="192.0.2.1").post("/")
    Asked(request).pre_authenticate(request, username="somebody")
    assert asked == [{"username": "somebody"}]
