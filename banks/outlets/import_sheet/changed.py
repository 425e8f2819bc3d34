"""What a spreadsheet program made of what was typed: seen by the kind of cell and by its text, and refused."""

import re
from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks.outlets.data import WITHOUT_ZERO
from banks.outlets.spreadsheet.cells import Kind
from banks.outlets.terms import MOST
from banks.register import identifiers
from zsbank.base.texts import BadText

CODES = frozenset({"uscc", "license_institution_code"})
SCIENTIFIC = re.compile(r"[+-]?[0-9](\.[0-9]+)?[Ee][+-][0-9]{1,3}")
ROUNDED = re.compile(r"[0-9]{15}000")
DAY = re.compile(
    r"[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?([ T][0-9:]+)?|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}-[A-Z][a-z]{2}"
    r"|[A-Z][a-z]{2}-[0-9]{2}|[0-9]{4}年[0-9]{1,2}月|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}"
)
ONLY_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
WHOLE_PHONE = re.compile(r"1[0-9]{10}|[48]00[0-9]{7}|[2-9][0-9]{7}|[19][0-9]{4,5}")


def check_not_changed(name: str, kind: Kind, text: str) -> None:
    """Refuse what a spreadsheet program made of what was typed; that it would fit by chance does not save it.

    Raises:
        BadText: the reason says what the program did, and the way out.
    """
    found = next((words for words, holds in PROGRAM_MADE if holds(name, kind, text)), None)
    if found is None:
        return
    words = _("%(what)s Format the column as text, then type it again.")
    if name in CODES and kind is Kind.TEXT and ROUNDED.fullmatch(identifiers.normalise(text)):
        words = _(
            "%(what)s Format the column as text, then type it again. If the business licence does end so, enter the "
            "code on the outlet's own page."
        )
    raise BadText(words % {"what": found})


def _is_made_a_number(name: str, kind: Kind, text: str) -> bool:
    """Whether a text is a number now, other than a phone that has lost nothing by it."""
    if kind not in (Kind.NUMBER, Kind.BOOL) or name in MOST or name == "open_for_card_business":
        return False
    return name != "phone" or WHOLE_PHONE.fullmatch(text) is None


PROGRAM_MADE: tuple[tuple[Promise, Callable[[str, Kind, str], bool]], ...] = (
    (
        gettext_lazy("The spreadsheet program made a date of what was typed."),
        lambda name, kind, text: kind is Kind.DATE or DAY.fullmatch(text) is not None,
    ),
    (
        gettext_lazy("The spreadsheet program wrote the number short and lost digits."),
        lambda name, kind, text: SCIENTIFIC.fullmatch(text) is not None,
    ),
    (
        gettext_lazy("The spreadsheet program made a number of the code and kept 15 digits."),
        lambda name, kind, text: name in CODES and kind is Kind.NUMBER,
    ),
    (
        gettext_lazy("The code ends in 000, as when a spreadsheet program kept 15 of its 18 digits."),
        lambda name, kind, text: name in CODES and ROUNDED.fullmatch(identifiers.normalise(text)) is not None,
    ),
    (
        gettext_lazy("The spreadsheet program dropped the 0 at the beginning."),
        lambda name, kind, text: name == "phone" and WITHOUT_ZERO.fullmatch(text) is not None,
    ),
    (gettext_lazy("The spreadsheet program made a number of what was typed."), _is_made_a_number),
    (
        gettext_lazy("The spreadsheet program made a number of a time."),
        lambda name, kind, text: name == "opening_hours" and ONLY_NUMBER.fullmatch(text) is not None,
    ),
)
"""What a program does to a text, and by what that is seen: asked with the field, the kind of cell and its text."""
