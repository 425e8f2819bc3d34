"""Compares two sets of pictures page by page: how much of each picture differs, and how the text does."""

import difflib
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageChops

VISIBLE = 24
"""By how much of 255 a colour must differ to count: the edges of letters do not fall alike each time."""

WIDTHS = (1440, 390)


@dataclass(frozen=True)
class Difference:
    """How a page differs: share of pixels by width, and lines of text removed and added."""

    page: str
    shares: dict[int, float]
    text: tuple[str, ...]

    @property
    def share(self) -> float:
        """The larger share; a difference in text alone counts too."""
        return max(self.shares.values())


@dataclass
class Compared:
    """The comparison of two sets."""

    equal: list[str] = field(default_factory=list)
    different: list[Difference] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.different or self.missing or self.new)

    def summary(self) -> str:
        """The counts in a line."""
        counts = (
            (len(self.equal), "same"),
            (len(self.different), "different"),
            (len(self.missing), "missing"),
            (len(self.new), "new"),
        )
        return ", ".join(f"{count} {word}" for count, word in counts)

    def lines(self) -> list[tuple[str, int]]:
        """Return the changed lines of text with the number of pages each is on, most frequent first."""
        return Counter(line for page in self.different for line in page.text).most_common()


def pages_of(folder: Path) -> set[str]:
    """Return the pages of a set by name.

    Raises:
        ValueError: the set is empty; two empty sets would compare equal.
    """
    pages = {str(path.relative_to(folder)).removesuffix(".txt") for path in folder.rglob("*.txt")}
    if not pages:
        raise ValueError(f"no pictures in {folder}")
    return pages


def compare(before: Path, after: Path, out: Path) -> Compared:
    """Compare two sets; images of the differences are written to `out`."""
    had, has = pages_of(before), pages_of(after)
    compared = Compared(missing=sorted(had - has), new=sorted(has - had))
    for page in sorted(had & has):
        difference = _difference(page, before, after, out)
        if difference.text or difference.share > 0:
            compared.different.append(difference)
        else:
            compared.equal.append(page)
    compared.different.sort(key=lambda one: (-one.share, one.page))
    return compared


def _difference(page: str, before: Path, after: Path, out: Path) -> Difference:
    shares = {}
    for width in WIDTHS:
        old, new = before / f"{page}.{width}.png", after / f"{page}.{width}.png"
        shares[width] = (
            0.0 if old.read_bytes() == new.read_bytes() else share(old, new, out / f"{page}.{width}.png")
        )
    texts = [(folder / f"{page}.txt").read_text(encoding="utf-8").splitlines() for folder in (before, after)]
    return Difference(page, shares, changed(*texts))


def changed(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """Return removed lines with a minus and added lines with a plus."""
    lines = list(difflib.unified_diff(old, new, lineterm="", n=0))[2:]
    return tuple(line for line in lines if not line.startswith("@@"))


def share(old: Path, new: Path, out: Path) -> float:
    """Return the share of visibly different pixels; `out` shows them in red if there are any."""
    with Image.open(old) as first, Image.open(new) as second:
        size = (max(first.width, second.width), max(first.height, second.height))
        one, other = _laid(first, size), _laid(second, size)
    apart = ImageChops.difference(one, other).convert("L").point([0] * VISIBLE + [255] * (256 - VISIBLE))
    count = apart.histogram()[255]
    if count:
        out.parent.mkdir(parents=True, exist_ok=True)
        pale = Image.blend(other, Image.new("RGB", size, "white"), 0.7)
        pale.paste((220, 0, 0), mask=apart)
        pale.save(out)
    return count / math.prod(size)


def _laid(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Put the picture on a background of `size`, in a colour that no page uses."""
    ground = Image.new("RGB", size, (255, 0, 255))
    ground.paste(picture.convert("RGB"), (0, 0))
    return ground
