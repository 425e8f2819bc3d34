"""The English names of holidays; notices name them in Chinese."""

from zsbank.base.calendar import statutory

_ENGLISH = dict(
    (
        statutory.NEW_YEAR,
        statutory.SPRING_FESTIVAL,
        statutory.TOMB_SWEEPING,
        statutory.LABOUR_DAY,
        statutory.DRAGON_BOAT,
        statutory.MID_AUTUMN,
        statutory.NATIONAL_DAY,
        ("中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日", "Anti-Fascist 70th Day"),
    )
)


def english_name(chinese: str) -> str:
    """Return the English name of a holiday; the Chinese one, if it is no statutory holiday."""
    return _ENGLISH.get(chinese, _ENGLISH.get(chinese.removesuffix("节"), chinese))
