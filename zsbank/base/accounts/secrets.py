"""Secrets that have to be read again lie sealed in the database: who copies it cannot sign in with what is in it.

The keys are made from the register's secret keys (docs/en/security/keys.md); earlier ones still open, the newest seals.
"""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = "f1:"
"""What stands before everything sealed this way: a later way has another mark, and both can be told apart."""

PURPOSE = b"zsbank: secrets of second factors"


class Unopenable(Exception):
    """What lies there was sealed with a key that is not given any more, was changed, or was never sealed."""


def seal(text: str) -> str:
    """Seal a text with the newest key."""
    return MARK + _keys()[0].encrypt(text.encode()).decode()


def is_sealed(text: str) -> bool:
    """Whether a text is one that was sealed."""
    return text.startswith(MARK)


def is_sealed_newly(text: str) -> bool:
    """Whether the newest key opens it."""
    try:
        _keys()[0].decrypt(text.removeprefix(MARK))
    except InvalidToken:
        return False
    return is_sealed(text)


def unseal(sealed: str) -> str:
    """The text that was sealed.

    Raises:
        Unopenable: no key that is given opens it, or it was changed; a text that was never sealed is not let through.
    """
    try:
        return MultiFernet(_keys()).decrypt(_token(sealed)).decode()
    except InvalidToken as error:
        raise Unopenable from error


def _token(sealed: str) -> str:
    if not is_sealed(sealed):
        raise Unopenable
    return sealed.removeprefix(MARK)


def _keys() -> list[Fernet]:
    return [_key_from(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


@cache
def _key_from(secret: str) -> Fernet:
    """A key for this one purpose; from it nobody comes back to the secret, or to the key of another purpose."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
