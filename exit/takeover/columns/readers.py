"""Reading one cell: its value, or the reason why it is refused."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from banks.outlets.data import plain
from banks.outlets.import_sheet.changed import check_not_changed
from banks.outlets.spreadsheet.cells import Cell, Kind
from banks.register import identifiers
from exit.takeover.columns.numerals import half_width_of, with_arabic_numerals
from zsbank.base.calendar.possible import EARLIEST, LATEST
from zsbank.base.cases.folding import folded
from zsbank.base.refusals import Verdict
from zsbank.base.texts import BadText, require_visible

Reader = Callable[[Cell], Any]
DAY = re.compile(
    r"([0-9]{4}) ?(?:[-/.年、] ?([0-9]{1,2}) ?[-/.月、] ?([0-9]{1,2}) ?日?|([0-9]{2})([0-9]{2}))"
    r"(?: ?(?:星期|周).)?(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
)
BETWEEN = re.compile(r"[、,，;；/ 和及第条项()]+")
SERIALS = range(20_000, 80_000)
"""Numbers that spreadsheet programs show where a date is not formatted as one: from 1954 to 2119."""
WHOLE = re.compile(r"[0-9]{1,6}")


def text_of(cell: Cell) -> str:
    """Return the plain text of a cell that people typed.

    Raises:
        BadText: it is a formula, an error of the spreadsheet program, or has invisible characters.
    """
    if cell.kind is Kind.FORMULA:
        raise BadText(_("This is a formula. Paste it as a value, so that what you see is what is saved."))
    if cell.kind is Kind.ERROR:
        raise BadText(_("The spreadsheet program shows an error here. Type the value again."))
    return plain(require_visible(cell.text))


def text(most: int) -> Reader:
    """Return a reader of a text with at most so many characters."""

    def read(cell: Cell) -> str:
        said = text_of(cell)
        if cell.kind is Kind.DATE:
            raise BadText(
                _("The spreadsheet program made a date of what was typed. Format the column as text.")
            )
        if len(said) > most:
            raise BadText(_("At most %(n)s characters; here are %(m)s.") % {"n": most, "m": len(said)})
        return said

    return read


def day(cell: Cell) -> dt.date:
    """Read a date: a date of the spreadsheet program, or one of the usual forms as text; a time of day is left out."""
    said = with_arabic_numerals(half_width_of(text_of(cell)))
    found = DAY.fullmatch(said)
    if found is None:
        raise BadText(_serial(said) or _("Write the date such as 2026-03-01 or 2026年3月1日."))
    year, month, number = (int(one) for one in (found[1], found[2] or found[4], found[3] or found[5]))
    try:
        read = dt.date(year, month, number)
    except ValueError as error:
        raise BadText(_("There is no such day. Check month and day.")) from error
    if not EARLIEST <= read <= LATEST:
        raise BadText(
            _("The date cannot be right: dates are from %(from)s to %(until)s. Check the year.")
            % {"from": EARLIEST, "until": LATEST}
        )
    return read


def _serial(said: str) -> str:
    """Return what is said of the number of a day; empty for anything else."""
    if WHOLE.fullmatch(said) is None or int(said) not in SERIALS:
        return ""
    words = _("This is the number of a day for the spreadsheet program, %(day)s. Format the cell as a date.")
    return words % {"day": f"{from_excel(int(said)):%Y-%m-%d}"}


def code(check: Callable[[str], Verdict]) -> Reader:
    """Return a reader of a code of 18 or 15 characters, which no spreadsheet program may have converted."""

    def read(cell: Cell) -> str:
        said = text_of(cell)
        check_not_changed("uscc", cell.kind, said)
        found = identifiers.normalise(said)
        verdict = check(found)
        if not verdict:
            raise BadText(verdict.why_not)
        return found

    return read


def choice(values: Mapping[str, str]) -> Reader:
    """Return a reader of one of these words."""
    known = {folded(word): value for word, value in values.items()}

    def read(cell: Cell) -> str:
        value = known.get(folded(text_of(cell)))
        if value is None:
            raise BadText(_("Choose one of these: %(words)s.") % {"words": "、".join(values)})
        return value

    return read


def year(cell: Cell) -> int:
    """Read a year, such as 2025 or 2025年度."""
    said = with_arabic_numerals(half_width_of(text_of(cell)).replace(" ", ""))
    said = said.removesuffix("度").removesuffix("年")
    if WHOLE.fullmatch(said) is None or not EARLIEST.year <= int(said) <= LATEST.year:
        raise BadText(_("Write the year with four digits, such as 2025."))
    return int(said)


def score(cell: Cell) -> Decimal:
    """Read a score; its range is checked with the other rows."""
    said = half_width_of(text_of(cell)).removesuffix("分").strip()
    try:
        read = Decimal(said)
    except InvalidOperation as error:
        raise BadText(_("Write the score as a number from 0 to 100.")) from error
    if not read.is_finite() or not Decimal(0) <= read <= Decimal(100):
        raise BadText(_("The score must be between 0 and 100."))
    if read != round(read, 2):
        raise BadText(_("A score has at most two decimal places."))
    return round(read, 2)


def numbers(cell: Cell) -> list[int]:
    """Read numbers of criteria, such as 5、19."""
    words = with_arabic_numerals(half_width_of(text_of(cell)))
    said = [word for word in BETWEEN.split(words) if word]
    if not said or not all(WHOLE.fullmatch(word) for word in said):
        raise BadText(_("Write the numbers of the criteria, such as 5、19."))
    return sorted({int(word) for word in said})


def email(cell: Cell) -> str:
    """Read an e-mail address."""
    said = half_width_of(text_of(cell)).replace("。", ".").removeprefix("mailto:")
    try:
        validate_email(said)
    except ValidationError as error:
        raise BadText(_("Enter an e-mail address such as name@example.cn.")) from error
    return said
