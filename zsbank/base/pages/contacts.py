"""Phones, e-mail addresses and sign-in names: shown with `Verb.SEE_CONTACTS`, otherwise masked.

Portal and API show a bank's users the contacts of their own bank only. The export of the journal is unmasked,
because its hashes cover what was recorded.
"""

import re
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.cases.registry import case_of
from zsbank.base.permissions import Verb


@dataclass(frozen=True)
class Officer:
    """The officer whom a bank may ask about a case: name and office phone only, the phone may be empty."""

    name: str
    phone: str


PHONE = re.compile(r"[0-9+() -]{5,30}")
HIDDEN = "****"


def shown_to(reader: User | AnonymousUser, text: str) -> str:
    """Return a phone, an e-mail address or a sign-in name as this officer may see it."""
    return text if staff_may(reader, Verb.SEE_CONTACTS) else masked(text)


def officer_for(case: Model) -> Officer | None:
    """Return the officer who handles a bank's case now; None if nobody does, or the person has lost role or account."""
    declared = case_of(type(case))
    person = declared.officer(case) if declared and declared.officer else None
    if declared is None or person is None or not declared.can_still_handle(person):
        return None
    return Officer(str(person), person.office_phone)


def masked(text: str) -> str:
    """Return 138****1234, z****@bank.example or li****; short texts are masked completely."""
    if "@" in text:
        name, _at, host = text.rpartition("@")
        return f"{name[:1]}{HIDDEN}@{host}"
    if PHONE.fullmatch(text):
        digits = "".join(character for character in text if character.isdecimal())
        return f"{digits[:3]}{HIDDEN}{digits[-4:]}" if len(digits) > 7 else HIDDEN
    return f"{text[:2]}{HIDDEN}" if len(text) > 4 else HIDDEN
