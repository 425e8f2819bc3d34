"""The invented notice of 2027 for tests: a Spring Festival from 5 to 12 February with two make-up working days."""

import datetime as dt

from zsbank.base.calendar.statutory import statutory_days
from zsbank.site.holidays.reading import Notice, read_file

FESTIVAL = [dt.date(2027, 2, day) for day in range(5, 13)]
WORK = [dt.date(2027, 1, 30), dt.date(2027, 2, 20)]


def lines() -> list[str]:
    """Return the rows of the file, header first."""
    named = {day: chinese for day, (chinese, _english) in statutory_days(2027).items()}
    named |= dict.fromkeys(FESTIVAL, "春节")
    days = [f"{day},holiday,{name}" for day, name in sorted(named.items())]
    return ["date,kind,name", *days, *(f"{day},workday,春节" for day in WORK)]


def content() -> bytes:
    """Return the file, as a spreadsheet program writes it."""
    return ("\ufeff" + "\r\n".join(lines()) + "\r\n").encode()


def notice() -> Notice:
    """Return the notice as read."""
    return read_file(content())
