"""Numbers as people write them: in full width, or in Chinese numerals as on older letters."""

import re
import unicodedata

from zsbank.base.cases.folding import DASHES

NUMERALS = re.compile("[〇○零一二三四五六七八九十]+")
DIGITS = {numeral: str(place) for place, numeral in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
SAME_DASH = str.maketrans(dict.fromkeys(DASHES, "-"))


def half_width_of(text: str) -> str:
    """Return a text with letters, digits, signs and dashes in half width."""
    return unicodedata.normalize("NFKC", text.translate(SAME_DASH)).translate(SAME_DASH)


def with_arabic_numerals(text: str) -> str:
    """Return a text with Arabic numerals: 二〇一六年十二月二十一日 as 2016年12月21日."""
    return NUMERALS.sub(lambda found: _arabic(found[0]), text)


def _arabic(said: str) -> str:
    """Return a numeral digit by digit, or as a number below one hundred if it has a ten; another one stays."""
    if "十" not in said:
        return "".join(DIGITS[numeral] for numeral in said)
    tens, *rest = said.split("十")
    if len(tens) > 1 or len(rest) != 1 or len(rest[0]) > 1:
        return said
    return f"{DIGITS.get(tens, '1')}{DIGITS.get(rest[0], '0')}"
