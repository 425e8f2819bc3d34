"""Primary keys that a page submits."""

from collections.abc import Iterable

MAX_KEY = 2**63 - 1


def keys_in(texts: Iterable[str]) -> list[int]:
    """Return the texts that can be primary keys as numbers; others are left out."""
    numbers = (int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 20)
    return [number for number in numbers if number <= MAX_KEY]
