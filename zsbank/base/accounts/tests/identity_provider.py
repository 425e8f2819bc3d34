"""An identity service for tests, whose responses can be forged."""

import hmac
import json
import threading
import warnings
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import flask
import oidc_provider_mock
import requests
from joserfc import jwt
from joserfc.errors import SecurityWarning
from joserfc.jwk import KeySet, OctKey, RSAKey
from joserfc.jws import JWSRegistry
from werkzeug.serving import make_server

Change = Callable[[dict[str, Any]], None]


@dataclass
class Provider:
    """The service, and the changes made to its responses."""

    issuer: str = ""
    in_token: Change | None = None
    in_description: Change | None = None
    signed: Callable[[dict[str, Any], Any], str] | None = None
    elsewhere: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)

    def is_known(self, subject: str, **claims: Any) -> None:
        """Register a person at the service."""
        requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=5).raise_for_status()

    def confirms(self, address: str, subject: str) -> str:
        """Confirm the identity there; return the address of the redirect back."""
        answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
        return answer.headers["Location"]

    def declines(self, address: str) -> str:
        """Decline there."""
        answer = requests.post(address, data={"action": "deny"}, allow_redirects=False, timeout=5)
        return answer.headers["Location"]


@contextmanager
def running() -> Iterator[Provider]:
    """Run the service on a free port."""
    provider, app = Provider(), oidc_provider_mock.app()
    app.after_request(lambda answer: _changed(provider, answer))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


def _changed(provider: Provider, answer: flask.Response) -> flask.Response:
    path, body = flask.request.path, answer.get_json(silent=True)
    if path.endswith("/openid-configuration") and provider.elsewhere and not flask.request.query_string:
        answer.status_code, answer.headers["Location"] = 302, provider.elsewhere
    if path.endswith("/openid-configuration") and body and provider.in_description:
        provider.in_description(body)
        answer.set_data(flask.json.dumps(body))
    if path == "/oauth2/token":
        provider.asked.append(flask.request.form.to_dict())
        if body and "id_token" in body and (provider.in_token or provider.signed):
            _forge(provider, body)
            answer.set_data(flask.json.dumps(body))
    return answer


def _forge(provider: Provider, body: dict[str, Any]) -> None:
    own = RSAKey.import_key(flask.g.oidc_provider_mock_storage.jwk.as_dict(is_private=True))
    claims = dict(jwt.decode(body["id_token"], KeySet([own])).claims)
    if provider.in_token:
        provider.in_token(claims)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)  # bad signatures are intended here
        body["id_token"] = (provider.signed or by_itself)(claims, own)


def by_itself(claims: dict[str, Any], own: RSAKey) -> str:
    """Sign as the service signs."""
    return jwt.encode({"alg": "RS256", "kid": own.kid}, claims, own)


def by_a_stranger(claims: dict[str, Any], own: RSAKey) -> str:
    """Sign with another key under the service's key id."""
    other = RSAKey.generate_key(2048, {"kid": own.kid or "x"})
    return jwt.encode({"alg": "RS256", "kid": own.kid}, claims, other)


def by_a_key_it_brings(claims: dict[str, Any], own: RSAKey) -> str:
    """Sign with a key that the token itself contains."""
    other = RSAKey.generate_key(2048)
    return jwt.encode({"alg": "RS256", "jwk": other.as_dict(is_private=False)}, claims, other)


def by_the_public_key(claims: dict[str, Any], own: RSAKey) -> str:
    """Sign with the public key as a shared secret; by hand, because libraries refuse to."""
    said = [{"alg": "HS256", "kid": own.kid}, claims]
    text = b".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in said)
    proof = hmac.digest(own.as_pem(private=False), text, "sha256")
    return (text + b"." + urlsafe_b64encode(proof).rstrip(b"=")).decode()


def by_nobody(claims: dict[str, Any], own: RSAKey) -> str:
    """Do not sign."""
    return jwt.encode(
        {"alg": "none"}, claims, OctKey.generate_key(), registry=JWSRegistry(algorithms=["none"])
    )
