"""Sign-in with the identity service: what is refused, and how."""

import time
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from zsbank.base.accounts.models import Identity, User
from zsbank.base.accounts.tests.identity_provider import (
    Provider,
    by_a_key_it_brings,
    by_a_stranger,
    by_nobody,
    by_the_public_key,
)

if TYPE_CHECKING:
    pass
from zsbank.site.portal.tests.signing_in import SUBJECT
from zsbank.site.portal.tests.test_identity import (
    HERE,
    come_back,
    newest,
    refused,
    signed_in,
    start,
    through,
)

pytestmark = pytest.mark.django_db


def test_declined_sign_in_is_refused(provider: Provider, known: User) -> None:
    client, asked = start()
    assert refused(client, come_back(client, provider.declines(asked)))


def test_callback_of_another_browser_is_refused(provider: Provider, known: User) -> None:
    _first, asked = start()
    back = provider.confirms(asked, SUBJECT)
    other, _asked = start()
    assert refused(other, come_back(other, back))
    stranger = Client()
    assert refused(stranger, come_back(stranger, back))


def test_callback_works_once(provider: Provider, known: User) -> None:
    client, asked = start()
    back = provider.confirms(asked, SUBJECT)
    come_back(client, back)
    client.logout()
    assert refused(client, come_back(client, back))


def _two_parties(claims: dict[str, Any]) -> None:
    claims.update(aud=["zsbank", "another"], azp="another")


LIES: dict[str, Any] = {
    "another's nonce": lambda claims: claims.update(nonce="another"),
    "no nonce": lambda claims: claims.pop("nonce"),
    "another issuer": lambda claims: claims.update(iss="https://evil.example"),
    "for another": lambda claims: claims.update(aud="another"),
    "for another who is named as party": lambda claims: claims.update(aud="another", azp="zsbank"),
    "given to another party": _two_parties,
    "over": lambda claims: claims.update(exp=int(time.time()) - 600),
    "without an end": lambda claims: claims.pop("exp"),
    "of tomorrow": lambda claims: claims.update(nbf=int(time.time()) + 86400),
    "of nobody": lambda claims: claims.pop("sub"),
    "of an empty name": lambda claims: claims.update(sub=""),
    "of a list": lambda claims: claims.update(preferred_username=["boss"]),
}


@pytest.mark.parametrize("lie", LIES)
def test_token_with_wrong_claims_is_refused(provider: Provider, known: User, lie: str) -> None:
    provider.in_token = LIES[lie]
    assert refused(*through(provider))
    provider.in_token = lambda claims: None
    assert signed_in(through(provider)[0]), "the same way without the lie leads in"


@pytest.mark.parametrize("signed", [by_a_stranger, by_a_key_it_brings, by_the_public_key, by_nobody])
def test_token_with_wrong_signature_is_refused(provider: Provider, known: User, signed: Any) -> None:
    provider.signed = signed
    assert refused(*through(provider))


def test_metadata_cannot_weaken_signatures(provider: Provider, known: User) -> None:
    provider.in_description = lambda found: found.update(
        id_token_signing_alg_values_supported=["none", "HS256"]
    )
    provider.signed = by_nobody
    assert refused(*through(provider))


def test_unknown_and_inactive_accounts_are_answered_alike(provider: Provider, known: User) -> None:
    provider.is_known("nobody", preferred_username="nobody-here")
    stranger = through(provider, "nobody")
    known.is_active = False
    known.save()
    leaver = through(provider)
    assert refused(*stranger)
    assert refused(*leaver)
    texts = [answer.content.decode() for _client, answer in (stranger, leaver)]
    assert texts[0].split("<main")[1] == texts[1].split("<main")[1]
    assert newest() == ("refuse_sign_in", known.pk, {"address": HERE})


def test_connected_inactive_account_is_refused(provider: Provider, known: User) -> None:
    through(provider)
    known.is_active = False
    known.save()
    assert refused(*through(provider))


def test_email_address_does_not_identify_account(provider: Provider, known: User) -> None:
    provider.is_known("mailer", preferred_username=known.email, email=known.email, email_verified=True)
    assert refused(*through(provider, "mailer"))
    provider.is_known("mailer", email=known.email, email_verified=True)
    assert refused(*through(provider, "mailer"))


def test_connected_account_is_not_taken_by_another_subject(provider: Provider, known: User) -> None:
    through(provider)
    provider.is_known("b-2", preferred_username=known.username)
    assert refused(*through(provider, "b-2"))
    assert Identity.objects.get().subject == SUBJECT
