"""Counts of attempts in the cache that all programs share; they expire by themselves."""

import hashlib

from django.core.cache import cache

HOUR, DAY = 3600, 24 * 3600


def times(what: str, *, seconds: int) -> int:
    """Count once more and return how often it was counted since the first time, at most `seconds` ago."""
    key = f"counted:{hashlib.sha256(what.encode()).hexdigest()}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key)
    except ValueError:  # it expired in between
        return 1


def is_told(count: int) -> bool:
    """Return whether the journal names this count: the 1st, 10th, 100th time and so on."""
    return count == 10 ** (len(str(count)) - 1)
