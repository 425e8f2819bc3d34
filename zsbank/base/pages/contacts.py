"""Phones, e-mail addresses and sign-in names: shown with `Verb.SEE_CONTACTS`, otherwise masked.

Portal and API show a bank's users the contacts of their own bank only. The export of the journal is unmasked,
because its hashes cover what was recorded.
"""

import re

from django.contrib.auth.models import AnonymousUser

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.permissions import Verb

PHONE = re.compile(r"[0-9+() -]{5,30}")
HIDDEN = "****"


def shown_to(reader: User | AnonymousUser, text: str) -> str:
    """Return a phone, an e-mail address or a sign-in name as this officer may see it."""
    return text if staff_may(reader, Verb.SEE_CONTACTS) else masked(text)


def masked(text: str) -> str:
    """Return 138****1234, z****@bank.example or li****; short texts are masked completely."""
    if "@" in text:
        name, _at, host = text.rpartition("@")
        return f"{name[:1]}{HIDDEN}@{host}"
    if PHONE.fullmatch(text):
        digits = "".join(character for character in text if character.isdecimal())
        return f"{digits[:3]}{HIDDEN}{digits[-4:]}" if len(digits) > 7 else HIDDEN
    return f"{text[:2]}{HIDDEN}" if len(text) > 4 else HIDDEN
