"""The words that explain how a due date was reckoned, in Chinese and English.

A step is kept as a code, its article and its parameters; the sentence is put together when it is read.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from zsbank.calendar.sentences import ARTICLES, SENTENCES, Article, StepCode

Language = Literal["zh-hans", "en"]

Parameters = Mapping[str, str | int]
"""Days as ISO dates, several days or years parted by commas; counts as numbers."""

_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "zh-hans": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_HOLIDAY: dict[Language, str] = {"zh-hans": "holiday_zh", "en": "holiday_en"}


def sentence(code: StepCode, parameters: Parameters, language: Language) -> str:
    """What happened at this step, without its article and without a full stop."""
    words = {**parameters, **_words(parameters, language)}
    return SENTENCES[code][language].format_map(words)


def authority(article: Article, parameters: Parameters, language: Language) -> str:
    """The article the step rests on and, where a holiday decided, the year's holiday notice."""
    name = ARTICLES[article][language]
    year = parameters.get("arrangement")
    if year is None:
        return name
    return f"{name}；{year}年放假通知" if language == "zh-hans" else f"{name}; holiday notice for {year}"


def _words(parameters: Parameters, language: Language) -> dict[str, str]:
    """Those parameters that read differently in the two languages."""
    words: dict[str, str] = {}
    if "day" in parameters:
        words["weekday"] = _WEEKDAYS[language][_date(parameters["day"]).weekday()]
    if "holiday_en" in parameters:
        words["holiday"] = str(parameters[_HOLIDAY[language]])
    if "unit" in parameters:
        words["length"] = _length(int(parameters["n"]), str(parameters["unit"]), language)
        words["month"] = _month(_date(parameters["last"]), language)
    if "years" in parameters:
        words["years"] = _listed(str(parameters["years"]), language)
    if "rest_days" in parameters:
        words["aside"] = _left_out(int(parameters["rest_days"]), language) + _made_up(
            str(parameters["makeup_days"]), language
        )
    return words


def _date(value: str | int) -> dt.date:
    return dt.date.fromisoformat(str(value))


def _length(n: int, unit: str, language: Language) -> str:
    """6个月, 5年; 1 month, 5 years."""
    if language == "zh-hans":
        return f"{n}{'年' if unit == 'year' else '个月'}"
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"


def _month(day: dt.date, language: Language) -> str:
    return f"{day.year}年{day.month}月" if language == "zh-hans" else f"{day:%B} {day.year}"


def _listed(items: str, language: Language) -> str:
    return items.replace(",", "、" if language == "zh-hans" else ", ")


def _left_out(rest_days: int, language: Language) -> str:
    """How many rest days on the way were not counted."""
    if not rest_days:
        return ""
    if language == "zh-hans":
        return f"，其间{rest_days}个休息日不计"
    return f"; {rest_days} rest day{'' if rest_days == 1 else 's'} on the way not counted"


def _made_up(makeup_days: str, language: Language) -> str:
    """Which make-up working weekends were counted."""
    if not makeup_days:
        return ""
    days = _listed(makeup_days, language)
    return f"，调休上班日 {days} 计入" if language == "zh-hans" else f"; make-up working days counted: {days}"
