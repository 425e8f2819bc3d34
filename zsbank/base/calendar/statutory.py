"""The holidays that the law itself names, in every year (全国年节及纪念日放假办法, as revised in 2024).

The State Council's yearly notice moves working days around these days; it never makes one of them a working day. So
they are rest days before the notice of a year is known. Lunar days and 清明 are calculated by `lunar_python`.
"""

import datetime as dt
from functools import cache

from lunar_python import Lunar

FIRST_YEAR = 2025
"""The revision of 2024 is in force from 2025-01-01."""
LAST_YEAR = 2100
"""The lunar days were compared with another library up to this year; after it only the fixed days are known."""

NEW_YEAR = ("元旦", "New Year's Day")
SPRING_FESTIVAL = ("春节", "Spring Festival")
TOMB_SWEEPING = ("清明", "Tomb-sweeping Day")
LABOUR_DAY = ("劳动节", "Labour Day")
DRAGON_BOAT = ("端午", "Dragon Boat Festival")
MID_AUTUMN = ("中秋", "Mid-autumn Festival")
NATIONAL_DAY = ("国庆节", "National Day")

Names = tuple[str, str]
"""The name of a holiday in Chinese and in English."""


@cache
def statutory_days(year: int) -> dict[dt.date, Names]:
    """Return the statutory holidays of a year with their names.

    Of two holidays on one day, as 中秋 on 1 October, the fixed one gives the name. Empty before 2025, when an earlier
    revision was in force: every year from 2004 on has its notice.
    """
    if year < FIRST_YEAR:
        return {}
    return _lunar_days(year) | _fixed_days(year)


def _fixed_days(year: int) -> dict[dt.date, Names]:
    days = {dt.date(year, 1, 1): NEW_YEAR}
    days |= {dt.date(year, 5, day): LABOUR_DAY for day in (1, 2)}
    return days | {dt.date(year, 10, day): NATIONAL_DAY for day in (1, 2, 3)}


def _lunar_days(year: int) -> dict[dt.date, Names]:
    if year > LAST_YEAR:
        return {}
    first = _on_lunar_day(year, 1, 1)
    return {
        **{first + dt.timedelta(days=offset): SPRING_FESTIVAL for offset in range(-1, 3)},
        _day_of(Lunar.fromYmd(year, 1, 1).getJieQiTable()["清明"]): TOMB_SWEEPING,
        _on_lunar_day(year, 5, 5): DRAGON_BOAT,
        _on_lunar_day(year, 8, 15): MID_AUTUMN,
    }


def _on_lunar_day(year: int, month: int, day: int) -> dt.date:
    return _day_of(Lunar.fromYmd(year, month, day).getSolar())


def _day_of(solar: object) -> dt.date:
    """Return a date of the library, which has no types, as a date."""
    return dt.date.fromisoformat(solar.toYmd())  # type: ignore[attr-defined]
