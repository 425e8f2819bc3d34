"""Which accounts there are: the same answer and the same work at sign-in and for a forgotten password."""

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
    """Post the sign-in form; gives the client and the status."""
    client = Client()
    return client, client.post(reverse("account_login"), {"login": name, "password": password}).status_code


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with each password that is hashed."""
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
    """How often the passwords of refused sign-ins were hashed."""
    counts = set()
    for name in names:
        hashed.clear()
        try_in(name, "wrong")
        counts.add(len(hashed))
    return counts


def test_sign_in_hashes_as_often_for_a_name_that_nobody_has(person: User, hashed: list[str]) -> None:
    counts = hashes(hashed, person.username, person.email, "nobody", "nobody@bank.example")
    assert len(counts) == 1
    assert counts != {0}


def test_control_the_librarys_own_way_hashes_more_often_for_a_known_email(
    person: User, hashed: list[str], settings: Settings
) -> None:
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS[:1], LIBRARYS]
    assert len(hashes(hashed, person.email, "nobody@bank.example")) == 2


def test_whoever_has_an_email_signs_in_with_it_though_somebody_chose_it_as_a_name(
    person: User, administrator: User
) -> None:
    administrator.username = person.email
    administrator.set_password("another password")
    administrator.save()
    client, status = try_in(person.email, PASSWORD)
    assert status == 302
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that the worker was asked to mail to."""
    asked = list[str]()
    monkeypatch.setattr(tasks.mail_password_reset, "delay", asked.append)
    return asked


def test_password_reset_answers_alike_and_does_the_same_for_known_and_unknown(
    person: User, rung: list[str]
) -> None:
    emails, done, pages = ("first@bank.example", person.email, "nobody@bank.example"), [], []
    for email in emails:
        with watched() as work:
            answer = Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
        done.append(work)
        pages.append((answer.redirect_chain, TOKEN.sub("", answer.content.decode())))
    assert pages[1] == pages[2]
    assert done[1] == done[2]
    assert rung == [*emails]


def test_the_worker_mails_a_way_back_to_who_has_the_address(
    person: User, mailoutbox: list[EmailMessage]
) -> None:
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


def test_a_broker_that_is_away_is_no_error_page(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(email: str) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.mail_password_reset, "delay", away)
    answer = Client().post(reverse("account_reset_password"), {"email": person.email})
    assert answer["Location"] == reverse("account_reset_password_done")
