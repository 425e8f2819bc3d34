"""Phones, e-mails and sign-in names: whole to who needs them (`Verb.SEE_CONTACTS`), masked to everybody else.

A bank's people see their own bank's in the portal and the API, which show nobody else's. The export of the record is
whole: its hashes are taken over what was recorded.
"""

import re

from django.contrib.auth.models import AnonymousUser

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.permissions import Verb

PHONE = re.compile(r"[0-9+() -]{5,30}")
HIDDEN = "****"


def shown_to(reader: User | AnonymousUser, text: str) -> str:
    """A phone, an e-mail or a sign-in name as this officer sees it."""
    return text if staff_may(reader, Verb.SEE_CONTACTS) else masked(text)


def masked(text: str) -> str:
    """138****1234, z****@bank.example, li****; nothing of what is too short to hide a part of."""
    if "@" in text:
        name, _at, host = text.rpartition("@")
        return f"{name[:1]}{HIDDEN}@{host}"
    if PHONE.fullmatch(text):
        digits = "".join(character for character in text if character.isdecimal())
        return f"{digits[:3]}{HIDDEN}{digits[-4:]}" if len(digits) > 7 else HIDDEN
    return f"{text[:2]}{HIDDEN}" if len(text) > 4 else HIDDEN
