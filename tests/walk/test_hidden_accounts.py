"""Existing accounts cannot be distinguished from missing ones at sign-in and password reset."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from kombu.exceptions import OperationalError
from pytest_django import Settings

from tests.walk.work import watched
from zsbank.base.accounts import actions, tasks
from zsbank.base.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
TOKEN = re.compile(r'value="\w{64}"')
LIBRARYS = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def person(clerk: User) -> User:
    """A clerk with a password."""
    clerk.set_password(PASSWORD)
    clerk.save()
    return clerk


def try_in(name: str, password: str) -> tuple[Client, int]:
    """Post the sign-in form; return client and status."""
    client = Client()
    return client, client.post(reverse("account_login"), {"login": name, "password": password}).status_code


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list that grows with each hashed password."""
    hashed = list[str]()

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def hash_once(*given: Any) -> Any:
            hashed.append(real.__name__)
            return real(*given)

        return hash_once

    for name in ("encode", "verify"):
        monkeypatch.setattr(Argon2PasswordHasher, name, counted(getattr(Argon2PasswordHasher, name)))
    return hashed


def hashes(hashed: list[str], *names: str) -> set[int]:
    """The number of password hashes for refused sign-ins."""
    counts = set()
    for name in names:
        hashed.clear()
        try_in(name, "wrong")
        counts.add(len(hashed))
    return counts


def test_sign_in_hashes_equally_for_unknown_names(person: User, hashed: list[str]) -> None:
    counts = hashes(hashed, person.username, person.email, "nobody", "nobody@bank.example")
    assert len(counts) == 1
    assert counts != {0}


def test_control_library_hashes_more_for_known_email(
    person: User, hashed: list[str], settings: Settings
) -> None:
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS[:1], LIBRARYS]
    assert len(hashes(hashed, person.email, "nobody@bank.example")) == 2


def test_email_owner_signs_in_despite_equal_sign_in_name(person: User, administrator: User) -> None:
    administrator.username = person.email
    administrator.set_password("another password")
    administrator.save()
    client, status = try_in(person.email, PASSWORD)
    assert status == 302
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.fixture
def queued_addresses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses to which the worker was asked to send mail."""
    asked = list[str]()
    monkeypatch.setattr(tasks.mail_password_reset, "delay", asked.append)
    return asked


def test_password_reset_is_equal_for_known_and_unknown(person: User, queued_addresses: list[str]) -> None:
    emails, done, pages = ("first@bank.example", person.email, "nobody@bank.example"), [], []
    for email in emails:
        with watched() as work:
            answer = Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
        done.append(work)
        pages.append((answer.redirect_chain, TOKEN.sub("", answer.content.decode())))
    assert pages[1] == pages[2]
    assert done[1] == done[2]
    assert queued_addresses == [*emails]


def test_worker_mails_reset_link_to_account_owner(person: User, mailoutbox: list[EmailMessage]) -> None:
    assert actions.mail_password_reset(email="nobody@bank.example") == 0
    assert actions.mail_password_reset(email=person.email.upper()) == 1
    [mail] = mailoutbox
    path = re.search(rf"{re.escape(configured.SITE_ADDRESS)}(\S+)", str(mail.body))
    assert path
    client = Client()
    page = client.get(path[1], follow=True)
    answer = client.post(
        page.redirect_chain[-1][0], {"password1": "a new long one", "password2": "a new long one"}
    )
    assert answer.status_code == 302
    assert try_in(person.username, "a new long one")[1] == 302


def test_unavailable_broker_is_no_error_page(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(email: str) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.mail_password_reset, "delay", away)
    answer = Client().post(reverse("account_reset_password"), {"email": person.email})
    assert answer["Location"] == reverse("account_reset_password_done")
