"""Following docs/adding-a-case.md: its blocks of code, applied to a copy of the register."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```(\w+) file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".build", "data", "node_modules", "__pycache__", ".*_cache"
)


@dataclass(frozen=True)
class Block:
    """A block of the page that belongs to a file."""

    language: str
    file: str
    text: str


def blocks(page: str) -> Iterator[Block]:
    """The blocks in the order of the page."""
    for language, file, text in BLOCK.findall(page):
        yield Block(language, file, text)


def copy_of(root: Path, to: Path) -> Path:
    """The tree as it is, without what is built or kept beside it."""
    shutil.copytree(root, to, ignore=LEFT_OUT, symlinks=True)
    return to


def apply(block: Block, root: Path) -> None:
    """Do what a block says: write a file, change one, or add to the catalogue."""
    path = root / block.file
    if block.language == "diff":
        path.write_text(changed(path.read_text(encoding="utf-8"), block.text), encoding="utf-8")
    elif block.language == "po":
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{block.text}", encoding="utf-8")
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")


def changed(text: str, diff: str) -> str:
    """A text with the lines of a diff taken out and put in.

    Raises:
        AssertionError: what the diff expects does not stand there exactly once.
    """
    before = "".join(line[1:] for line in _lines(diff) if line[0] in " -")
    after = "".join(line[1:] for line in _lines(diff) if line[0] in " +")
    if text.count(before) != 1:
        raise AssertionError(f"stands {text.count(before)} times:\n{before}")
    return text.replace(before, after)


def _lines(diff: str) -> Iterator[str]:
    return (line if line.strip() else " \n" for line in diff.splitlines(keepends=True))
