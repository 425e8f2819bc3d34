"""A change of credentials requires full re-authentication and keeps the submitted data."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from time_machine import travel

from zsbank.base.accounts.allauth_private import TOTP
from zsbank.base.accounts.models import User
from zsbank.site.portal.tests.signing_in import PASSWORD, sign_in, totp_of

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
NEW = {"action_add": "", "email": "mine@elsewhere.example"}


@pytest.fixture
def inside(person: User) -> Any:
    """A client that signed in with both factors a while ago."""
    TOTP.activate(person, SECRET)
    with travel("2026-11-25 09:00:00+08:00", tick=False) as clock:
        client, _status, _page = sign_in(person.username, PASSWORD)
        client.post(reverse("mfa_authenticate"), {"code": totp_of(SECRET)})
        clock.shift(900)
        yield client


def page_after(answer: Any) -> str:
    """Return the path of a redirect."""
    return str(answer.headers["Location"]).partition("?")[0]


def test_new_address_requires_password_and_code(inside: Client, person: User) -> None:
    first = inside.post(reverse("account_email"), NEW)
    assert page_after(first) == reverse("account_reauthenticate")
    second = inside.post(first["Location"], {"password": PASSWORD})
    assert page_after(second) == reverse("mfa_reauthenticate")
    assert not EmailAddress.objects.filter(email=NEW["email"]).exists()
    inside.post(second["Location"], {"code": totp_of(SECRET)})
    assert EmailAddress.objects.filter(user=person, email=NEW["email"]).exists()


def test_code_first_requires_password_next(inside: Client) -> None:
    inside.post(reverse("account_email"), NEW)
    way = f"?next={reverse('account_email')}"
    after = inside.post(reverse("mfa_reauthenticate") + way, {"code": totp_of(SECRET)})
    assert page_after(after) == reverse("account_reauthenticate")
    inside.post(after["Location"], {"password": PASSWORD})
    assert EmailAddress.objects.filter(email=NEW["email"]).exists()


def test_recent_password_requires_code_only(inside: Client) -> None:
    inside.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    asked = inside.post(reverse("account_email"), NEW)
    assert page_after(asked) == reverse("mfa_reauthenticate")
    inside.post(asked["Location"], {"code": totp_of(SECRET)})
    assert EmailAddress.objects.filter(email=NEW["email"]).exists()


def test_wrong_code_changes_nothing(inside: Client) -> None:
    first = inside.post(reverse("account_email"), NEW)
    second = inside.post(first["Location"], {"password": PASSWORD})
    inside.post(second["Location"], {"code": "000000"})
    assert page_after(inside.post(reverse("account_email"), NEW)) == reverse("mfa_reauthenticate")
    assert not EmailAddress.objects.filter(email=NEW["email"]).exists()


def test_password_suffices_without_second_factor(person: User) -> None:
    client, _status, _page = sign_in(person.username, PASSWORD)
    first = client.post(reverse("account_email"), NEW)
    client.post(first["Location"], {"password": PASSWORD})
    assert EmailAddress.objects.filter(email=NEW["email"]).exists()
