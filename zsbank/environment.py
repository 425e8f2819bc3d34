"""The environment's answers: every variable the register reads, with its default, in one place."""

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.core.exceptions import ImproperlyConfigured

Mode = Literal["local", "test", "production"]
HIGHEST_PORT = 65535
KEY_AT_LEAST, KEY_SIGNS_AT_LEAST = 50, 5
"""What Django's own check (security.W009) takes for a key that nobody guesses: length, and different signs in it."""
MODES: tuple[Mode, ...] = ("local", "test", "production")


def mode() -> Mode:
    """How the program runs: `local` on one desk, `test` under pytest, `production` behind a real address."""
    given = os.environ.get("ZSBANK_MODE", "local")
    for known in MODES:
        if given == known:
            return known
    raise ImproperlyConfigured(f"ZSBANK_MODE is {given!r}; use one of {', '.join(MODES)}")


def folder(name: str, default: Path) -> Path:
    """A folder named by a variable."""
    return Path(os.environ.get(name) or default).resolve()


def file(name: str) -> Path | None:
    """A file that is there; None when none is named."""
    given = os.environ.get(name, "").strip()
    if given and not Path(given).is_file():
        raise ImproperlyConfigured(f"{name} is {given!r}; there is no such file")
    return Path(given) if given else None


def words(name: str, default: str = "") -> list[str]:
    """A list given with commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def yes(name: str, *, default: bool) -> bool:
    """A switch: `yes` or `no`; anything else is refused, so that a typing error opens nothing."""
    given = os.environ.get(name, "")
    if given not in ("", "yes", "no"):
        raise ImproperlyConfigured(f"{name} is {given!r}; use yes or no")
    return given == "yes" if given else default


def number(name: str, default: int, *, at_least: int = 1) -> int:
    """A whole number that is not too small."""
    given = os.environ.get(name, "").strip() or str(default)
    if not (given.isascii() and given.isdecimal() and int(given) >= at_least):
        raise ImproperlyConfigured(f"{name} is {given!r}; give a whole number of at least {at_least}")
    return int(given)


def socket_address(name: str) -> str:
    """A socket as `unix:/path` or `tcp:host:port`; empty when none is set."""
    given = os.environ.get(name, "").strip()
    match = re.fullmatch(r"unix:/.+|tcp:.+:(?P<port>[0-9]{1,5})", given)
    if given and (match is None or int(match["port"] or 1) > HIGHEST_PORT):
        raise ImproperlyConfigured(f"{name} is {given!r}; write unix:/path or tcp:host:port")
    return given


def demand_none(open_ones: list[str]) -> None:
    """Stop where a connection could be listened to; the words say what to write, not what was written."""
    if open_ones:
        raise ImproperlyConfigured(
            "these connections leave the machine unprotected; "
            + "; ".join(open_ones)
            + ". Where the network between"
            " the machines is protected otherwise, say so with ZSBANK_PLAIN_NETWORK=yes"
        )


def secret(name: str) -> str:
    """A secret from the variable or from the file that `<name>_FILE` points to; empty when neither is set."""
    if value := os.environ.get(name, ""):
        return value
    if path := os.environ.get(f"{name}_FILE", ""):
        return Path(path).read_text(encoding="utf-8").strip()
    return ""


def secret_key(running: Mode, data: Path) -> str:
    """The secret key. Production must be given a strong one; elsewhere it is the one kept in the data folder.

    Before the program was started for the first time there is none: then it is one for this process only.
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
    """Where the secret key is kept outside production."""
    return data / "secret_key"


@dataclass(frozen=True)
class IdentityService:
    """The city's identity service, by OpenID Connect.

    `issuer` is its address as it writes it in its tokens; `claim` is the claim that holds the account name.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str
    claim: str


def identity_service(running: Mode) -> IdentityService | None:
    """The identity service to sign in with, or None when none is set. Half a setting is refused."""
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
    """Secret keys that were changed lately: they still open what they sealed and signed, and seal nothing new."""
    return secret("ZSBANK_EARLIER_KEYS").split()


def _strong(key: str) -> str:
    if len(key) < KEY_AT_LEAST or len(set(key)) < KEY_SIGNS_AT_LEAST:
        raise ImproperlyConfigured(
            f"ZSBANK_SECRET_KEY is too weak: at least {KEY_AT_LEAST} characters (openssl rand -base64 50)"
        )
    return key
