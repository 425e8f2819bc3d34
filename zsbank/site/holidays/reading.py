"""Reading the days of a notice: from a CSV file with the header `date,kind,name`, or from the installed package."""

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zsbank.base.calendar.holidays import DayKind, DayNature, package_days
from zsbank.base.calendar.models import NAME_LENGTH
from zsbank.base.calendar.names import english_name
from zsbank.base.calendar.states import NoticedKind
from zsbank.base.calendar.statutory import statutory_days
from zsbank.base.refusals import FileRefused
from zsbank.base.texts import BadText, require_one_line

HEADER = ["date", "kind", "name"]
MOST_BYTES = 64 * 1024
FRIDAY, DECEMBER = 4, 12
_KINDS = {NoticedKind.HOLIDAY.value: DayKind.HOLIDAY, NoticedKind.WORKDAY.value: DayKind.MAKEUP_WORKING_DAY}


@dataclass(frozen=True)
class Notice:
    """The days of a year's notice."""

    year: int
    days: Mapping[dt.date, DayNature]


class NoticeRefused(FileRefused):
    """A file of a notice with errors, one line each."""

    def __init__(self, errors: list[str]) -> None:
        """Store the errors; each names its row."""
        super().__init__("\n".join(errors), "notice")
        self.errors = errors


def read_package(year: int) -> Notice:
    """Return the notice of a year from the installed package.

    Raises:
        FileRefused: the package does not have it.
    """
    days = package_days(year)
    if not days:
        words = _("The installed package does not have the holidays of %(year)s. Choose a file.")
        raise FileRefused(words % {"year": year}, "package")
    return Notice(year, days)


def read_file(content: bytes) -> Notice:
    """Return the notice in a CSV file; its year is that of its latest day.

    Days of the December before belong to the notice as well.

    Raises:
        NoticeRefused: rows are wrong, a statutory holiday is missing, or there is no day.
    """
    if len(content) > MOST_BYTES:
        raise NoticeRefused([_("The file is too large for the notice of a year.")])
    try:
        lines = list(csv.reader(content.decode("utf-8-sig").splitlines(), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise NoticeRefused([_("The file is no CSV file in UTF-8.")]) from error
    if not lines or [cell.strip() for cell in lines[0]] != HEADER:
        raise NoticeRefused([_("Row 1: the header is date,kind,name.")])
    days, errors = _read_rows(lines[1:])
    if errors:
        raise NoticeRefused(errors)
    if not days:
        raise NoticeRefused([_("The file has no days.")])
    year = max(days).year
    errors = list(_faults(year, days))
    if errors:
        raise NoticeRefused(errors)
    named = {day: DayNature(kind, name, english_name(name), year) for day, (kind, name, _row) in days.items()}
    return Notice(year, dict(sorted(named.items())))


Read = dict[dt.date, tuple[DayKind, str, int]]
"""Kind, name and row of each day."""


def _read_rows(lines: list[list[str]]) -> tuple[Read, list[str]]:
    """Return the days, and a line for each row that is wrong."""
    days: Read = {}
    errors = []
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            day, kind, name = _read_row(cells)
        except ValueError as error:
            errors.append(_in_row(number, str(error)))
            continue
        if day in days:
            errors.append(_in_row(number, _("the day is in row %(row)s already") % {"row": days[day][2]}))
        else:
            days[day] = (kind, name, number)
    return days, errors


def _in_row(number: int, error: str) -> str:
    return _("Row %(row)s: %(error)s.") % {"row": number, "error": error}


def _read_row(cells: list[str]) -> tuple[dt.date, DayKind, str]:
    """Return day, kind and name.

    Raises:
        ValueError: a cell is wrong; the message says which.
    """
    if len(cells) != len(HEADER):
        raise ValueError(_("a row has three cells: date, kind, name"))
    text, word, name = (cell.strip() for cell in cells)
    try:
        day = dt.datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 a local date, no moment
    except ValueError as error:
        raise ValueError(_("“%(text)s” is no date; write it like 2027-02-05") % {"text": text}) from error
    if word not in _KINDS:
        raise ValueError(_("the kind is holiday or workday, not “%(text)s”") % {"text": word})
    try:
        require_one_line(name)
    except BadText as error:
        raise ValueError(str(error)) from error
    if not 0 < len(name) <= NAME_LENGTH:
        raise ValueError(_("the name of the holiday has 1 to %(most)s characters") % {"most": NAME_LENGTH})
    if _KINDS[word] is DayKind.MAKEUP_WORKING_DAY and day.weekday() <= FRIDAY:
        raise ValueError(
            _("%(day)s is no Saturday or Sunday, so it is no make-up working day") % {"day": text}
        )
    return day, _KINDS[word], name


def _faults(year: int, days: Read) -> Iterator[str]:
    """Yield what is wrong with the days together: other years, statutory holidays that are missing or working days."""
    for day, (_kind, _name, row) in sorted(days.items()):
        if day.year != year and (day.year, day.month) != (year - 1, DECEMBER):
            words = _("Row %(row)s: %(day)s is not in %(year)s, nor in the December before.")
            yield words % {"row": row, "day": day, "year": year}
    for day, (chinese, _english) in sorted(statutory_days(year).items()):
        found = days.get(day)
        if found is None or found[0] is not DayKind.HOLIDAY:
            words = _(
                "%(day)s (%(name)s) is a holiday by law in every year; the file does not have it as one."
            )
            yield words % {"day": day, "name": chinese}
