"""How a last day is explained, word for word in both languages: one and several, notices, days that do not exist."""

import datetime as dt

import pytest

from zsbank.base.calendar.explanation import Language
from zsbank.base.calendar.periods import Unit, calculate

Said = tuple[dt.date, int, Unit, bool, Language, str]
MARCH, END = dt.date(2026, 3, 4), dt.date(2026, 1, 31)
PARTS: list[Said] = [
    (
        MARCH,
        1,
        Unit.DAY,
        True,
        "en",
        "Counted by days from 2026-03-05; day 1 is 2026-03-05 (Civil Code, art. 201)",
    ),
    (
        MARCH,
        2,
        Unit.DAY,
        True,
        "zh-hans",
        "自次日 2026-03-05 起按日计算，第2日为 2026-03-06（民法典第201条）",
    ),
    (
        MARCH,
        1,
        Unit.MONTH,
        True,
        "en",
        "The corresponding day after 1 month is 2026-04-04 (Civil Code, art. 202)",
    ),
    (
        MARCH,
        2,
        Unit.MONTH,
        True,
        "en",
        "The corresponding day after 2 months is 2026-05-04 (Civil Code, art. 202)",
    ),
    (
        MARCH,
        1,
        Unit.YEAR,
        True,
        "en",
        "The corresponding day after 1 year is 2027-03-04 (Civil Code, art. 202)",
    ),
    (
        MARCH,
        2,
        Unit.YEAR,
        True,
        "en",
        "The corresponding day after 2 years is 2028-03-04 (Civil Code, art. 202)",
    ),
    (MARCH, 2, Unit.YEAR, True, "zh-hans", "2年后的对应日为 2028-03-04（民法典第202条）"),
    (
        MARCH,
        1,
        Unit.MONTH,
        True,
        "zh-hans",
        "2026-04-04 是星期六，为清明假期，须顺延（民法典第203条；2026年放假通知）",
    ),
    (
        MARCH,
        1,
        Unit.MONTH,
        True,
        "en",
        (
            "2026-04-04 is a Saturday within the Tomb-sweeping Day holiday: it moves (Civil Code, art. 203; holiday "
            "notice for 2026)"
        ),
    ),
    (
        MARCH,
        2,
        Unit.YEAR,
        True,
        "en",
        "The first working day after it is 2028-03-06 (Monday): the period ends on that day (Civil Code, art. 203)",
    ),
    (
        END,
        1,
        Unit.MONTH,
        True,
        "zh-hans",
        "1个月后没有对应日（2026年2月无31日），取月末日 2026-02-28（民法典第202条）",
    ),
    (
        END,
        1,
        Unit.MONTH,
        True,
        "en",
        (
            "After 1 month there is no corresponding day (February 2026 has no day 31); the last day of the month is "
            "used: 2026-02-28 (Civil Code, art. 202)"
        ),
    ),
    (
        MARCH,
        2,
        Unit.YEAR,
        False,
        "zh-hans",
        "本期间按规定不因休息日顺延，最后一日仍为 2028-03-04（民法典第203条）",
    ),
    (
        MARCH,
        2,
        Unit.WORKDAY,
        True,
        "en",
        (
            "Only working days count, from 2026-03-05 on; working day 2 is 2026-03-06; no rest day falls in between "
            "(Administrative Licensing Law, art. 82)"
        ),
    ),
    (
        dt.date(2026, 9, 22),
        15,
        Unit.WORKDAY,
        True,
        "zh-hans",
        (
            "自次日 2026-09-23 起只计工作日，第15个工作日为 2026-10-20；其间休息日13天不计，"
            "调休上班日1天计入（行政许可法第82条）"
        ),
    ),
]


@pytest.mark.parametrize(("start", "n", "unit", "roll", "language", "words"), PARTS)
def test_period_is_explained_in_these_words(
    start: dt.date, n: int, unit: Unit, language: Language, words: str, *, roll: bool
) -> None:
    assert words in calculate(start, n, unit, roll=roll).explain(language)
