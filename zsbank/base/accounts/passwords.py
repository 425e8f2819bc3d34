"""What a password may not be. Length is in the settings; which characters it has is nobody's business.

Both rules ask the same: whether enough is left of a password when what everybody can guess is taken out.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.roles import Role

LETTERS_LEFT = 4
SHORTEST_COMMON, LONGEST_COMMON = 6, 30
LONGEST = 256
"""What a person or their password safe types; looking through more costs the web program and helps nobody."""

WORDS = (
    "zsbank",
    *("zhongshan", "中山", "hrss", "renshe", "人社局", "人社", "人力资源", "bureau"),
    *(
        "shebaoka",
        "shebao",
        "社保卡",
        "社保",
        "社会保障卡",
        "社会保障",
        "socialsecurity",
        "medicare",
        "yibao",
        "医保",
    ),
    *("hezuoyinhang", "yinhang", "合作银行", "银行", "bank", "card", "register"),
    *("welcome", "password", "passw0rd", "mima", "密码"),
    *(word for role in Role for word in role.value.split("_")),
)
"""What the register, the bureau, its trade and its roles are called; listed in docs/en/signing-in.md."""


def letters_left(password: str, guessable: Iterable[str]) -> int:
    """How many letters a password has besides what is guessable; digits and signs around it add little."""
    rest = password.lower()
    for word in sorted(guessable, key=len, reverse=True):
        rest = rest.replace(word, "")
    return sum(character.isalpha() for character in rest)


class NotTooLong:
    """Refuses a password longer than anybody needs."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for one of more than `LONGEST` characters."""
        if len(password) > LONGEST:
            raise ValidationError(
                _("The password is too long: at most %(n)s characters.") % {"n": LONGEST}, code="too_long"
            )

    def get_help_text(self) -> str:
        """As the page says it before."""
        return _("Enter at most %(n)s characters.") % {"n": LONGEST}


class WithoutOurWords:
    """Refuses a password that is little more than what this register, its bureau or its roles are called."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for one that has such a word and few other letters."""
        said = [word for word in WORDS if word in password.lower()]
        if said and letters_left(password, said) < LETTERS_LEFT:
            raise ValidationError(
                _("The password consists of words that are easy to guess here. Choose other words."),
                code="our_words",
            )

    def get_help_text(self) -> str:
        """As the page says it before."""
        return _("Not made up of the names of the register, the bureau, its business or its roles.")


class NotCommon(CommonPasswordValidator):
    """Refuses a common password also when it is repeated, or has digits and signs added to be long enough."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for one that is in the list, or has few letters besides one of the list."""
        super().validate(password, user)
        plain = password.lower()[:LONGEST]
        for start in range(len(plain)):
            for end in range(min(len(plain), start + LONGEST_COMMON), start + SHORTEST_COMMON - 1, -1):
                if plain[start:end] in self.passwords:
                    if letters_left(plain, [plain[start:end]]) < LETTERS_LEFT:
                        super().validate(plain[start:end], user)
                    break


class NotBreached:
    """Refuses a password whose SHA-1 is in the operator's list of breached ones; without a list it refuses none.

    The list is the download of Have I Been Pwned: a line `SHA1:count` each, sorted. It is searched where it lies.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for one that was in a breach."""
        listed = settings.BREACHED_PASSWORDS
        digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        if listed and is_listed(digest, listed):
            raise ValidationError(
                _("This password has appeared in a data breach elsewhere. Choose another one."),
                code="breached",
            )

    def get_help_text(self) -> str:
        """As the page says it before."""
        return _("Not a password that has appeared in a data breach.")


def is_listed(digest: str, listed: Path) -> bool:
    """Whether a line of a sorted file begins with the digest; reads some forty lines of any number."""
    sought = digest.encode()
    with listed.open("rb") as file:
        low, high = 0, file.seek(0, os.SEEK_END)
        while low < high:
            middle = (low + high) // 2
            begins, line = _line_from(file, middle)
            if line and line[: len(sought)] < sought:
                low = begins + len(line)
            else:
                high = middle
        return _line_from(file, low)[1].startswith(sought)


def _line_from(file: BinaryIO, place: int) -> tuple[int, bytes]:
    """The first line that begins at a place or behind it, and where it does."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline()
    return file.tell(), file.readline()
