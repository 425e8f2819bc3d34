"""Reading text files with separated columns: CSV, and text with tabs."""

import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from banks.outlets.spreadsheet.cells import (
    COLUMN_LIMIT,
    Cell,
    Kind,
    Sheet,
    SheetRow,
    filled,
    too_wide,
    wrong_kind,
)
from zsbank.base.refusals import FileRefused
from zsbank.base.texts import FORMULA_SIGNS

SEPARATORS = (",", "\t", ";", "，", "|")
FORMULA = re.compile(r"[=@＝＠]|[+＋](?![0-9 ()（）-]*$)")
ERRORS = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)|#{2,}", re.IGNORECASE)
SAYS_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_as(content: bytes) -> Iterator[Sheet]:
    """Yield the file as read with each separator in its beginning, the most frequent first.

    Raises:
        FileRefused: it is no text, or has too many rows or columns.
    """
    text = decoded(content)
    said = SAYS_SEPARATOR.match(text)
    head = text[:4000]
    likely = sorted(SEPARATORS, key=lambda mark: -head.count(mark))
    for separator in [said[1]] if said else [mark for mark in likely if mark in head] or [","]:
        yield Sheet("", tuple(filled(_rows(text, separator))))


def _rows(text: str, separator: str) -> Iterator[SheetRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, cells in enumerate(reader, start=1):
            if number == 1 and len(cells) == 1 and SAYS_SEPARATOR.fullmatch(f"{cells[0]}\n"):
                continue
            if any(cell.strip() for cell in cells[COLUMN_LIMIT:]):
                raise too_wide()
            yield SheetRow(number, tuple(_cell(cell) for cell in cells[:COLUMN_LIMIT]))
    except csv.Error as error:
        raise FileRefused(_("The CSV file cannot be read. Use the template."), "damaged") from error


def _cell(text: str) -> Cell:
    """Return a cell; a formula is recognised by its sign, unless an apostrophe precedes it (`with_apostrophe`)."""
    if text.startswith("'") and text.lstrip("'").startswith(FORMULA_SIGNS):
        return Cell(text[1:])
    if FORMULA.match(text):
        return Cell(text, Kind.FORMULA)
    return Cell(text, Kind.ERROR if ERRORS.fullmatch(text.strip()) else Kind.TEXT)


def decoded(content: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 with a byte order mark (text with tabs from Excel), or GB18030.

    Raises:
        FileRefused: it is none of these.
    """
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not set("\x00\ufffe\uffff") & set(text):
            return text
    raise wrong_kind()
