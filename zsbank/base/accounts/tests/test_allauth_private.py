"""What is expected of each internal name of allauth that the register uses."""

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
    """A request of somebody signed in, known to allauth as the request at hand."""
    request = RequestFactory().post("/somewhere/?page=2", {"text": "typed"})
    request.user, request.session = clerk, SessionStore()
    with context.request_context(request):
        yield request


def test_every_internal_name_is_imported_in_one_file_and_tested_here() -> None:
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


def test_record_authentication_adds_a_record_with_method_time_and_more(request_of_clerk: HttpRequest) -> None:
    clerk = request_of_clerk.user
    allauth_private.record_authentication(request_of_clerk, clerk, method="password")
    allauth_private.record_authentication(request_of_clerk, clerk, method="mfa", reauthenticated=True)
    first, second = get_authentication_records(request_of_clerk, clerk)
    assert first["method"] == "password"
    assert abs(first["at"] - time.time()) < 60
    assert (second["method"], second["reauthenticated"]) == ("mfa", True)


def test_the_session_keeps_whose_records_they_are(
    request_of_clerk: HttpRequest, clerk: User, stranger: User
) -> None:
    allauth_private.record_authentication(request_of_clerk, clerk, method="password")
    session = request_of_clerk.session
    written = session[allauth_private.AUTHENTICATION_METHODS_USER_SESSION_KEY]
    assert written == allauth_private.user_id_to_str(clerk)
    assert [record["method"] for record in session[AUTHENTICATION_METHODS_SESSION_KEY]] == ["password"]
    assert get_authentication_records(request_of_clerk, stranger) == []


def test_user_id_to_str_is_the_primary_key_as_text(clerk: User) -> None:
    assert allauth_private.user_id_to_str(clerk) == str(clerk.pk)


def test_did_recently_reauthenticate_counts_only_what_was_shown_again_and_lately(
    request_of_clerk: HttpRequest, clerk: User, settings: Settings
) -> None:
    clerk.set_password("a password")
    allauth_private.record_authentication(request_of_clerk, clerk, method="password")
    assert not allauth_private.did_recently_reauthenticate(request_of_clerk)
    allauth_private.record_authentication(request_of_clerk, clerk, method="password", reauthenticated=True)
    assert allauth_private.did_recently_reauthenticate(request_of_clerk)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert not allauth_private.did_recently_reauthenticate(request_of_clerk)


def test_get_reauthentication_flows_names_the_pages_by_what_the_person_has(clerk: User) -> None:
    clerk.set_unusable_password()
    assert allauth_private.get_reauthentication_flows(clerk) == []
    assert allauth_private.get_reauthentication_flows(AnonymousUser()) == []
    clerk.set_password("a password")
    allauth_private.TOTP.activate(clerk, SECRET)
    flows = allauth_private.get_reauthentication_flows(clerk)
    assert [flow["id"] for flow in flows] == ["reauthenticate", "mfa_reauthenticate"]


def test_suspend_request_leads_to_the_page_and_back_and_keeps_what_was_typed(
    request_of_clerk: HttpRequest,
) -> None:
    answer = allauth_private.suspend_request(request_of_clerk, "/asks/")
    assert answer.headers["Location"] == "/asks/?next=%2Fsomewhere%2F%3Fpage%3D2"
    assert "typed" in str(dict(request_of_clerk.session))


def test_filter_users_by_email_finds_who_is_active_by_either_address(clerk: User, stranger: User) -> None:
    EmailAddress.objects.create(user=clerk, email="second@example.com", verified=True)
    asked = {"is_active": True, "prefer_verified": True, "for_login": True}
    for address in (clerk.email, clerk.email.upper(), "second@example.com"):
        assert allauth_private.filter_users_by_email(address, **asked) == [clerk]
    clerk.is_active = False
    clerk.save()
    assert allauth_private.filter_users_by_email(clerk.email, **asked) == []


def test_check_rate_limit_refuses_a_sixth_code_and_forgives_after_one_that_fits(
    request_of_clerk: HttpRequest, clerk: User
) -> None:
    cache.clear()
    forgive = [allauth_private.check_rate_limit(clerk) for _time in range(5)][-1]
    with pytest.raises(ValidationError) as refused:
        allauth_private.check_rate_limit(clerk)
    assert refused.value.code == "too_many_login_attempts"
    forgive()
    allauth_private.check_rate_limit(clerk)


def test_totp_is_kept_as_an_authenticator_whose_codes_count_once(clerk: User) -> None:
    totp = allauth_private.TOTP.activate(clerk, SECRET)
    assert Authenticator.objects.get() == totp.instance
    shown = rfc_6238.TOTP(base64.b32decode(SECRET), 6, SHA1(), 30, enforce_key_length=False)  # noqa: S303 as RFC 6238 has it
    code = shown.generate(int(time.time())).decode()
    assert totp.validate_code(code)
    assert not totp.validate_code(code)


def test_generate_totp_secret_gives_at_least_128_bits_in_base32() -> None:
    secrets = {allauth_private.generate_totp_secret() for _time in range(10)}
    assert len(secrets) == 10
    assert all(len(base64.b32decode(secret)) * 8 >= 128 for secret in secrets)


def test_recovery_codes_are_made_from_a_seed_and_count_once(clerk: User) -> None:
    codes = allauth_private.RecoveryCodes.activate(clerk)
    first, *_others = codes.generate_codes()
    assert len(first) == configured.MFA_RECOVERY_CODE_DIGITS
    assert codes.validate_code(first)
    assert not codes.validate_code(first)
    assert first not in codes.get_unused_codes()


def test_the_adapter_is_asked_for_the_key_under_which_failures_count() -> None:
    """`AccountAdapter` overrides this private method so that failures count by account and address together."""
    asked = []

    class Asked(DefaultAccountAdapter):  # type: ignore[misc]
        def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: str) -> str:
            asked.append(credentials)
            return "a key"

    request = RequestFactory(REMOTE_ADDR="192.0.2.1").post("/")
    Asked(request).pre_authenticate(request, username="somebody")
    assert asked == [{"username": "somebody"}]
