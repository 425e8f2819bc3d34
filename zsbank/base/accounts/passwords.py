"""Password validators. The minimum length is in the settings; any characters are allowed.

Two validators share one rule: a password needs enough letters besides its guessable part.
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

MIN_LETTERS_LEFT = 4
SHORTEST_COMMON, LONGEST_COMMON = 6, 30
MAX_LENGTH = 256
"""Longer passwords slow down the validators and add no security."""

OUR_WORDS = (
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
"""Names of the register, the bureau, its field and its roles; listed in docs/en/signing-in.md."""


def remaining_letters(password: str, guessable: Iterable[str]) -> int:
    """Count the letters of a password outside the guessable parts; digits and symbols add little."""
    rest = password.lower()
    for word in sorted(guessable, key=len, reverse=True):
        rest = rest.replace(word, "")
    return sum(character.isalpha() for character in rest)


class NotTooLong:
    """Refuses passwords longer than `MAX_LENGTH` characters."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for a longer password."""
        if len(password) > MAX_LENGTH:
            raise ValidationError(
                _("The password is too long: at most %(n)s characters.") % {"n": MAX_LENGTH}, code="too_long"
            )

    def get_help_text(self) -> str:
        """Return the rule as shown on the page."""
        return _("Enter at most %(n)s characters.") % {"n": MAX_LENGTH}


class WithoutOurWords:
    """Refuses passwords that consist mostly of names of the register, its bureau or its roles."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for a password with such a word and few other letters."""
        found = [word for word in OUR_WORDS if word in password.lower()]
        if found and remaining_letters(password, found) < MIN_LETTERS_LEFT:
            raise ValidationError(
                _("The password consists of words that are easy to guess here. Choose other words."),
                code="our_words",
            )

    def get_help_text(self) -> str:
        """Return the rule as shown on the page."""
        return _("Not made up of the names of the register, the bureau, its business or its roles.")


class NotCommon(CommonPasswordValidator):
    """Refuses common passwords, also when repeated or extended with digits and symbols."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for a listed password, or one with few letters besides a listed one."""
        super().validate(password, user)
        plain = password.lower()[:MAX_LENGTH]
        for start in range(len(plain)):
            for end in range(min(len(plain), start + LONGEST_COMMON), start + SHORTEST_COMMON - 1, -1):
                if plain[start:end] in self.passwords:
                    if remaining_letters(plain, [plain[start:end]]) < MIN_LETTERS_LEFT:
                        super().validate(plain[start:end], user)
                    break


class NotBreached:
    """Refuses passwords whose SHA-1 is in the operator's list of breached passwords, if there is a list.

    The list is the download of Have I Been Pwned: lines `SHA1:count`, sorted. It is searched on disk.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for a breached password."""
        listed = settings.BREACHED_PASSWORDS
        digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        if listed and is_listed(digest, listed):
            raise ValidationError(
                _("This password has appeared in a data breach elsewhere. Choose another one."),
                code="breached",
            )

    def get_help_text(self) -> str:
        """Return the rule as shown on the page."""
        return _("Not a password that has appeared in a data breach.")


def is_listed(digest: str, listed: Path) -> bool:
    """Return whether a line of a sorted file begins with the digest, by binary search."""
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
    """Return the first line that begins at or after a position, with its own position."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline()
    return file.tell(), file.readline()
