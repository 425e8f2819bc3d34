"""Facts of an answer: their definition in the edition, and parsing of what people enter."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from admission.editions.terms import CheckName, FactKind, FactRole
from zsbank.base.texts import BadText, require_one_line, require_visible


@dataclass(frozen=True)
class Choice:
    """One option of a choice: its stored value and its labels."""

    value: str
    label_zh: str
    label_en: str

    @property
    def label(self) -> str:
        """The label in the active language."""
        return self.label_en if get_language() == "en" else self.label_zh


@dataclass(frozen=True)
class FactField:
    """The definition of one fact of a criterion.

    Args:
        name: key in `Answer.facts`.
        kind: type of the value; amounts are in yuan.
        label_zh, label_en: labels for people.
        required: whether an answer without it is incomplete.
        choices: the options, for a choice.
        role: its meaning for what the criterion provides; empty for most facts.
        future: whether a date may lie in the future; the dates of most facts may not.
    """

    name: str
    kind: FactKind
    label_zh: str
    label_en: str
    required: bool = True
    choices: tuple[Choice, ...] = ()
    role: FactRole | None = None
    future: bool = False

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "FactField":
        """Build a fact from JSON or TOML."""
        return cls(
            name=data["name"],
            kind=FactKind(data["kind"]),
            label_zh=data["label_zh"],
            label_en=data["label_en"],
            required=data.get("required", True),
            choices=tuple(Choice(**choice) for choice in data.get("choices", ())),
            role=FactRole(data["role"]) if data.get("role") else None,
            future=data.get("future", False),
        )

    @property
    def label(self) -> str:
        """The label in the active language."""
        return self.label_en if get_language() == "en" else self.label_zh


@dataclass(frozen=True)
class CheckSpec:
    """A check of a criterion, with the names of the facts it reads."""

    name: CheckName
    facts: tuple[str, ...] = ()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "CheckSpec":
        """Build a check from JSON or TOML."""
        return cls(CheckName(data["name"]), tuple(data.get("facts", ())))


TEXT_LIMIT = 500
EARLIEST, LATEST = dt.date(1949, 10, 1), dt.date(2100, 12, 31)
MONEY = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
NUMBER = re.compile(r"[0-9]{1,9}")
PHONE = re.compile(r"[0-9+() -]{5,30}")
TRUE = frozenset({"on", "true", "1", "yes"})


def plain_text(text: str) -> str:
    """Trim a text and convert full-width letters and digits to ASCII.

    Raises:
        BadText: it has invisible characters: control, zero-width or direction characters.
    """
    return require_visible(unicodedata.normalize("NFKC", text)).strip()


def clean_facts(fields: Iterable[FactField], raw: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Parse the facts given by a form or the API; return the JSON values, and the errors by field.

    Empty fields are omitted: drafts may be incomplete, and submission checks what is required.
    """
    facts: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in fields:
        given = raw.get(field.name, "")
        try:
            text = plain_text(given)
            if text or field.kind == FactKind.YES_NO:
                facts[field.name] = _READERS[field.kind](text, field)
        except BadText as error:
            errors[field.name] = str(error)
    return facts, errors


def _text(text: str, field: FactField) -> str:
    if len(text) > TEXT_LIMIT:
        raise BadText(_("Enter at most %(n)s characters.") % {"n": TEXT_LIMIT})
    return require_one_line(text)


def _date(text: str, field: FactField) -> str:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise BadText(_("Enter the date in the format 2026-01-05.")) from error
    return day.isoformat()


def date_doubts(fields: Iterable[FactField], facts: Mapping[str, Any], today: dt.date) -> list[str]:
    """What is said of each date that cannot be right: asked in a draft, and holding up submission.

    Args:
        facts: the facts of an answer.
        today: the local date.
    """
    found = []
    for field in fields:
        given = facts.get(field.name)
        if field.kind != FactKind.DATE or not given:
            continue
        said = {"field": field.label, "day": given, "from": EARLIEST, "until": LATEST}
        if not EARLIEST <= dt.date.fromisoformat(given) <= LATEST:
            found.append(
                _("%(field)s: %(day)s cannot be right; dates are from %(from)s to %(until)s.") % said
            )
        elif dt.date.fromisoformat(given) > today and not field.future:
            found.append(_("%(field)s: %(day)s lies ahead. Compare it with the document.") % said)
    return found


def _number(text: str, field: FactField) -> int:
    if NUMBER.fullmatch(text) is None:
        raise BadText(_("Enter a whole number, 0 or more."))
    return int(text)


def _money(text: str, field: FactField) -> str:
    if MONEY.fullmatch(text) is None:
        raise BadText(_("Enter an amount in yuan, 0 or more, with at most two decimal places."))
    return str(Decimal(text).quantize(Decimal("0.01")))


def _email(text: str, field: FactField) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise BadText(_("Enter a valid e-mail address.")) from error
    return text


def _phone(text: str, field: FactField) -> str:
    if PHONE.fullmatch(text) is None:
        raise BadText(_("Enter a phone number, such as 0760-88880000."))
    return text


def _choice(text: str, field: FactField) -> str:
    if text not in {choice.value for choice in field.choices}:
        raise BadText(_("Select one of the options."))
    return text


def _bool(text: str, field: FactField) -> bool:
    return text.lower() in TRUE


_READERS: dict[FactKind, Callable[[str, FactField], Any]] = {
    FactKind.TEXT: _text,
    FactKind.DATE: _date,
    FactKind.NUMBER: _number,
    FactKind.MONEY: _money,
    FactKind.YES_NO: _bool,
    FactKind.EMAIL: _email,
    FactKind.PHONE: _phone,
    FactKind.CHOICE: _choice,
    FactKind.VENDOR: _text,
}
