"""Second factors are encrypted in the database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from zsbank.base.accounts import secrets

SECRETS = ("secret", "seed")
CODES = "migrated_codes"
"""The key under which allauth stores what `encrypt` returned."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Encrypts the secrets of second factors."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret before it is stored."""
        return secrets.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret before a code is checked; raises an exception if no key fits."""
        return secrets.unseal(encrypted_text)


@dataclass
class SealResult:
    """The number of second factors sealed now, and the primary keys of those that no given key opens."""

    now: int
    unopenable: list[int]


def seal_all() -> SealResult:
    """Seal all second factors that are unsealed, or sealed with an earlier key, with the newest key.

    Runs at every start and after a restore; repeating it changes nothing.
    """
    done = SealResult(0, [])
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        try:
            done.now += _seal_one(pk)
        except secrets.CannotUnseal:
            done.unopenable.append(pk)
    return done


@transaction.atomic
def _seal_one(pk: int) -> bool:
    row = Authenticator.objects.select_for_update(no_key=True).get(pk=pk)
    fresh = _each(row.data, _newly)
    if fresh == row.data:
        return False
    row.data = fresh
    row.save(update_fields=["data"])
    return True


def _newly(text: str) -> str:
    if secrets.is_sealed_with_newest_key(text):
        return text
    return secrets.seal(secrets.unseal(text) if secrets.is_sealed(text) else text)


def _each(data: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """Return the data with every secret changed."""
    changed = data | {name: change(data[name]) for name in SECRETS if name in data}
    if CODES in data:
        changed[CODES] = [change(code) for code in data[CODES]]
    return changed
