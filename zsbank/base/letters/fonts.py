"""Fonts of letters: files, fallbacks, and available characters."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont

FALLBACKS: tuple[Path, ...] = (
    Path("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Light.ttf"),
    Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"),
)


@dataclass(frozen=True)
class Face:
    """A typeface of the official layout, and the free font file for it."""

    name: str
    file: str


FACES: tuple[Face, ...] = (
    Face("Letter Fang", "FandolFang-Regular.otf"),
    Face("Letter Kai", "FandolKai-Regular.otf"),
    Face("Letter Hei", "FandolHei-Regular.otf"),
    Face("Letter Title", "FandolSong-Bold.otf"),
)


class MissingFont(Exception):
    """A font file is missing, or no font has a character. The message names it."""


def path_of(face: Face) -> Path:
    """Return the path of a font file."""
    return Path(settings.FONTS_DIR) / face.file


def require_characters(text: str) -> None:
    """Check that every character can be printed.

    Raises:
        MissingFont: names the missing characters or font files.
    """
    absent = [face.file for face in FACES if not path_of(face).exists()]
    if absent:
        raise MissingFont(
            f"font files missing in {settings.FONTS_DIR.name}/: {', '.join(absent)}; run bin/setup"
        )
    for face in FACES:
        known = _characters(path_of(face)).union(*(_characters(path) for path in FALLBACKS if path.exists()))
        unknown = sorted(
            {character for character in text if not character.isspace() and ord(character) not in known}
        )
        if unknown:
            listed = " ".join(f"{character} (U+{ord(character):04X})" for character in unknown)
            raise MissingFont(f"no font has {listed}")


@cache
def _characters(path: Path) -> frozenset[int]:
    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())
