"""The structured facts that an answer holds, criterion by criterion, and how what people type becomes one.

The vocabulary is the same for every edition; which criterion asks for what is in clauses.md.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zsbank.base.texts import BadText, one_line, visible

Kind = Literal["text", "date", "choice", "number", "money", "bool", "email", "phone", "multi"]


@dataclass(frozen=True)
class FactField:
    """One field: its name in `Answer.facts`, its label, what it holds, and whether submission needs it."""

    name: str
    label: str | Promise
    kind: Kind
    required: bool = True
    choices: tuple[tuple[str, str | Promise], ...] = ()


CONTACTS: frozenset[Kind] = frozenset({"email", "phone"})
"""How somebody is reached: shown whole only to who needs it."""

FACTS: dict[int, tuple[FactField, ...]] = {
    2: (
        FactField("license_serial_number", gettext_lazy("Serial number of the licence"), "text"),
        FactField("issuing_organ", gettext_lazy("Issuing organ"), "text"),
        FactField("issued_on", gettext_lazy("Date of issue"), "date"),
    ),
    4: (
        FactField("department", gettext_lazy("Responsible department"), "text"),
        FactField("specialists", gettext_lazy("Specialists, by name"), "text"),
    ),
    7: (
        FactField("counter", gettext_lazy("Counter, with test report"), "bool"),
        FactField("terminal", gettext_lazy("Self-service terminal, with test report"), "bool"),
        FactField("atm", gettext_lazy("ATM, with test report"), "bool"),
        FactField("pos", gettext_lazy("POS, with test report"), "bool"),
    ),
    8: (
        FactField(
            "approval_number", gettext_lazy("Number of the central bank's approval"), "text", required=False
        ),
        FactField(
            "approval_date", gettext_lazy("Date of the central bank's approval"), "date", required=False
        ),
    ),
    11: (
        FactField("name", gettext_lazy("Name of the liaison"), "text"),
        FactField("office_phone", gettext_lazy("Office phone"), "phone"),
        FactField("email", gettext_lazy("E-mail"), "email"),
        FactField("deputy", gettext_lazy("Deputy"), "text"),
    ),
    13: (
        FactField("vendor", gettext_lazy("Card vendor"), "choice"),
        FactField("contract_number", gettext_lazy("Contract number"), "text"),
    ),
    14: (FactField("signed_by_both_on", gettext_lazy("Signed by both sides on"), "date"),),
    16: (
        FactField("posting", gettext_lazy("Posting and use of the medical account"), "bool"),
        FactField("transfer", gettext_lazy("Transfer between banks"), "bool"),
        FactField("cardless", gettext_lazy("Account opening without a card and without activation"), "bool"),
    ),
    20: (
        FactField("small_account_fee", gettext_lazy("Small-account fee, yuan a year"), "money"),
        FactField("annual_fee", gettext_lazy("Annual fee, yuan"), "money"),
    ),
}
NEEDS_EVIDENCE: frozenset[int] = frozenset({1, 2, 3, 4, 7, 10, 13, 14})
UNDERTAKINGS: frozenset[int] = frozenset({6, 9, 12, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})

TEXT_LIMIT = 500
EARLIEST, LATEST = dt.date(1949, 10, 1), dt.date(2100, 12, 31)
MONEY = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
NUMBER = re.compile(r"[0-9]{1,9}")
PHONE = re.compile(r"[0-9+() -]{5,30}")
TRUE = frozenset({"on", "true", "1", "yes"})


def plain_text(text: str) -> str:
    """A text without stray blanks at its ends; full-width letters and digits become plain ones.

    Raises:
        BadText: control, zero-width or direction characters, which people do not see.
    """
    return visible(unicodedata.normalize("NFKC", text)).strip()


def clean_facts(number: int, raw: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """What a form or the API gave for one criterion, as facts that JSON holds, and what is wrong by field.

    An empty field is left out: drafts are saved as they are, submission asks for what is required.
    """
    facts: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in FACTS.get(number, ()):
        given = raw.get(field.name, "")
        try:
            text = plain_text(given)
            if text or field.kind == "bool":
                facts[field.name] = _READERS[field.kind](text, field)
        except BadText as error:
            errors[field.name] = str(error)
    return facts, errors


def _text(text: str, field: FactField) -> str:
    if len(text) > TEXT_LIMIT:
        raise BadText(_("At most %(n)s characters.") % {"n": TEXT_LIMIT})
    return one_line(text)


def _date(text: str, field: FactField) -> str:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise BadText(_("Write the date like 2026-01-05.")) from error
    if not EARLIEST <= day <= LATEST:
        raise BadText(_("This date is out of range."))
    return day.isoformat()


def _number(text: str, field: FactField) -> int:
    if NUMBER.fullmatch(text) is None:
        raise BadText(_("Write a whole number, 0 or more."))
    return int(text)


def _money(text: str, field: FactField) -> str:
    if MONEY.fullmatch(text) is None:
        raise BadText(_("Write an amount in yuan, 0 or more, with at most two decimals."))
    return str(Decimal(text).quantize(Decimal("0.01")))


def _email(text: str, field: FactField) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise BadText(_("This is not an e-mail address.")) from error
    return text


def _phone(text: str, field: FactField) -> str:
    if PHONE.fullmatch(text) is None:
        raise BadText(_("Write the phone number with digits, such as 0760-88880000."))
    return text


def _bool(text: str, field: FactField) -> bool:
    return text.lower() in TRUE


_READERS: dict[Kind, Callable[[str, FactField], Any]] = {
    "text": _text,
    "choice": _text,
    "multi": _text,
    "date": _date,
    "number": _number,
    "money": _money,
    "email": _email,
    "phone": _phone,
    "bool": _bool,
}
