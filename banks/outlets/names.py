"""Names as people compare and sort them: two spellings of one name are equal, and the 10th comes after the 9th."""

import re
import unicodedata
from collections.abc import Iterable

KEY_LENGTH, ORDER_LENGTH = 200, 255
BRACKETS = str.maketrans(dict.fromkeys("[{〔〈《「『【〖", "(") | dict.fromkeys("]}〕〉》」』】〗", ")"))
DIGITS = re.compile(r"[0-9]{1,12}")
NUMERAL = re.compile(r"(?<=第)[零〇一二三四五六七八九十百千]{1,9}")
UNITS = {"十": 10, "百": 100, "千": 1000}
FIGURES = {figure: value for value, figure in enumerate("零一二三四五六七八九")} | {"〇": 0}


def folded(text: str) -> str:
    """A text by which spellings are compared: width, case and kind of bracket do not matter, nor do blanks."""
    plain = unicodedata.normalize("NFKC", text).translate(BRACKETS)
    return "".join(plain.split()).casefold()


def name_key(name: str) -> str:
    """What two names have in common when they are one name."""
    return folded(name)[:KEY_LENGTH]


def name_order(name: str) -> str:
    """A text that sorts names by the numbers in them: 第2 before 第10, 第九 before 第十."""
    with_figures = NUMERAL.sub(lambda found: str(_value(found[0])), folded(name))
    return DIGITS.sub(lambda found: found[0].zfill(12), with_figures)[:ORDER_LENGTH]


def _value(numeral: str) -> int:
    """The number that a Chinese numeral below ten thousand stands for."""
    total, figure = 0, 0
    for character in numeral:
        if character in UNITS:
            total += (figure or 1) * UNITS[character]
            figure = 0
        else:
            figure = figure * 10 + FIGURES[character]
    return total + figure


def search_text(texts: Iterable[str]) -> str:
    """What a search looks through, one text a line."""
    return "\n".join(folded(text) for text in texts)
