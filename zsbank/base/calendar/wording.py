"""Dates in words: the only place that words a due date, for messages and mails."""

import datetime as dt


def chinese_date(day: dt.date) -> str:
    """Return a date in the format of letters: 2026年1月5日, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def until(day: dt.date) -> str:
    """Return a due date in official Chinese: 2026年1月5日（含当日）前."""
    return f"{chinese_date(day)}（含当日）前"
