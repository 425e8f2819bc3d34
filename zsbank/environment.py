"""Environment variables: every variable that the register reads, with its default, in one place."""

import ipaddress
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.core.exceptions import ImproperlyConfigured

Mode = Literal["local", "test", "production"]
HIGHEST_PORT = 65535
MIN_KEY_LENGTH, MIN_KEY_CHARACTERS = 50, 5
"""The minimum that Django's own check (security.W009) demands of a secret key."""
MODES: tuple[Mode, ...] = ("local", "test", "production")


def mode() -> Mode:
    """Return how the program runs: `local` on a workstation, `test` under pytest, `production` on a public address.

    Raises:
        ImproperlyConfigured: it is another word.
    """
    given = os.environ.get("ZSBANK_MODE", "local")
    for known in MODES:
        if given == known:
            return known
    raise ImproperlyConfigured(f"ZSBANK_MODE is {given!r}; use one of {', '.join(MODES)}")


def folder(name: str, default: Path) -> Path:
    """Return the path of a folder from a variable."""
    return Path(os.environ.get(name) or default).resolve()


def file(name: str) -> Path | None:
    """Return the path of an existing file from a variable; None when the variable is empty.

    Raises:
        ImproperlyConfigured: there is no such file.
    """
    given = os.environ.get(name, "").strip()
    if given and not Path(given).is_file():
        raise ImproperlyConfigured(f"{name} is {given!r}; there is no such file")
    return Path(given) if given else None


def text(name: str, default: str = "") -> str:
    """Return a text from a variable, on one line."""
    return " ".join(os.environ.get(name, default).split()) or default


def comma_separated(name: str, default: str = "") -> list[str]:
    """Return a list from a comma-separated variable."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def networks(name: str, default: str) -> list[str]:
    """Return IP networks, separated by commas.

    Raises:
        ImproperlyConfigured: one is not a network.
    """
    given = comma_separated(name, default)
    try:
        return [str(ipaddress.ip_network(one)) for one in given]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}; use networks such as 10.0.0.0/24") from error


def boolean(name: str, *, default: bool) -> bool:
    """Return a boolean from `yes` or `no`; another word is an error, so that a typing error enables nothing.

    Raises:
        ImproperlyConfigured: it is another word.
    """
    given = os.environ.get(name, "")
    if given not in ("", "yes", "no"):
        raise ImproperlyConfigured(f"{name} is {given!r}; use yes or no")
    return given == "yes" if given else default


def integer(name: str, default: int, *, at_least: int = 1) -> int:
    """Return a whole number that is at least `at_least`.

    Raises:
        ImproperlyConfigured: it is not a whole number, or too small.
    """
    given = os.environ.get(name, "").strip() or str(default)
    if not (given.isascii() and given.isdecimal() and int(given) >= at_least):
        raise ImproperlyConfigured(f"{name} is {given!r}; give a whole number of at least {at_least}")
    return int(given)


def socket_address(name: str) -> str:
    """Return a socket as `unix:/path` or `tcp:host:port`; empty when none is set.

    Raises:
        ImproperlyConfigured: it has another format.
    """
    given = os.environ.get(name, "").strip()
    match = re.fullmatch(r"unix:/.+|tcp:.+:(?P<port>[0-9]{1,5})", given)
    if given and (match is None or int(match["port"] or 1) > HIGHEST_PORT):
        raise ImproperlyConfigured(f"{name} is {given!r}; write unix:/path or tcp:host:port")
    return given


def require_protected(unprotected: list[str]) -> None:
    """Refuse to start with unprotected connections.

    Args:
        unprotected: how to protect each of them; the message does not repeat the values of the variables.

    Raises:
        ImproperlyConfigured: there are any.
    """
    if unprotected:
        raise ImproperlyConfigured(
            "these connections leave the machine unprotected; "
            + "; ".join(unprotected)
            + ". Where the network between"
            " the machines is protected otherwise, say so with ZSBANK_PLAIN_NETWORK=yes"
        )


def secret(name: str) -> str:
    """Return a secret from the variable, or from the file that `<name>_FILE` points to; empty when neither is set."""
    if value := os.environ.get(name, ""):
        return value
    if path := os.environ.get(f"{name}_FILE", ""):
        return Path(path).read_text(encoding="utf-8").strip()
    return ""


def secret_key(running: Mode, data: Path) -> str:
    """Return the secret key: from the environment, or outside production from the data folder.

    In production a strong key must be given. Before the first start there is no stored key; the key is then
    valid for this process only.

    Raises:
        ImproperlyConfigured: production has no key, or a weak one.
    """
    if value := secret("ZSBANK_SECRET_KEY"):
        return _strong(value) if running == "production" else value
    if running == "production":
        raise ImproperlyConfigured(
            "production needs a secret: set ZSBANK_SECRET_KEY, or ZSBANK_SECRET_KEY_FILE to the file that holds it"
        )
    path = key_file(data)
    return path.read_text(encoding="ascii").strip() if path.exists() else secrets.token_urlsafe(50)


def key_file(data: Path) -> Path:
    """Return the path of the stored secret key, which is used outside production."""
    return data / "secret_key"


@dataclass(frozen=True)
class IdentityService:
    """The city's identity service, used with OpenID Connect.

    Args:
        issuer: its address as written in its tokens.
        claim: the claim that holds the account name.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str
    claim: str


def identity_service(running: Mode) -> IdentityService | None:
    """Return the configured identity service, or None; an incomplete configuration is an error.

    Raises:
        ImproperlyConfigured: the configuration is incomplete, or the address is not https in production.
    """
    issuer = os.environ.get("ZSBANK_OIDC_ISSUER", "").strip()
    if not issuer:
        return None
    if not issuer.startswith("https://" if running == "production" else ("https://", "http://")):
        raise ImproperlyConfigured(f"ZSBANK_OIDC_ISSUER is {issuer!r}; give the service's https:// address")
    client_id, client_secret = (
        os.environ.get("ZSBANK_OIDC_CLIENT_ID", ""),
        secret("ZSBANK_OIDC_CLIENT_SECRET"),
    )
    if not (client_id and client_secret):
        raise ImproperlyConfigured(
            "ZSBANK_OIDC_ISSUER is set; set ZSBANK_OIDC_CLIENT_ID and ZSBANK_OIDC_CLIENT_SECRET too, "
            "or ZSBANK_OIDC_CLIENT_SECRET_FILE to the file that holds it"
        )
    name = os.environ.get("ZSBANK_OIDC_NAME") or "市统一身份认证"
    claim = os.environ.get("ZSBANK_OIDC_CLAIM") or "preferred_username"
    return IdentityService(issuer, client_id, client_secret, name, claim)


def earlier_keys() -> list[str]:
    """Return former secret keys: they still decrypt and verify, but do not encrypt or sign."""
    return secret("ZSBANK_EARLIER_KEYS").split()


def _strong(key: str) -> str:
    if len(key) < MIN_KEY_LENGTH or len(set(key)) < MIN_KEY_CHARACTERS:
        raise ImproperlyConfigured(
            f"ZSBANK_SECRET_KEY is too weak: at least {MIN_KEY_LENGTH} characters (openssl rand -base64 50)"
        )
    return key
