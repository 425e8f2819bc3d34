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
from zsbank.base.calendar.possible import EARLIEST, LATEST
from zsbank.base.texts import BadText, day_in, half_width, require_one_line, require_visible


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
MONEY = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
NUMBER = re.compile(r"[0-9]{1,9}")
PHONE = re.compile(r"[0-9+() -]{5,30}")
NUMERIC = frozenset({FactKind.NUMBER, FactKind.MONEY})
TRUE = frozenset({"on", "true", "1", "yes"})


def plain_text(text: str, kind: FactKind) -> str:
    """Trim a text and convert full-width letters and digits to ASCII; a text in words keeps its Chinese punctuation.

    Raises:
        BadText: it has invisible characters: control, zero-width or direction characters.
    """
    narrow = half_width(text) if kind == FactKind.TEXT else unicodedata.normalize("NFKC", text)
    return require_visible(narrow).strip()


def clean_facts(fields: Iterable[FactField], raw: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Parse the facts given by a form or the API; return the JSON values, and the errors by field.

    Empty fields are omitted: drafts may be incomplete, and submission checks what is required.
    """
    facts: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in fields:
        given = raw.get(field.name, "")
        try:
            text = plain_text(given, field.kind)
            if text or field.kind == FactKind.YES_NO:
                facts[field.name] = _READERS[field.kind](text, field)
        except BadText as error:
            errors[field.name] = str(error)
    return facts, errors


def clean_typed_facts(
    fields: Iterable[FactField], given: Mapping[str, Any], vendors: Iterable[str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Parse the facts given by a program as `clean_facts` does; each has the type of its kind.

    Args:
        given: JSON values.
        vendors: the card vendors that the form offers now.
    """
    defined = {field.name: field for field in fields}
    errors = {
        name: why
        for name, value in given.items()
        if name in defined and (why := _wrong_type(defined[name], value, vendors))
    }
    raw = {
        name: ("on" if value else "") if isinstance(value, bool) else str(value)
        for name, value in given.items()
        if name in defined and name not in errors
    }
    facts, more = clean_facts([field for field in defined.values() if field.name not in errors], raw)
    return facts, errors | more


def _wrong_type(field: FactField, value: Any, vendors: Iterable[str]) -> str:
    """Return why a JSON value is not of the kind of a fact; empty if it is."""
    if field.kind == FactKind.YES_NO:
        return "" if isinstance(value, bool) else _("Provide true or false.")
    if isinstance(value, bool):
        return _("This fact is not true or false. Provide a text or a number.")
    if field.kind == FactKind.CHOICE and not isinstance(value, str):
        return _("Select one of the options.")
    if field.kind == FactKind.VENDOR and str(value) not in {"", *vendors}:
        return _("Select one of the options.")
    if field.kind in NUMERIC or isinstance(value, str):
        return ""
    return "" if field.kind == FactKind.VENDOR else _("Provide a text.")


def _text(text: str, field: FactField) -> str:
    if len(text) > TEXT_LIMIT:
        raise BadText(_("Enter at most %(n)s characters.") % {"n": TEXT_LIMIT})
    return require_one_line(text)


def _date(text: str, field: FactField) -> str:
    return day_in(text).isoformat()


def date_doubts(fields: Iterable[FactField], facts: Mapping[str, Any], today: dt.date) -> list[str]:
    """Return a hint for each date that cannot be right; a draft keeps the date, submission is blocked.

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
