"""Sign-in with the city's identity service: a real service runs in the test, valid or forging."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from conftest import make_officer
from zsbank.base.accounts import actions
from zsbank.base.accounts.allauth_private import TOTP
from zsbank.base.accounts.models import Identity, User
from zsbank.base.accounts.tests.identity_provider import (
    Provider,
)
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import NotAllowed, WrongState
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People
from zsbank.site.portal.tests.signing_in import SUBJECT

pytestmark = pytest.mark.django_db
HERE = "192.0.2.1"


def start(wanted: str = "") -> tuple[Client, str]:
    """Start a sign-in; return the client and the URL of the redirect to the service."""
    client = Client(REMOTE_ADDR=HERE)
    answer = client.get(reverse("portal:identity_login"), {"next": wanted} if wanted else {})
    assert answer.status_code == 302, answer.content.decode()
    return client, answer.headers["Location"]


def come_back(client: Client, address: str) -> Any:
    """Follow the redirect back from the service."""
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def signed_in(client: Client) -> bool:
    """Return whether the client is signed in."""
    return "_auth_user_id" in client.session


def through(provider: Provider, subject: str = SUBJECT, wanted: str = "") -> tuple[Client, Any]:
    """Complete a sign-in; return the client and the last response."""
    client, asked = start(wanted)
    return client, come_back(client, provider.confirms(asked, subject))


def newest() -> tuple[str, int, dict[str, Any]]:
    """Return verb, subject and data of the newest journal entry."""
    entry = Entry.objects.latest("pk")
    return entry.verb, entry.subject_id, entry.data


def refused(client: Client, answer: Any) -> bool:
    """Return whether the sign-in was refused and recorded."""
    return answer.status_code == 403 and not signed_in(client) and newest()[0] == "refuse_sign_in"


def test_first_sign_in_connects_account(provider: Provider, known: User) -> None:
    client, answer = through(provider)
    assert (answer.status_code, signed_in(client)) == (302, True)
    assert Identity.objects.get().person == known
    verbs = [*Entry.objects.filter(subject_id=known.pk).order_by("pk").values_list("verb", flat=True)]
    assert verbs[-2:] == ["connect_identity", "sign_in"]
    assert newest() == ("sign_in", known.pk, {"address": HERE, "shown": ["identity_service"]})


def test_later_sign_in_uses_subject_not_name(provider: Provider, known: User) -> None:
    through(provider)
    provider.is_known(SUBJECT, preferred_username="renamed-there")
    client, _answer = through(provider)
    assert signed_in(client)
    assert Entry.objects.filter(verb="connect_identity").count() == 1


def test_request_has_code_pkce_state_and_nonce(provider: Provider, known: User) -> None:
    _client, address = start()
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 20
    assert asked["redirect_uri"].endswith(reverse("portal:identity_callback"))
    through(provider)
    assert len(provider.asked[-1]["code_verifier"]) >= 43
    assert "client_secret" not in provider.asked[-1]


def test_requested_page_opens_only_on_own_host(provider: Provider, known: User) -> None:
    assert through(provider, wanted="/bank/letters/")[1].headers["Location"] == "/bank/letters/"
    assert through(provider, wanted="https://evil.example/")[1].headers["Location"] == "/"
    assert through(provider, wanted="//evil.example/")[1].headers["Location"] == "/"


def test_second_factor_is_required_after_service(provider: Provider, known: User) -> None:
    TOTP.activate(known, "JBSWY3DPEHPK3PXP")
    client, answer = through(provider)
    assert answer.headers["Location"].startswith(reverse("mfa_authenticate"))
    assert not signed_in(client)


def test_disconnected_account_can_be_connected_again(
    provider: Provider, people: "People", known: User, security: User
) -> None:
    through(provider)
    for by in (people.decider, known):
        with pytest.raises(NotAllowed):
            actions.disconnect_identity(person=known, by=by)
    actions.disconnect_identity(person=known, by=security)
    assert newest()[:2] == ("disconnect_identity", known.pk)
    with pytest.raises(WrongState):
        actions.disconnect_identity(person=known, by=security)
    provider.is_known("b-2", preferred_username=known.username)
    assert signed_in(through(provider, "b-2")[0])


def test_disconnection_ends_session(provider: Provider, known: User, security: User) -> None:
    client, _answer = through(provider)
    assert client.get("/").status_code == 200
    actions.disconnect_identity(person=known, by=security)
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_other_site_cannot_start_sign_in(provider: Provider, site: str) -> None:
    answer = Client(headers={"Sec-Fetch-Site": site}).get(reverse("portal:identity_login"))
    assert answer.headers["Location"] == reverse("account_login")
    for own in ("same-origin", "none"):
        answer = Client(headers={"Sec-Fetch-Site": own}).get(reverse("portal:identity_login"))
        assert answer.headers["Location"].startswith(provider.issuer)


def test_tokens_are_not_stored(provider: Provider, known: User) -> None:
    client, _answer = through(provider)
    kept = [*map(str, client.session.values()), *(cookie.value for cookie in client.cookies.values())]
    assert not [text for text in kept if "eyJ" in text or "access_token" in text]


def test_callbacks_are_rate_limited(provider: Provider, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    tried = [
        Client(REMOTE_ADDR=HERE).get(reverse("portal:identity_callback"), {"code": "x", "state": "y"})
        for _time in range(4)
    ]
    assert [answer.status_code for answer in tried] == [403, 403, 403, 429]


def test_account_name_is_read_from_userinfo(provider: Provider, known: User) -> None:
    provider.in_token = lambda claims: claims.pop("preferred_username")
    assert signed_in(through(provider)[0])


def test_person_without_credentials_is_led_to_set_up(people: "People", client: Client) -> None:
    officer = make_officer("no-password", Role.SECURITY_ADMINISTRATOR)
    officer.set_unusable_password()
    officer.save()
    client.force_login(officer)
    answer = client.get("/admin/accounts/user/do/enter_person/")
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("mfa_index"))


def test_unavailable_service_shows_other_sign_in(provider: Provider, settings: Settings) -> None:
    settings.IDENTITY_SERVICE = replace(settings.IDENTITY_SERVICE, issuer="http://127.0.0.1:9")
    answer = Client().get(reverse("portal:identity_login"))
    assert answer.status_code == 503
    assert reverse("account_login") in answer.content.decode()


@pytest.mark.parametrize(
    "change",
    [{"issuer": "https://evil.example"}, {"token_endpoint": "gopher://evil.example"}, {"jwks_uri": None}],
)
def test_metadata_of_another_service_are_refused(provider: Provider, change: dict[str, Any]) -> None:
    provider.in_description = lambda found: found.update(change)
    assert Client().get(reverse("portal:identity_login")).status_code == 503


def test_redirected_metadata_are_refused(provider: Provider) -> None:
    provider.elsewhere = f"{provider.issuer}/.well-known/openid-configuration?moved"
    assert Client().get(reverse("portal:identity_login")).status_code == 503
    provider.elsewhere = ""
    assert Client().get(reverse("portal:identity_login")).status_code == 302


def test_signed_in_person_is_not_redirected_to_service(
    provider: Provider, known: User, client: Client
) -> None:
    client.force_login(known)
    for name in ("portal:identity_login", "portal:identity_callback"):
        assert client.get(reverse(name)).headers["Location"] == "/"


def test_sign_in_page_offers_configured_service_only(provider: Provider, settings: Settings) -> None:
    page = Client().get(reverse("account_login"), {"next": "/bank/letters/"}).content.decode()
    assert f"{reverse('portal:identity_login')}?next=/bank/letters/" in page
    assert "市统一身份认证" in page
    settings.IDENTITY_SERVICE = None
    assert reverse("portal:identity_login") not in Client().get(reverse("account_login")).content.decode()
    for name in ("portal:identity_login", "portal:identity_callback"):
        assert Client().get(reverse(name)).status_code == 404
