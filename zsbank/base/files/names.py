"""Names of files that people gave."""

import unicodedata


def displayable_name(name: str) -> str:
    """Return a displayable file name: the last part of a path, no control characters, at most 200 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(
        character
        for character in last
        if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
    )
    return shown.strip().lstrip(".")[-200:] or "file"
