"""Second factors: set-up, use, loss, change, notification."""

import datetime as dt
import json
import re
import secrets
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from time_machine import travel

from zsbank.base.accounts import actions
from zsbank.base.accounts.allauth_private import TOTP
from zsbank.base.accounts.models import User
from zsbank.base.accounts.secrets import unseal
from zsbank.base.accounts.tasks import mail_password_reset
from zsbank.base.journal.models import Entry
from zsbank.base.roles import Role
from zsbank.site.portal.tests.signing_in import ELSEWHERE, HERE, PASSWORD, reauthenticate, sign_in, totp_of

if TYPE_CHECKING:
    pass

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
NOON = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


def set_up(client: Client) -> str:
    """Set up an authenticator through the page; return its secret."""
    reauthenticate(client)
    client.get(reverse("mfa_activate_totp"))
    secret = str(client.session["mfa.totp.secret"])
    client.post(reverse("mfa_activate_totp"), {"code": totp_of(secret)})
    return secret


def shown_codes(client: Client) -> list[str]:
    """Return the recovery codes on the page."""
    page = client.get(reverse("mfa_view_recovery_codes"))
    return re.findall(r"\b[0-9]{8}\b", page.content.decode())


def second_step(person: User, code: str, address: str = ELSEWHERE) -> bool:
    """Return whether password and code complete a sign-in."""
    client, _status, _page = sign_in(person.username, PASSWORD, address)
    client.post(reverse("mfa_authenticate"), {"code": code})
    return "_auth_user_id" in client.session


def set_password_by_mail(mails: list[EmailMessage], password: str) -> Client:
    """Set a password with the link in the newest mail."""
    link = re.search(r"/accounts/password/reset/key/\S+", str(mails[-1].body))
    assert link
    client = Client()
    page = client.get(link[0])
    client.post(page["Location"], {"password1": password, "password2": password})
    return client


@pytest.fixture
def protected(person: User) -> Client:
    """A client of a person with an authenticator."""
    client, _status, _page = sign_in(person.username, PASSWORD)
    set_up(client)
    return client


def test_new_officer_sets_password_and_second_factor(
    security: User, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    person = actions.enter_officer(
        username="new", name="新人", email="new@hrss.example", role=Role.REVIEWER, by=security
    )
    mail_password_reset(person.email)
    set_password_by_mail(mailoutbox, PASSWORD)
    client, _status, _page = sign_in("new", PASSWORD)
    assert client.get("/admin/")["Location"] == reverse("mfa_index")
    set_up(client)
    assert client.get("/admin/").status_code == 200


def test_recovery_codes_are_shown_once_hashed_and_valid_once(person: User, protected: Client) -> None:
    codes = shown_codes(protected)
    assert len(set(codes)) == 10
    assert shown_codes(protected) == []
    kept = Authenticator.objects.get(user=person, type="recovery_codes").data
    assert all(unseal(one).startswith("argon2$") for one in kept["migrated_codes"])
    assert not any(code in json.dumps(kept) for code in codes)
    assert "seed" not in kept
    assert second_step(person, codes[3])
    assert not second_step(person, codes[3])
    assert second_step(person, f"{codes[4][:4]} {codes[4][4:]}")


def test_stored_hash_is_not_accepted_as_code(person: User, protected: Client) -> None:
    shown_codes(protected)
    kept = Authenticator.objects.get(user=person, type="recovery_codes").data["migrated_codes"]
    assert not second_step(person, kept[0])


def test_new_recovery_codes_replace_old_ones(person: User, protected: Client) -> None:
    old = shown_codes(protected)
    protected.post(reverse("mfa_generate_recovery_codes"))
    new = shown_codes(protected)
    assert len(new) == 10
    assert not set(old) & set(new)
    assert not second_step(person, old[0])
    assert second_step(person, new[0])


def test_other_pages_do_not_show_recovery_codes(protected: Client) -> None:
    codes = shown_codes(protected)
    for name in ("mfa_index", "mfa_download_recovery_codes", "mfa_generate_recovery_codes"):
        page = protected.get(reverse(name), follow=True).content.decode()
        assert not any(code in page for code in codes)


def test_recovery_codes_require_reauthentication(person: User, protected: Client) -> None:
    codes = shown_codes(protected)
    client, _status, _page = sign_in(person.username, PASSWORD)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 302


def test_authenticator_code_is_valid_once(person: User) -> None:
    TOTP.activate(person, SECRET)
    with travel(NOON, tick=False):
        code = totp_of(SECRET)
        assert second_step(person, code)
        assert not second_step(person, code, HERE)
    with travel(NOON + dt.timedelta(seconds=30), tick=False):
        assert second_step(person, totp_of(SECRET))


def test_authenticator_code_is_valid_for_30_seconds(person: User) -> None:
    TOTP.activate(person, SECRET)
    with travel(NOON, tick=False):
        code = totp_of(SECRET)
    for seconds in (-1, 30):
        with travel(NOON + dt.timedelta(seconds=seconds), tick=False):
            assert not second_step(person, code)
    with travel(NOON + dt.timedelta(seconds=29), tick=False):
        assert second_step(person, code)


def test_five_wrong_codes_lock_second_factor(person: User) -> None:
    TOTP.activate(person, SECRET)
    with travel(NOON, tick=False):
        for number in range(5):
            assert not second_step(person, "0000000", f"192.0.2.{number + 10}")
        assert not second_step(person, totp_of(SECRET))
    with travel(NOON + dt.timedelta(minutes=6), tick=False):
        assert second_step(person, totp_of(SECRET))


def test_wrong_code_is_recorded(person: User) -> None:
    TOTP.activate(person, SECRET)
    second_step(person, "0000000")
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.subject_id) == ("refuse_sign_in", person.pk)
    assert entry.data == {"address": ELSEWHERE, "shown": "code"}


