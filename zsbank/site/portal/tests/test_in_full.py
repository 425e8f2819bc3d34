"""Who changes how they sign in shows again all that they sign in with, and loses nothing that they typed."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from time_machine import travel

from zsbank.base.accounts.allauth_private import TOTP
from zsbank.base.accounts.models import User
from zsbank.site.portal.tests.door import PASSWORD, totp_of, try_in

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
NEW = {"action_add": "", "email": "mine@elsewhere.example"}


@pytest.fixture
def inside(person: User) -> Any:
    """Somebody with an authenticator who signed in with both a while ago; the clock runs on from there."""
    TOTP.activate(person, SECRET)
    with travel("2026-11-25 09:00:00+08:00", tick=False) as clock:
        client, _status, _page = try_in(person.username, PASSWORD)
        client.post(reverse("mfa_authenticate"), {"code": totp_of(SECRET)})
        clock.shift(900)
        yield client


def page_after(answer: Any) -> str:
    """Where somebody is led, without what the page takes along."""
    return str(answer.headers["Location"]).partition("?")[0]


def test_a_new_address_asks_for_password_and_code_and_is_then_added(inside: Client, person: User) -> None:
    first = inside.post(reverse("account_email"), NEW)
    assert page_after(first) == reverse("account_reauthenticate")
    second = inside.post(first["Location"], {"password": PASSWORD})
    assert page_after(second) == reverse("mfa_reauthenticate")
    assert not EmailAddress.objects.filter(email=NEW["email"]).exists()
    inside.post(second["Location"], {"code": totp_of(SECRET)})
    assert EmailAddress.objects.filter(user=person, email=NEW["email"]).exists()


def test_the_code_first_asks_for_the_password_after(inside: Client) -> None:
    inside.post(reverse("account_email"), NEW)
    way = f"?next={reverse('account_email')}"
    after = inside.post(reverse("mfa_reauthenticate") + way, {"code": totp_of(SECRET)})
    assert page_after(after) == reverse("account_reauthenticate")
    inside.post(after["Location"], {"password": PASSWORD})
    assert EmailAddress.objects.filter(email=NEW["email"]).exists()


def test_who_has_shown_one_for_a_decision_is_asked_for_the_other(inside: Client) -> None:
    inside.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    asked = inside.post(reverse("account_email"), NEW)
    assert page_after(asked) == reverse("mfa_reauthenticate")
    inside.post(asked["Location"], {"code": totp_of(SECRET)})
    assert EmailAddress.objects.filter(email=NEW["email"]).exists()


def test_a_wrong_code_adds_nothing(inside: Client) -> None:
    first = inside.post(reverse("account_email"), NEW)
    second = inside.post(first["Location"], {"password": PASSWORD})
    inside.post(second["Location"], {"code": "000000"})
    assert page_after(inside.post(reverse("account_email"), NEW)) == reverse("mfa_reauthenticate")
    assert not EmailAddress.objects.filter(email=NEW["email"]).exists()


def test_who_has_no_second_factor_is_asked_for_the_password_alone(person: User) -> None:
    client, _status, _page = try_in(person.username, PASSWORD)
    first = client.post(reverse("account_email"), NEW)
    client.post(first["Location"], {"password": PASSWORD})
    assert EmailAddress.objects.filter(email=NEW["email"]).exists()
