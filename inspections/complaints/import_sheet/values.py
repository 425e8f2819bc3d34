"""Reading one cell of a hotline's list: its value, or the reason why it is refused."""

import datetime as dt
import re

from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from banks.outlets.spreadsheet.cells import Kind
from inspections.complaints.import_sheet.cells import ListCell
from inspections.complaints.rules import as_compared
from inspections.complaints.terms import LONGEST_FACTS, LONGEST_REFERENCE
from zsbank.base.personal_data import Personal, in_words, personal_data_in
from zsbank.base.texts import BadText, day_in, half_width, require_visible

DIGITS_KEPT = 15
"""So many digits of a number does a spreadsheet program keep."""
SCIENTIFIC = re.compile(r"[+-]?[0-9](\.[0-9]+)?[Ee][+-]?[0-9]{1,3}")
TIME_OF_DAY = re.compile(r"(?:\s+|T)[0-9]{1,2}[:：时][0-9]{1,2}(?:[:：分][0-9]{1,2}(?:\.[0-9]+)?)?秒?分?\s*$")
SERIAL = re.compile(r"[0-9]{5}(\.[0-9]+)?")
FIRST_SERIAL, LAST_SERIAL = 36526, 73050
"""Days since 1899-12-30, as spreadsheet programs store them: 2000-01-01 to 2099-12-31."""


def plain_text(cell: ListCell) -> str:
    """Return the text of a cell.

    Raises:
        BadText: it held personal data, is a formula, an error, or has invisible characters.
    """
    if cell.personal:
        words = _("This looks like personal data (%(kind)s) and was not kept. Leave it out.")
        raise BadText(words % {"kind": Personal(cell.personal).label})
    if cell.kind is Kind.FORMULA:
        raise BadText(_("This is a formula. Paste it as a value, so that what you see is what is saved."))
    if cell.kind is Kind.ERROR:
        raise BadText(_("The spreadsheet program shows an error here. Type the value again."))
    return half_width(require_visible(cell.text)).strip()


def reference_in(cell: ListCell) -> str:
    """Return the number of a complaint.

    Raises:
        BadText: it is too long, or a spreadsheet program made a number of it that lost digits.
    """
    text = as_compared(plain_text(cell))
    lost = cell.kind is Kind.NUMBER and len(text.lstrip("-")) > DIGITS_KEPT
    if lost or cell.kind is Kind.DATE or SCIENTIFIC.fullmatch(text):
        words = _(
            "The spreadsheet program made a number or a date of it and lost digits. Format the column as text, then "
            "type it again."
        )
        raise BadText(words)
    if len(text) > LONGEST_REFERENCE:
        raise BadText(
            _("At most %(n)s characters; here are %(m)s.") % {"n": LONGEST_REFERENCE, "m": len(text)}
        )
    return text


def received_in(cell: ListCell) -> dt.date:
    """Return a local date: a date, a text such as 2026年1月5日 10:30, or the number by which a program stores it.

    Raises:
        BadText: it is no date.
    """
    text = plain_text(cell)
    if cell.kind is Kind.NUMBER and SERIAL.fullmatch(text) and FIRST_SERIAL <= float(text) <= LAST_SERIAL:
        moment = from_excel(float(text))
        if isinstance(moment, dt.datetime):
            return moment.date()
    return day_in(TIME_OF_DAY.sub("", text))


def facts_in(cell: ListCell) -> str:
    """Return what is complained about.

    Raises:
        BadText: it is too long, or holds personal data.
    """
    text = plain_text(cell)
    if found := personal_data_in(text):
        raise BadText(in_words(found))
    if len(text) > LONGEST_FACTS:
        raise BadText(_("At most %(n)s characters; here are %(m)s.") % {"n": LONGEST_FACTS, "m": len(text)})
    return text
