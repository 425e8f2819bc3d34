"""The steps of a reckoning, their articles, and one sentence for each in Chinese and English."""

from enum import StrEnum
from typing import Literal


class StepCode(StrEnum):
    """What happened at one step of the reckoning. Stored with due dates: never rename a value."""

    START_NOT_COUNTED = "start_not_counted"
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
    """The article a step rests on. Stored with due dates: never rename a value."""

    CIVIL_CODE_201 = "civil_code_201"
    CIVIL_CODE_202 = "civil_code_202"
    CIVIL_CODE_203 = "civil_code_203"
    LICENSING_LAW_82 = "licensing_law_82"


Wording = dict[Literal["zh-hans", "en"], str]

ARTICLES: dict[Article, Wording] = {
    Article.CIVIL_CODE_201: {"zh-hans": "民法典第201条", "en": "Civil Code, art. 201"},
    Article.CIVIL_CODE_202: {"zh-hans": "民法典第202条", "en": "Civil Code, art. 202"},
    Article.CIVIL_CODE_203: {"zh-hans": "民法典第203条", "en": "Civil Code, art. 203"},
    Article.LICENSING_LAW_82: {"zh-hans": "行政许可法第82条", "en": "Administrative Licensing Law, art. 82"},
}

SENTENCES: dict[StepCode, Wording] = {
    StepCode.START_NOT_COUNTED: {
        "zh-hans": "起算日 {start}，当日不计入",
        "en": "The period starts from {start}; that day is not counted",
    },
    StepCode.DAYS_COUNTED: {
        "zh-hans": "自次日 {first} 起算，第{n}日为 {last}",
        "en": "Counted from the next day, {first}; day {n} is {last}",
    },
    StepCode.CORRESPONDING_DAY: {
        "zh-hans": "{length}后的对应日为 {last}",
        "en": "The corresponding day after {length} is {last}",
    },
    StepCode.NO_CORRESPONDING_DAY: {
        "zh-hans": "{length}后没有对应日（{month}无{number}日），取月末日 {last}",
        "en": "There is no corresponding day after {length} ({month} has no day {number}); "
        "the last day of that month is taken, {last}",
    },
    StepCode.WORKING_DAYS_COUNTED: {
        "zh-hans": "自次日 {first} 起只计工作日，第{n}个工作日为 {last}{aside}",
        "en": "Only working days are counted, from the next day, {first}; working day {n} is {last}{aside}",
    },
    StepCode.NOT_PROLONGED: {
        "zh-hans": "本期间不因休息日顺延，最后一日为 {day}（{weekday}），不适用休息日顺延的规定",
        "en": "This period is not prolonged by rest days: it ends on {day} ({weekday}) whatever day that is, "
        "and the rule on rest days is not applied",
    },
    StepCode.ENDS_ON_WORKING_DAY: {
        "zh-hans": "{day} 是{weekday}，属工作日，不顺延",
        "en": "{day} is a {weekday} and a working day, so the last day does not move",
    },
    StepCode.ENDS_ON_MAKEUP_WORKING_DAY: {
        "zh-hans": "{day} 是{weekday}，但属{holiday}调休上班日，不顺延",
        "en": "{day} is a {weekday} but a make-up working day for {holiday}, so the last day does not move",
    },
    StepCode.ENDS_ON_WEEKEND: {
        "zh-hans": "{day} 是{weekday}，属休息日，应当顺延",
        "en": "{day} is a {weekday}, a rest day, so the last day moves",
    },
    StepCode.ENDS_ON_HOLIDAY: {
        "zh-hans": "{day} 是{weekday}，属{holiday}假期，应当顺延",
        "en": "{day} is a {weekday} in the {holiday} holiday, so the last day moves",
    },
    StepCode.MOVED_TO_WORKING_DAY: {
        "zh-hans": "顺延至其后第一个工作日 {day}（{weekday}）",
        "en": "It moves to the first working day after, {day} ({weekday})",
    },
    StepCode.MOVED_TO_MAKEUP_WORKING_DAY: {
        "zh-hans": "顺延至其后第一个工作日 {day}（{weekday}，{holiday}调休上班日）",
        "en": "It moves to the first working day after, {day} ({weekday}, a make-up working day for {holiday})",
    },
    StepCode.PROVISIONAL: {
        "zh-hans": "{years}年的节假日安排尚未公布或未载入，暂按星期六、星期日为休息日计算；本日期为暂定，载入后重新计算",
        "en": "The holiday arrangement for {years} is not published or not loaded; Saturdays and Sundays are "
        "taken as its only rest days, and this provisional date is reckoned again once it is loaded",
    },
}
