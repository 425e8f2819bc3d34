"""What a supplement does to the bureau's time limit: said once, for page, letter, message and mail."""

from django.utils.functional import lazy

from admission.applications.states import SupplementStage
from zsbank.base.calendar.explanation import Language
from zsbank.base.calendar.wording import reader_language

_CLOCK: dict[SupplementStage, dict[Language, str]] = {
    SupplementStage.ACCEPTANCE: {
        "zh-hans": "补正期间，受理期限停止计算；自收到补正材料之次日（逾期未补正的，自补正期限届满之次日）起重新计算。",
        "en": "The time limit to accept the application stops; it is counted again from the day after the supplement "
        "is received, or after its due date if nothing is submitted.",
    },
    SupplementStage.REVIEW: {
        "zh-hans": "补正期间不计入审查期限；审查期限按停止计算的工作日顺延。",
        "en": "The period of the supplement is not counted: the due date of the decision moves by the working days "
        "for which the time limit was suspended.",
    },
}
_OVERDUE: dict[Language, str] = {
    "zh-hans": "逾期未补正的，按现有材料继续办理。",
    "en": "If nothing is submitted by the due date, the case continues on the existing materials.",
}


def clock_rule(stage: SupplementStage, language: Language) -> str:
    """Return what happens to the bureau's time limit during a supplement (law.md §2)."""
    return _CLOCK[stage][language]


def overdue_rule(language: Language) -> str:
    """Return what follows if the bank does not supplement in time."""
    return _OVERDUE[language]


def _clock_read(stage: SupplementStage) -> str:
    return clock_rule(stage, reader_language())


def _overdue_read() -> str:
    return overdue_rule(reader_language())


later_clock_rule = lazy(_clock_read, str)
"""As `clock_rule`, in the language in which the text is read later."""
later_overdue_rule = lazy(_overdue_read, str)
"""As `overdue_rule`, in the language in which the text is read later."""
