"""Line breaks in titles of letters: at words, keeping phrases together, with lines of similar length (law.md §3)."""

from itertools import combinations, pairwise
from math import ceil

LINE = 20
"""Characters of 二号 (22 pt) in the type area of 156 mm."""

BEFORE = ("成为", "终止", "退出", "限期", "整改", "社会保障卡", "社保卡", "合作", "资格", "发卡资格", "准入")
"""Words before which a title may be broken."""


def title_lines(title: str, *, whole: str = "") -> list[str]:
    """Return the title in as few lines as possible, of similar length.

    Args:
        whole: a text that is not broken, such as the addressee's name.
    """
    if len(title) <= LINE:
        return [title]
    at_words, anywhere = _breaks(title, whole), tuple(range(1, len(title)))
    for count in range(ceil(len(title) / LINE), ceil(len(title) / LINE) + 2):
        for allowed in (at_words, anywhere):
            fitting = [lines for lines in _split(title, allowed, count) if max(map(len, lines)) <= LINE]
            if fitting:
                return min(fitting, key=lambda lines: max(map(len, lines)) - min(map(len, lines)))
    return [title]


def _split(title: str, allowed: tuple[int, ...], count: int) -> list[list[str]]:
    return [
        [title[start:end] for start, end in pairwise((0, *places, len(title)))]
        for places in combinations(allowed, count - 1)
    ]


def _breaks(title: str, whole: str) -> tuple[int, ...]:
    name = title.find(whole) if whole else -1
    inside = range(name + 1, name + len(whole)) if name >= 0 else range(0)
    ends = {name + len(whole)} if name >= 0 else set()
    found = ends | {place for place in range(1, len(title)) if title.startswith(BEFORE, place)}
    return tuple(sorted(found - set(inside) - {0, len(title)}))
