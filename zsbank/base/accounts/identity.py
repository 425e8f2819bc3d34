"""Sign-in with the city's identity service: OpenID Connect, authorization code flow with PKCE.

Only a signed ID token is trusted, after signature, issuer, audience, time and nonce were verified.
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
"""Accepted signature algorithms: asymmetric only."""

TIMEOUT_SECONDS = 5
LEEWAY_SECONDS = 60
METADATA_SECONDS = 3600
"""How long the service's metadata are cached."""

MAX_SUBJECT_LENGTH = 255
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Unreachable(Exception):
    """The identity service does not respond, or not according to its metadata."""


class Untrusted(Exception):
    """The response is not a valid token for this sign-in."""


@dataclass(frozen=True)
class VerifiedIdentity:
    """A verified identity: the person's identifier at the service, and the account name it states."""

    issuer: str
    subject: str
    claimed: str


def configured_service() -> IdentityService | None:
    """Return the configured identity service, or None."""
    given: IdentityService | None = settings.IDENTITY_SERVICE
    return given


def redirect_to_service(request: HttpRequest, asked: IdentityService, back: str) -> HttpResponseRedirect:
    """Redirect to the service.

    Args:
        back: the absolute URL of the callback.

    Raises:
        Unreachable: the metadata cannot be fetched, or belong to another service.
    """
    redirect: HttpResponseRedirect = _client(asked).authorize_redirect(request, back)
    return redirect


def verify_callback(request: HttpRequest, asked: IdentityService) -> VerifiedIdentity:
    """Fetch and verify the identity of the person who returned from the service.

    Raises:
        Unreachable: the service does not respond.
        Untrusted: this browser did not start the sign-in, or the token is not valid for this register, time
            and sign-in.
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
        return _verified(client, token, asked)
    except RequestException as problem:
        raise Unreachable from problem
    except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError) as problem:
        raise Untrusted from problem


def _verified(client: DjangoOAuth2App, token: dict[str, Any], asked: IdentityService) -> VerifiedIdentity:
    """Return the identity in the signed token; the account name may come from the userinfo endpoint."""
    said = token["userinfo"]
    subject = said["sub"]
    if asked.claim not in said and "userinfo_endpoint" in client.server_metadata:
        said = client.userinfo(token=token)
    claimed = said.get(asked.claim, "")
    if said["sub"] != subject or not (isinstance(subject, str) and isinstance(claimed, str)):
        raise ValueError("the service speaks of two persons, or names none")
    if not 0 < len(subject) <= MAX_SUBJECT_LENGTH:
        raise ValueError("the service's name for the person is empty or too long")
    return VerifiedIdentity(asked.issuer, subject, claimed)


def _client(asked: IdentityService) -> DjangoOAuth2App:
    try:
        return client_with_metadata(asked, int(time.time()) // METADATA_SECONDS)
    except (RequestException, ValueError, KeyError, TypeError) as problem:
        raise Unreachable from problem


class NoRedirectSession(OAuth2Session):  # type: ignore[misc]
    """Follows no redirects: a redirected response is an error."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_redirects = 0


class IdentityClient(DjangoOAuth2App):  # type: ignore[misc]
    """Authlib's client, without redirects."""

    client_cls = NoRedirectSession


@lru_cache(maxsize=2)
def client_with_metadata(asked: IdentityService, hour: int) -> DjangoOAuth2App:
    """Return a client with the service's metadata, fetched once per `hour`.

    Raises:
        ValueError: the metadata belong to another service, or name an unprotected address.
    """
    client = OAuth().register(
        "identity",
        client_cls=IdentityClient,
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
