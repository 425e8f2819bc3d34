"""Sentences that explain how a due date was calculated, in Chinese and English.

A step is stored as a code with legal basis and parameters; the sentence is composed on reading.
"""

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Language = Literal["zh-hans", "en"]
Parameters = Mapping[str, str | int]
"""Days as ISO dates; counts, years and articles as numbers."""


class StepCode(StrEnum):
    """What happened in one step of the calculation."""

    START_NOT_COUNTED = "start_not_counted"
    CHOSEN_DAY = "chosen_day"
    DAYS_COUNTED = "days_counted"
    CORRESPONDING_DAY = "corresponding_day"
    NO_CORRESPONDING_DAY = "no_corresponding_day"
    WORKING_DAYS_COUNTED = "working_days_counted"
    NOT_PROLONGED = "not_prolonged"
    ENDS_ON_WORKING_DAY = "ends_on_working_day"
    ENDS_ON_MAKEUP_WORKING_DAY = "ends_on_makeup_working_day"
    ENDS_ON_WEEKEND = "ends_on_weekend"
    ENDS_ON_HOLIDAY = "ends_on_holiday"
    MOVED_TO_WORKING_DAY = "moved_to_working_day"
    MOVED_TO_MAKEUP_WORKING_DAY = "moved_to_makeup_working_day"
    PROVISIONAL = "provisional"


class Article(StrEnum):
    """The article on which a step is based."""

    CIVIL_CODE_201 = "civil_code_201"
    CIVIL_CODE_202 = "civil_code_202"
    CIVIL_CODE_203 = "civil_code_203"
    LICENSING_LAW_82 = "licensing_law_82"


@dataclass(frozen=True)
class Step:
    """One step of a calculation, without its sentence."""

    code: StepCode
    article: Article
    parameters: Parameters


_ARTICLES: dict[Article, dict[Language, str]] = {
    Article.CIVIL_CODE_201: {"zh-hans": "民法典第201条", "en": "Civil Code, art. 201"},
    Article.CIVIL_CODE_202: {"zh-hans": "民法典第202条", "en": "Civil Code, art. 202"},
    Article.CIVIL_CODE_203: {"zh-hans": "民法典第203条", "en": "Civil Code, art. 203"},
    Article.LICENSING_LAW_82: {"zh-hans": "行政许可法第82条", "en": "Administrative Licensing Law, art. 82"},
}

_SENTENCES: dict[StepCode, dict[Language, str]] = {
    StepCode.START_NOT_COUNTED: {
        "zh-hans": "起算日 {start}，当日不计入",
        "en": "The period starts from {start}; that day is not counted",
    },
    StepCode.CHOSEN_DAY: {
        "zh-hans": "市局确定的最后一日为 {last}，遇休息日依法顺延",
        "en": "The bureau set the last day: {last}; it moves if it is a rest day",
    },
    StepCode.DAYS_COUNTED: {
        "zh-hans": "自次日 {first} 起按日计算，第{n}日为 {last}",
        "en": "Counted by days from {first}; day {n} is {last}",
    },
    StepCode.CORRESPONDING_DAY: {
        "zh-hans": "{length_zh}后的对应日为 {last}",
        "en": "The corresponding day after {length_en} is {last}",
    },
    StepCode.NO_CORRESPONDING_DAY: {
        "zh-hans": "{length_zh}后没有对应日（{month_zh}无{day}日），取月末日 {last}",
        "en": "After {length_en} there is no corresponding day ({month_en} has no day {day}); "
        "the last day of the month is used: {last}",
    },
    StepCode.WORKING_DAYS_COUNTED: {
        "zh-hans": "自次日 {first} 起只计工作日，第{n}个工作日为 {last}；{left_out_zh}{makeup_zh}",
        "en": "Only working days count, from {first} on; working day {n} is {last}; {left_out_en}{makeup_en}",
    },
    StepCode.NOT_PROLONGED: {
        "zh-hans": "本期间按规定不因休息日顺延，最后一日仍为 {day}",
        "en": "By its own rule, this period is not extended by rest days; the last day remains {day}",
    },
    StepCode.ENDS_ON_WORKING_DAY: {
        "zh-hans": "{day} 是{weekday_zh}，为工作日，不顺延",
        "en": "{day} is a {weekday_en} and a working day: it does not move",
    },
    StepCode.ENDS_ON_MAKEUP_WORKING_DAY: {
        "zh-hans": "{day} 是{weekday_zh}，但属{holiday_zh}调休上班日，不顺延",
        "en": "{day} is a {weekday_en}, but a make-up working day ({holiday_en}): it does not move",
    },
    StepCode.ENDS_ON_WEEKEND: {
        "zh-hans": "{day} 是{weekday_zh}，为休息日，须顺延",
        "en": "{day} is a {weekday_en}, a rest day: it moves",
    },
    StepCode.ENDS_ON_HOLIDAY: {
        "zh-hans": "{day} 是{weekday_zh}，为{holiday_zh}假期，须顺延",
        "en": "{day} is a {weekday_en} within the {holiday_en} holiday: it moves",
    },
    StepCode.MOVED_TO_WORKING_DAY: {
        "zh-hans": "其后第一个工作日为 {day}（{weekday_zh}），顺延至该日",
        "en": "The first working day after it is {day} ({weekday_en}): the period ends on that day",
    },
    StepCode.MOVED_TO_MAKEUP_WORKING_DAY: {
        "zh-hans": "其后第一个工作日为 {day}（{weekday_zh}，属{holiday_zh}调休上班日），顺延至该日",
        "en": "The first working day after it is {day} ({weekday_en}, a make-up working day for {holiday_en}): "
        "the period ends on that day",
    },
    StepCode.PROVISIONAL: {
        "zh-hans": "{years_zh}的节假日安排尚未公布或未载入，只按法定节假日和星期六、星期日为休息日暂算；"
        "本日期为暂定，载入后重新计算",
        "en": "The holiday arrangement for {years_en} has not been published or loaded, so only statutory holidays, "
        "Saturdays and Sundays count as rest days; the date is provisional and will be recalculated",
    },
}

