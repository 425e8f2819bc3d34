"""A sign-in's key: new when somebody shows who they are, dead when it is ended, and ended for whom it is dangerous."""

import time

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from zsbank.base.accounts.models import User
from zsbank.base.accounts.sessions import BEGAN, SEEN
from zsbank.base.journal.models import Entry
from zsbank.site.portal.tests.door import ELSEWHERE, PASSWORD, show_again, try_in

pytestmark = pytest.mark.django_db
KEY = configured.SESSION_COOKIE_NAME
NEW = "a stable full of zebras"


def holding(key: str) -> Client:
    """Another browser that has got hold of a key."""
    client = Client()
    client.cookies[KEY] = key
    return client


def test_signing_in_gives_a_new_key_and_the_one_before_opens_nothing(person: User) -> None:
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


def test_showing_again_who_one_is_gives_a_new_key_and_the_one_before_is_dead(person: User) -> None:
    client, _status, _page = try_in(person.username, PASSWORD)
    before = client.cookies[KEY].value
    assert holding(before).get("/").status_code == 200
    show_again(client)
    assert client.cookies[KEY].value != before
    assert holding(before).get("/").status_code == 302
    assert not Session.objects.filter(session_key=before).exists()
    page = client.get(reverse("usersessions_list"))
    assert [one.session_key for one in page.context["sessions"]] == [client.cookies[KEY].value]


def test_a_failed_try_to_show_it_gives_no_new_key(person: User) -> None:
    client, _status, _page = try_in(person.username, PASSWORD)
    before = client.cookies[KEY].value
    show_again(client, "wrong")
    assert client.cookies[KEY].value == before


def test_a_key_is_long_random_and_kept_by_the_server(person: User) -> None:
    keys = {try_in(person.username, PASSWORD)[0].cookies[KEY].value for _time in range(3)}
    assert len(keys) == 3
    assert all(len(key) == 32 and key.isalnum() for key in keys)
    assert holding("a" * 32).get("/").status_code == 302


def test_signing_out_ends_the_key_at_the_server(person: User) -> None:
    client, _status, _page = try_in(person.username, PASSWORD)
    key = client.cookies[KEY].value
    client.post(reverse("account_logout"))
    assert holding(key).get("/").status_code == 302
    assert not Session.objects.filter(session_key=key).exists()


def test_a_look_at_the_page_of_signing_out_signs_nobody_out(person: User) -> None:
    client, _status, _page = try_in(person.username, PASSWORD)
    client.get(reverse("account_logout"))
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("page", ["/", "/bank/members/", "/applications/", "/accounts/sessions/"])
def test_the_portal_shows_the_way_out_on_every_page(person: User, page: str) -> None:
    client, _status, _page = try_in(person.username, PASSWORD)
    assert f'action="{reverse("account_logout")}"' in client.get(page).content.decode()


@pytest.mark.parametrize("page", ["/admin/", "/admin/accounts/user/", "/admin/accounts/user/roles/"])
def test_the_desk_shows_the_way_out_on_every_page_and_records_it(security: User, page: str) -> None:
    client, _status, _page = try_in(security.username, PASSWORD)
    key = client.cookies[KEY].value
    assert f'action="{reverse("admin:logout")}"' in client.get(page).content.decode()
    client.post(reverse("admin:logout"))
    assert Entry.objects.latest("pk").verb == "sign_out"
    assert holding(key).get("/admin/").status_code == 302


def test_a_new_password_ends_the_other_sign_ins(person: User) -> None:
    here, there = try_in(person.username, PASSWORD)[0], try_in(person.username, PASSWORD, ELSEWHERE)[0]
    answer = here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )
    assert answer.status_code == 302
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302


@pytest.mark.parametrize("page", ["account_email", "mfa_activate_totp", "mfa_add_webauthn"])
def test_what_lets_one_in_is_changed_only_by_who_shows_again_who_they_are(person: User, page: str) -> None:
    client, _status, _page = try_in(person.username, PASSWORD)
    given = {"action_add": "", "email": "mine@elsewhere.example"}
    asked = client.post(reverse(page), given)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert not User.objects.filter(emailaddress__email=given["email"]).exists()
    show_again(client)
    assert client.post(reverse(page), given).headers.get("Location", "") != asked["Location"]


def test_the_desk_changes_passwords_on_the_one_page(security: User) -> None:
    client, _status, _page = try_in(security.username, PASSWORD)
    answer = client.post(
        reverse("admin:password_change"),
        {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW},
    )
    assert answer["Location"] == reverse("account_change_password")
    assert User.objects.get(pk=security.pk).check_password(PASSWORD)


@pytest.mark.parametrize(
    "page", ["mfa_activate_totp", "mfa_add_webauthn", "account_email", "account_set_password"]
)
def test_who_cannot_be_asked_again_changes_how_they_sign_in_only_right_after_signing_in(
    clerk: User, page: str
) -> None:
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
