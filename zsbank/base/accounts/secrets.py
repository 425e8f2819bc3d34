"""Encryption of secrets in the database, so that a copy of the database does not allow signing in.

Keys are derived from the secret keys (docs/en/security/keys.md): earlier keys only decrypt, the newest
encrypts.
"""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = "f1:"
"""Prefix of encrypted texts; another scheme would get another prefix."""

PURPOSE = b"zsbank: secrets of second factors"


class CannotUnseal(Exception):
    """The text was encrypted with a key that is not given, was changed, or is not encrypted."""


def seal(text: str) -> str:
    """Encrypt a text with the newest key."""
    return MARK + _keys()[0].encrypt(text.encode()).decode()


def is_sealed(text: str) -> bool:
    """Return whether a text is encrypted."""
    return text.startswith(MARK)


def is_sealed_with_newest_key(text: str) -> bool:
    """Return whether a text is encrypted with the newest key."""
    try:
        _keys()[0].decrypt(text.removeprefix(MARK))
    except InvalidToken:
        return False
    return is_sealed(text)


def unseal(sealed: str) -> str:
    """Decrypt a text.

    Raises:
        CannotUnseal: no given key opens it, it was changed, or it is not encrypted.
    """
    try:
        return MultiFernet(_keys()).decrypt(_token(sealed)).decode()
    except InvalidToken as error:
        raise CannotUnseal from error


def _token(sealed: str) -> str:
    if not is_sealed(sealed):
        raise CannotUnseal
    return sealed.removeprefix(MARK)


def _keys() -> list[Fernet]:
    return [_key_from(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


@cache
def _key_from(secret: str) -> Fernet:
    """Derive the key for this purpose with HKDF; it reveals neither the secret nor keys of other purposes."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