_WEEKDAYS: tuple[tuple[str, str], ...] = (
    ("星期一", "Monday"),
    ("星期二", "Tuesday"),
    ("星期三", "Wednesday"),
    ("星期四", "Thursday"),
    ("星期五", "Friday"),
    ("星期六", "Saturday"),
    ("星期日", "Sunday"),
)
_MONTHS = list(calendar.month_name)[1:]
_UNITS: dict[str, tuple[str, str]] = {"month": ("个月", "month"), "year": ("年", "year")}


def sentence(step: Step, language: Language) -> str:
    """Return one step as a sentence, followed by its article and, where relevant, the holiday notice."""
    words = _SENTENCES[step.code][language].format(**_words(step.parameters))
    basis = _ARTICLES[step.article][language]
    notice = step.parameters.get("arrangement")
    if language == "zh-hans":
        return f"{words}（{basis}；{notice}年放假通知）" if notice else f"{words}（{basis}）"
    return f"{words} ({basis}; holiday notice for {notice})" if notice else f"{words} ({basis})"


def _words(parameters: Parameters) -> dict[str, str | int]:
    """Return the parameters, with the texts derived from them in both languages."""
    words: dict[str, str | int] = dict(parameters)
    if "day" in parameters and isinstance(parameters["day"], str):
        zh, en = _WEEKDAYS[dt.date.fromisoformat(parameters["day"]).weekday()]
        words |= {"weekday_zh": zh, "weekday_en": en}
    if "unit" in parameters:
        n, (zh, en) = int(parameters["n"]), _UNITS[str(parameters["unit"])]
        words |= {"length_zh": f"{n}{zh}", "length_en": f"{n} {en}{'s' if n > 1 else ''}"}
    if "missing_in" in parameters:
        month = dt.date.fromisoformat(str(parameters["missing_in"]))
        words |= {
            "month_zh": f"{month.year}年{month.month}月",
            "month_en": f"{_MONTHS[month.month - 1]} {month.year}",
        }
    if "left_out" in parameters:
        words |= _count_words(int(parameters["left_out"]), int(parameters["makeup"]))
    if "years" in parameters:
        years = str(parameters["years"]).split(",")
        words |= {"years_zh": "、".join(f"{year}年" for year in years), "years_en": ", ".join(years)}
    return words


def _count_words(left_out: int, makeup: int) -> dict[str, str]:
    return {
        "left_out_zh": f"其间休息日{left_out}天不计" if left_out else "其间没有休息日",
        "left_out_en": f"rest days in between, not counted: {left_out}"
        if left_out
        else "no rest day falls in between",
        "makeup_zh": f"，调休上班日{makeup}天计入" if makeup else "",
        "makeup_en": f"; make-up working days, counted: {makeup}" if makeup else "",
    }