def test_password_reset_does_not_bypass_second_factor(person: User, mailoutbox: list[EmailMessage]) -> None:
    TOTP.activate(person, SECRET)
    mail_password_reset(person.email)
    client = set_password_by_mail(mailoutbox, "a stable full of zebras")
    assert client.get("/").status_code == 302
    client, _status, _page = sign_in(person.username, "a stable full of zebras")
    assert "_auth_user_id" not in client.session
    assert Authenticator.objects.filter(user=person).exists()


def test_incomplete_sign_in_opens_no_page(security: User) -> None:
    TOTP.activate(security, SECRET)
    client, _status, _page = sign_in(security.username, PASSWORD)
    for page in (
        "/",
        "/admin/",
        "/api/v1/criteria/",
        "/accounts/sessions/",
        "/accounts/2fa/",
        "/accounts/email/",
    ):
        assert client.get(page).status_code in (302, 403)


def test_passkey_challenge_is_unique(person: User) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    reauthenticate(client)
    page = reverse("mfa_add_webauthn")
    challenges = []
    for _time in range(2):
        client.get(page)
        challenges.append(client.session["mfa.webauthn.state"]["challenge"])
    assert challenges[0] != challenges[1]
    assert len(challenges[0]) >= 43


@pytest.mark.django_db(transaction=True)
def test_second_factor_change_is_mailed_and_ends_other_sessions(
    person: User, mailoutbox: list[EmailMessage]
) -> None:
    here, there = sign_in(person.username, PASSWORD)[0], sign_in(person.username, PASSWORD, ELSEWHERE)[0]
    set_up(here)
    assert [mail.to for mail in mailoutbox] == [[person.email]]
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302


def test_removing_second_factor_ends_other_sessions(
    person: User, protected: Client, mailoutbox: list[EmailMessage]
) -> None:
    codes = shown_codes(protected)
    assert second_step(person, codes[0])
    there = Client(REMOTE_ADDR=ELSEWHERE)
    there.post(reverse("account_login"), {"login": person.username, "password": PASSWORD})
    there.post(reverse("mfa_authenticate"), {"code": codes[1]})
    assert there.get("/").status_code == 200
    protected.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=person).exists()
    assert there.get("/").status_code == 302
    assert protected.get("/").status_code == 200
    assert "deactivated" in str(mailoutbox[-1].body) or "停用" in str(mailoutbox[-1].body)


def test_password_change_is_mailed(person: User, mailoutbox: list[EmailMessage]) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    new = "a stable full of zebras"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), given)
    assert [mail.to for mail in mailoutbox] == [[person.email]]
    assert HERE in str(mailoutbox[0].body)


def test_lost_factor_is_reset_by_security_administrator(
    security: User, person: User, protected: Client
) -> None:
    client = Client()
    client.force_login(security)
    sheet = "/admin/accounts/user/do/remove_second_factor/"
    client.post(sheet, {"person": person.username, "identified": " "})
    assert Authenticator.objects.filter(user=person).exists()
    client.post(sheet, {"person": person.username, "identified": "持身份证到场"})
    assert not Authenticator.objects.filter(user=person).exists()
    assert protected.get("/").status_code == 302
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.subject_id, entry.reason) == ("remove_second_factor", person.pk, "持身份证到场")


def test_secrets_come_from_system_generator(person: User) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    with (
        patch.object(secrets, "token_bytes", wraps=secrets.token_bytes) as of_the_authenticator,
        patch.object(secrets, "token_hex", wraps=secrets.token_hex) as of_the_codes,
    ):
        set_up(client)
    assert [call.args[0] for call in of_the_authenticator.call_args_list if call.args[0] == 20]
    assert [call.args[0] for call in of_the_codes.call_args_list if call.args[0] == 40]
