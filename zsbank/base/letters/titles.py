"""Line breaks in titles of letters: at words, keeping phrases together, with lines of similar length (law.md §3)."""

from bisect import bisect_left, bisect_right
from itertools import pairwise
from math import ceil

LINE = 20
"""Characters of 二号 (22 pt) in the type area of 156 mm."""

BEFORE = ("成为", "终止", "退出", "限期", "整改", "社会保障卡", "社保卡", "合作", "资格", "发卡资格", "准入")
"""Words before which a title may be broken."""

Ends = tuple[int, ...]
"""Where the lines end."""


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
            if ends := _most_even((*allowed, len(title)), count):
                return [title[start:end] for start, end in pairwise((0, *ends))]
    return [title]


def _most_even(places: Ends, count: int) -> Ends | None:
    """Return the ends of so many lines that differ least in length; the earliest ends of several."""
    average = places[-1] / count
    for difference in range(LINE):
        found = [
            ends
            for shortest in range(max(1, ceil(average) - difference), int(average) + 1)
            if shortest + difference <= LINE
            and (ends := _ends_from(0, count, (shortest, shortest + difference), places, set()))
        ]
        if found:
            return min(found)
    return None


def _ends_from(
    start: int, count: int, lengths: tuple[int, int], places: Ends, dead: set[tuple[int, int]]
) -> Ends | None:
    """Return the earliest ends of so many lines of these lengths, from a place to the end of the title.

    Args:
        dead: places from which so many lines do not reach the end; none is looked at twice, so the work grows with
            the length of the title and not with the number of ways to break it.
    """
    left, (shortest, longest) = places[-1] - start, lengths
    if count == 0:
        return () if left == 0 else None
    if (start, count) in dead or not count * shortest <= left <= count * longest:
        return None
    first = bisect_left(places, start + shortest)
    for end in places[first : bisect_right(places, start + longest)]:
        ends = _ends_from(end, count - 1, lengths, places, dead)
        if ends is not None:
            return (end, *ends)
    dead.add((start, count))
    return None


def _breaks(title: str, whole: str) -> Ends:
    name = title.find(whole) if whole else -1
    inside = range(name + 1, name + len(whole)) if name >= 0 else range(0)
    ends = {name + len(whole)} if name >= 0 else set()
    found = ends | {place for place in range(1, len(title)) if title.startswith(BEFORE, place)}
    return tuple(sorted(found - set(inside) - {0, len(title)}))
