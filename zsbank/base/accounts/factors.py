"""Second factors at rest: what authenticators and recovery codes are made from lies sealed in the database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from zsbank.base.accounts import secrets

SECRETS = ("secret", "seed")
CODES = "migrated_codes"
"""Where allauth keeps what it gave to `encrypt`."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals what allauth would keep as it is."""

    def encrypt(self, text: str) -> str:
        """Called before a secret is stored."""
        return secrets.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Called before a code is checked; what cannot be opened lets nobody in."""
        return secrets.unseal(encrypted_text)


@dataclass
class Sealed:
    """How many second factors were sealed now, and which nobody can open with the keys that are given."""

    now: int
    unopenable: list[int]


def seal_anew() -> Sealed:
    """Seal with the newest key what lies open, from before there was sealing, or was sealed with an earlier key.

    Run at every start and after a backup was restored; a second time changes nothing.
    """
    done = Sealed(0, [])
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        try:
            done.now += _seal_one(pk)
        except secrets.Unopenable:
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
    if secrets.is_sealed_newly(text):
        return text
    return secrets.seal(secrets.unseal(text) if secrets.is_sealed(text) else text)


def _each(data: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """The same with every secret changed."""
    changed = data | {name: change(data[name]) for name in SECRETS if name in data}
    if CODES in data:
        changed[CODES] = [change(code) for code in data[CODES]]
    return changed
