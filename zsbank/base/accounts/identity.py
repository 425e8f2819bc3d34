"""Signing in with the city's identity service: OpenID Connect, authorization code with PKCE.

The service's word counts only as a signed ID token: its signature, issuer, audience, time and nonce are looked at
before anything in it is believed.
"""

import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import DjangoOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from joserfc.errors import JoseError
from requests import RequestException

from zsbank.environment import IdentityService

SIGNATURES = ("RS256", "PS256", "ES256")
"""What a token may be signed with: with a key of the service's own, never with a shared one or not at all."""

TIMEOUT_SECONDS = 5
LEEWAY_SECONDS = 60
ASKED_AGAIN_SECONDS = 3600
"""How long the service's own description is believed before it is fetched again."""

LONGEST_SUBJECT = 255
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Unreachable(Exception):
    """The identity service does not answer, or not as its description promises."""


class Untrusted(Exception):
    """What came back is not the service's word about this sign-in."""


@dataclass(frozen=True)
class Proven:
    """What the service vouches for: who it is there, and the account name it says."""

    issuer: str
    subject: str
    claimed: str


def service() -> IdentityService | None:
    """The identity service that is set, or None."""
    given: IdentityService | None = settings.IDENTITY_SERVICE
    return given


def begin(request: HttpRequest, asked: IdentityService, back: str) -> HttpResponseRedirect:
    """Lead to the service; `back` is the whole address it answers to.

    Raises:
        Unreachable: when its description cannot be fetched or is another's.
    """
    redirect: HttpResponseRedirect = _client(asked).authorize_redirect(request, back)
    return redirect


def finish(request: HttpRequest, asked: IdentityService) -> Proven:
    """Fetch and examine what the service says of who came back.

    Raises:
        Unreachable: when the service does not answer.
        Untrusted: when this browser did not ask, or the token is not the service's for us, now and for this sign-in.
    """
    client = _client(asked)
    try:
        token = client.authorize_access_token(
            request,
            claims_cls=CodeIDToken,
            claims_options={
                "iss": {"essential": True, "value": asked.issuer},
                "aud": {"essential": True, "value": asked.client_id},
                "exp": {"essential": True},
            },
            leeway=LEEWAY_SECONDS,
        )
        return _proven(client, token, asked)
    except RequestException as problem:
        raise Unreachable from problem
    except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError) as problem:
        raise Untrusted from problem


def _proven(client: DjangoOAuth2App, token: dict[str, Any], asked: IdentityService) -> Proven:
    """What the signed token says; a service may tell the account name only where it tells more of a person."""
    said = token["userinfo"]
    subject = said["sub"]
    if asked.claim not in said and "userinfo_endpoint" in client.server_metadata:
        said = client.userinfo(token=token)
    claimed = said.get(asked.claim, "")
    if said["sub"] != subject or not (isinstance(subject, str) and isinstance(claimed, str)):
        raise ValueError("the service speaks of two persons, or names none")
    if not 0 < len(subject) <= LONGEST_SUBJECT:
        raise ValueError("the service's name for the person is empty or too long")
    return Proven(asked.issuer, subject, claimed)


def _client(asked: IdentityService) -> DjangoOAuth2App:
    try:
        return described(asked, int(time.time()) // ASKED_AGAIN_SECONDS)
    except (RequestException, ValueError, KeyError, TypeError) as problem:
        raise Unreachable from problem


class Direct(OAuth2Session):  # type: ignore[misc]
    """Asks the service itself: an answer that points elsewhere is none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As Authlib calls it."""
        super().__init__(*args, **kwargs)
        self.max_redirects = 0


class Service(DjangoOAuth2App):  # type: ignore[misc]
    """Authlib's client, which follows nobody."""

    client_cls = Direct


@lru_cache(maxsize=2)
def described(asked: IdentityService, hour: int) -> DjangoOAuth2App:
    """A client that knows the service's description, fetched once in an `hour`."""
    client = OAuth().register(
        "identity",
        client_cls=Service,
        client_id=asked.client_id,
        client_secret=asked.client_secret,
        server_metadata_url=asked.issuer.rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT_SECONDS,
        },
    )
    found = client.load_server_metadata()
    if found["issuer"] != asked.issuer:
        raise ValueError("the description is another service's")
    scheme = "https://" if asked.issuer.startswith("https://") else "http://"
    if not all(str(found[name]).startswith(scheme) for name in ENDPOINTS):
        raise ValueError("an address of the service is not protected as its own is")
    found["id_token_signing_alg_values_supported"] = [*SIGNATURES]
    return client
