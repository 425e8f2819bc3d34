"""Comparison and order of names: spellings of one name are equal, and the 10th comes after the 9th."""

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
    """Return a text for comparison: without differences of width, case, brackets and blanks."""
    plain = unicodedata.normalize("NFKC", text).translate(BRACKETS)
    return "".join(plain.split()).casefold()


def name_key(name: str) -> str:
    """Return the key that all spellings of a name share."""
    return folded(name)[:KEY_LENGTH]


def name_order(name: str) -> str:
    """Return a text that sorts names by their numbers: 第2 before 第10, 第九 before 第十."""
    with_figures = NUMERAL.sub(lambda found: str(_value(found[0])), folded(name))
    return DIGITS.sub(lambda found: found[0].zfill(12), with_figures)[:ORDER_LENGTH]


def _value(numeral: str) -> int:
    """Return the value of a Chinese numeral below ten thousand."""
    total, figure = 0, 0
    for character in numeral:
        if character in UNITS:
            total += (figure or 1) * UNITS[character]
            figure = 0
        else:
            figure = figure * 10 + FIGURES[character]
    return total + figure


def search_text(texts: Iterable[str]) -> str:
    """Return the texts in which a search looks, one a line."""
    return "\n".join(folded(text) for text in texts)
