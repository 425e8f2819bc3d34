"""The signed link that confirms an e-mail address."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from time_machine import travel

from zsbank.base.accounts.models import User
from zsbank.site.portal.tests.signing_in import PASSWORD, reauthenticate, sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "mine@elsewhere.example"
NOW = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)


@pytest.fixture
def key(person: User, mailoutbox: list[EmailMessage]) -> str:
    """The key of the link in the mail to a new address."""
    with travel(NOW, tick=False):
        client, _status, _page = sign_in(person.username, PASSWORD)
        reauthenticate(client)
        client.post(reverse("account_email"), {"action_add": "", "email": ADDRESS})
    assert mailoutbox[-1].to == [ADDRESS]
    found = re.search(r"/confirm-email/([^/\s]+)/", str(mailoutbox[-1].body))
    assert found
    return found[1]


def confirmed(key: str, later: dt.timedelta = dt.timedelta()) -> bool:
    """Return whether the link confirms the address."""
    with travel(NOW + later, tick=False):
        Client().post(reverse("account_confirm_email", args=[key]))
    return EmailAddress.objects.get(email=ADDRESS).verified


def test_link_confirms_address_on_post_only(key: str) -> None:
    with travel(NOW, tick=False):
        Client().get(reverse("account_confirm_email", args=[key]))
    assert not EmailAddress.objects.get(email=ADDRESS).verified
    assert confirmed(key)


def test_changed_link_is_refused(key: str) -> None:
    value, stamp, proof = key.split(":")
    other = "B" if proof[3] != "B" else "C"
    for changed in (
        f"{value}:{stamp}:{proof[:3]}{other}{proof[4:]}",
        f"{value}:{stamp[:-1]}0:{proof}",
        value,
        f"{value}::",
    ):
        assert not confirmed(changed), changed


def test_link_signed_for_other_purpose_is_refused(key: str) -> None:
    row = EmailAddress.objects.get(email=ADDRESS)
    with travel(NOW, tick=False):
        assert not confirmed(signing.dumps(row.pk, salt="something else"))
        assert not confirmed(signing.dumps(row.pk))


def test_link_expires_after_three_days(key: str) -> None:
    assert not confirmed(key, dt.timedelta(days=3, seconds=1))
    assert confirmed(key, dt.timedelta(days=3, seconds=-1))
