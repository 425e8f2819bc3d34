"""Dates in words: the only place that words a due date, for pages, letters, messages and mails."""

import calendar
import datetime as dt
import re

from django.utils.functional import lazy
from django.utils.translation import get_language

from zsbank.base.calendar.explanation import Language

ISO_DAY = re.compile(r" ?([0-9]{4}-[0-9]{2}-[0-9]{2}) ?")
_MONTHS = list(calendar.month_name)


def chinese_date(day: dt.date) -> str:
    """Return a date in the format of letters: 2026年1月5日, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def with_chinese_dates(text: str) -> str:
    """Replace ISO dates in a text by dates in the format of letters."""
    return ISO_DAY.sub(lambda found: chinese_date(dt.date.fromisoformat(found[1])), text)


def last_day(day: dt.date) -> str:
    """Return the last day of a period in official Chinese: 2026年1月5日（含当日）."""
    return f"{chinese_date(day)}（含当日）"


def until(day: dt.date) -> str:
    """Return a due date in official Chinese: 2026年1月5日（含当日）前."""
    return f"{last_day(day)}前"


def until_moment(moment: dt.datetime) -> str:
    """Return a local moment as a limit in official Chinese: 2026年1月5日15:30前."""
    return f"{chinese_date(moment.date())}{moment:%H:%M}前"


def in_words(day: dt.date) -> str:
    """Return a date in the reader's language: 2026年1月5日, or 5 January 2026."""
    return f"{day.day} {_MONTHS[day.month]} {day.year}" if _is_english() else chinese_date(day)


def through(day: dt.date) -> str:
    """Return the last day of a period in the reader's language, said to be included."""
    return f"{in_words(day)} (that day included)" if _is_english() else last_day(day)


def by_day(day: dt.date) -> str:
    """Return a due date in the reader's language: as `until`, or "by 5 January 2026 (that day included)"."""
    return f"by {through(day)}" if _is_english() else until(day)


def reader_language() -> Language:
    """Return the language of the page."""
    return "en" if _is_english() else "zh-hans"


later_in_words = lazy(in_words, str)
"""As `in_words`, in the language in which the text is read later."""
later_by_day = lazy(by_day, str)
"""As `by_day`, in the language in which the text is read later."""


def _is_english() -> bool:
    return get_language() == "en"
