"""Session keys: renewed at authentication, invalid after the end of the session."""

import time

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from zsbank.base.accounts.models import User
from zsbank.base.accounts.sessions import BEGAN, SEEN
from zsbank.base.journal.models import Entry
from zsbank.site.portal.tests.signing_in import ELSEWHERE, PASSWORD, reauthenticate, sign_in

pytestmark = pytest.mark.django_db
KEY = configured.SESSION_COOKIE_NAME
NEW = "a stable full of zebras"


def holding(key: str) -> Client:
    """Return another client with a copied session key."""
    client = Client()
    client.cookies[KEY] = key
    return client


def test_sign_in_renews_session_key(person: User) -> None:
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    before = client.cookies[KEY].value
    client.post(reverse("account_login"), {"login": person.username, "password": PASSWORD})
    assert client.cookies[KEY].value != before
    assert client.get("/").status_code == 200
    assert holding(before).get("/").status_code == 302


def test_reauthentication_renews_session_key(person: User) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    before = client.cookies[KEY].value
    assert holding(before).get("/").status_code == 200
    reauthenticate(client)
    assert client.cookies[KEY].value != before
    assert holding(before).get("/").status_code == 302
    assert not Session.objects.filter(session_key=before).exists()
    page = client.get(reverse("usersessions_list"))
    assert [one.session_key for one in page.context["sessions"]] == [client.cookies[KEY].value]


def test_failed_reauthentication_keeps_session_key(person: User) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    before = client.cookies[KEY].value
    reauthenticate(client, "wrong")
    assert client.cookies[KEY].value == before


def test_session_key_is_random_and_known_to_server(person: User) -> None:
    keys = {sign_in(person.username, PASSWORD)[0].cookies[KEY].value for _time in range(3)}
    assert len(keys) == 3
    assert all(len(key) == 32 and key.isalnum() for key in keys)
    assert holding("a" * 32).get("/").status_code == 302


def test_sign_out_deletes_session(person: User) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    key = client.cookies[KEY].value
    client.post(reverse("account_logout"))
    assert holding(key).get("/").status_code == 302
    assert not Session.objects.filter(session_key=key).exists()


def test_get_request_does_not_sign_out(person: User) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    client.get(reverse("account_logout"))
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("page", ["/", "/bank/members/", "/applications/", "/accounts/sessions/"])
def test_portal_pages_have_sign_out_button(person: User, page: str) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    assert f'action="{reverse("account_logout")}"' in client.get(page).content.decode()


@pytest.mark.parametrize("page", ["/admin/", "/admin/accounts/user/", "/admin/accounts/user/roles/"])
def test_desk_pages_have_sign_out_button(security: User, page: str) -> None:
    client, _status, _page = sign_in(security.username, PASSWORD)
    key = client.cookies[KEY].value
    assert f'action="{reverse("admin:logout")}"' in client.get(page).content.decode()
    client.post(reverse("admin:logout"))
    assert Entry.objects.latest("pk").verb == "sign_out"
    assert holding(key).get("/admin/").status_code == 302


def test_password_change_ends_other_sessions(person: User) -> None:
    here, there = sign_in(person.username, PASSWORD)[0], sign_in(person.username, PASSWORD, ELSEWHERE)[0]
    answer = here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )
    assert answer.status_code == 302
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302


@pytest.mark.parametrize("page", ["account_email", "mfa_activate_totp", "mfa_add_webauthn"])
def test_credential_change_requires_reauthentication(person: User, page: str) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    given = {"action_add": "", "email": "mine@elsewhere.example"}
    asked = client.post(reverse(page), given)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert not User.objects.filter(emailaddress__email=given["email"]).exists()
    reauthenticate(client)
    assert client.post(reverse(page), given).headers.get("Location", "") != asked["Location"]


def test_desk_redirects_to_password_page(security: User) -> None:
    client, _status, _page = sign_in(security.username, PASSWORD)
    answer = client.post(
        reverse("admin:password_change"),
        {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW},
    )
    assert answer["Location"] == reverse("account_change_password")
    assert client.get(reverse("admin:password_change_done"))["Location"] == reverse("account_change_password")
    assert User.objects.get(pk=security.pk).check_password(PASSWORD)


@pytest.mark.parametrize(
    "page", ["mfa_activate_totp", "mfa_add_webauthn", "account_email", "account_set_password"]
)
def test_credential_change_without_password_requires_recent_sign_in(clerk: User, page: str) -> None:
    clerk.set_unusable_password()
    clerk.save()
    client = Client()
    client.force_login(clerk)
    given = {"action_add": "", "email": "mine@elsewhere.example"}
    session = client.session
    session[BEGAN] = session[SEEN] = time.time()
    session.save()
    assert client.post(reverse(page), given).status_code == (302 if page == "account_email" else 200)
    assert client.get("/").status_code == 200
    session = client.session
    session[BEGAN] = time.time() - configured.ACCOUNT_REAUTHENTICATION_TIMEOUT - 1
    session.save()
    answer = client.post(reverse(page), given | {"email": "another@elsewhere.example"})
    assert answer["Location"].startswith(reverse("account_login"))
    assert client.get("/").status_code == 302
